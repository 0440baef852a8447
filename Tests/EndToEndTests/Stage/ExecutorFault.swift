import Testing

/// An undo executor that keeps the contract, and the ways to break one rule of it each.
struct ExecutorFault: CustomTestStringConvertible {
    /// The rule that is broken.
    var rule: String
    /// What of the good script is replaced.
    var good: String
    var bad: String
    /// What else that may break.
    var others: Set<String> = []

    var testDescription: String { rule }

    /// An executor as an operator might write it: things, marks and ends are files.
    static let goodScript = """
        #!/bin/sh
        cat > /dev/null
        name=$(printf %s "$HOLDSHORT_UNDO_KEY" | md5sum | cut -c1-32)
        cd ROOT/marks
        exec 9> $name.lock; flock 9
        if [ "$1" = do ]; then
            if [ -e $name.mark ]; then echo "it was undone before" >&2; exit 3; fi
            : > $name.thing; exit
        fi
        if [ -e $name.end ]; then echo '{"outcome":"already_undone"}'; exit; fi
        : > $name.mark
        word=not_applied
        if [ -e $name.thing ]; then rm $name.thing; word=undone; fi
        echo $word > $name.end
        echo "{\\"outcome\\":\\"$word\\"}"

        """

    static let all = [
        ExecutorFault(
            rule: "words",
            good: #"echo "{\"outcome\":\"$word\"}""#,
            bad: "echo $word",
            others: [
                "never_done", "done_and_undone", "at_once", "killed", "hostile", "large",
                "terminal",
            ]
        ),
        ExecutorFault(rule: "never_done", good: "word=not_applied", bad: "word=undone"),
        ExecutorFault(
            rule: "repeated",
            good: #"echo '{"outcome":"already_undone"}'; exit"#,
            bad: "exit 1",
            others: ["done_and_undone", "at_once", "killed"]
        ),
        ExecutorFault(
            rule: "mark",
            good: ": > $name.mark",
            bad: "if [ -e $name.thing ]; then : > $name.mark; fi"
        ),
        ExecutorFault(
            rule: "done_and_undone",
            good: "rm $name.thing; word=undone",
            bad: "rm $name.thing",
            others: ["at_once", "hostile"]
        ),
        ExecutorFault(
            rule: "late_do",
            good: "rm $name.thing;",
            bad: "rm $name.thing $name.mark;",
            others: ["killed"]
        ),
        ExecutorFault(
            rule: "at_once",
            good: "flock 9",
            bad: "flock -n 9 || exit 1; sleep 0.1"
        ),
        ExecutorFault(
            rule: "killed",
            good: "word=not_applied",
            bad: "word=not_applied; mkdir $name.busy || exit 1; sleep 0.1"
        ),
        ExecutorFault(
            rule: "hostile",
            good: "word=not_applied",
            bad: "word=not_applied\n"
                + "sh -c \"echo $HOLDSHORT_STEP\" > /dev/null 2>&1"
        ),
        ExecutorFault(
            rule: "hostile",
            good: "cat > /dev/null",
            bad: "sh -c \"echo '$(head -c 9999)'\""
                + " > /dev/null 2>&1; cat > /dev/null"
        ),
        ExecutorFault(
            rule: "large",
            good: "cat > /dev/null",
            bad: "/bin/echo \"$(cat)\" > /dev/null || exit 1"
        ),
    ]
}
