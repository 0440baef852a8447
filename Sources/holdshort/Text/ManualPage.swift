import ArgumentParser
import HoldCore

/// The manual page, made of the command definitions: what the help says is what the page says.
enum ManualPage {
    /// The page.
    ///
    /// - Throws: ``CommandFailure`` when the argument parser's description of us cannot be read.
    static func text() throws(CommandFailure) -> String {
        guard let dump = try? JSONValue(parsing: Holdshort._dumpHelp()),
            let root = dump["command"]
        else { throw CommandFailure("manual", "The command definitions cannot be read.") }
        var roff = Roff()
        roff.title(
            "HOLDSHORT",
            section: 1,
            source: "holdshort \(Holdshort.version)",
            manual: "User Commands"
        )
        roff.section("NAME")
        roff.paragraph("holdshort - " + lowercased(root["abstract"]?.text ?? ""))
        synopsis(&roff)
        roff.section("DESCRIPTION")
        for paragraph in description { roff.paragraph(paragraph) }
        discussion(root, into: &roff)
        roff.section("COMMANDS")
        let verbs = leaves(of: root, under: [])
        for verb in verbs { describe(verb, into: &roff) }
        exitStatus(&roff)
        environment(&roff)
        files(&roff)
        examples(of: verbs, into: &roff)
        roff.section("SEE ALSO")
        roff.paragraph("tmux(1), ssh(1), systemd.service(5), less(1)")
        return roff.text
    }

    private static let description = [
        "Agents propose actions; a manifest says which of them need a person, whether the agent"
            + " waits, for how long, who is asked next, and how the action is undone. holdshort is"
            + " the service that agents ask, and the console in which people decide.",
        "Nothing is approved by silence. A decision names the digest of what was seen, and is"
            + " durable before anybody is told.",
    ]

    private static func synopsis(_ roff: inout Roff) {
        roff.section("SYNOPSIS")
        roff.paragraph("holdshort [--plain] [--theme theme] [--no-start]")
        roff.paragraph("holdshort command [argument...] [option...]")
    }

    // MARK: - Commands

    /// A command without commands of its own, and the words that call it.
    private struct Leaf {
        var words: [String]
        var definition: JSONValue
    }

    private static func list(_ value: JSONValue?) -> [JSONValue] {
        guard case .array(let elements)? = value else { return [] }
        return elements
    }

    private static func isShown(_ definition: JSONValue) -> Bool {
        definition["shouldDisplay"] != false
    }

    private static func leaves(of definition: JSONValue, under words: [String]) -> [Leaf] {
        let inner = list(definition["subcommands"]).filter(isShown)
        guard !inner.isEmpty else { return [Leaf(words: words, definition: definition)] }
        var seen: Set<String> = []
        return inner.flatMap { command -> [Leaf] in
            let name = command["commandName"]?.text ?? ""
            guard name != "help", seen.insert(name).inserted else { return [] }
            return leaves(of: command, under: words + [name])
        }
    }

    private static func describe(_ leaf: Leaf, into roff: inout Roff) {
        let arguments = list(leaf.definition["arguments"]).filter {
            isShown($0) && !names(of: $0).contains("--help") && !names(of: $0).contains("--version")
        }
        let positional = arguments.filter { $0["kind"]?.text == "positional" }
        let head = ["holdshort"] + leaf.words + positional.map(placeholder)
        roff.subsection(head.joined(separator: " "))
        if let abstract = leaf.definition["abstract"]?.text { roff.paragraph(abstract) }
        discussion(leaf.definition, into: &roff)
        for argument in arguments { roff.entry(label(of: argument), words(of: argument)) }
    }

    private static func placeholder(_ argument: JSONValue) -> String {
        var name = (argument["valueName"]?.text ?? "value").uppercased()
        if argument["parsingStrategy"]?.text == "postTerminator" { name = "-- " + name }
        if argument["isRepeating"] == true { name += "..." }
        return argument["isOptional"] == true ? "[\(name)]" : name
    }

    private static func names(of argument: JSONValue) -> [String] {
        list(argument["names"]).compactMap { name in
            guard let text = name["name"]?.text else { return nil }
            return (name["kind"]?.text == "long" ? "--" : "-") + text
        }
    }

    private static func label(of argument: JSONValue) -> String {
        guard argument["kind"]?.text != "positional" else { return placeholder(argument) }
        let names = names(of: argument).joined(separator: ", ")
        guard argument["kind"]?.text == "option" else { return names }
        return names + " " + (argument["valueName"]?.text ?? "value").uppercased()
    }

    private static func words(of argument: JSONValue) -> String {
        var words = argument["abstract"]?.text ?? ""
        let values = list(argument["allValues"]).compactMap(\.text)
        if !values.isEmpty { words += " One of: " + values.joined(separator: ", ") + "." }
        if let usual = argument["defaultValue"]?.text { words += " Usually \(usual)." }
        return words
    }

    // MARK: - What is said at length

    /// Paragraphs, and the lines of the examples as they are.
    private static func discussion(_ definition: JSONValue, into roff: inout Roff) {
        let text = definition["discussion"]?.text ?? ""
        for part in text.split(separator: "\n\n").map(String.init) {
            guard part.hasPrefix("Example:") else {
                // The table of exit codes has a section of its own.
                if !part.hasPrefix("Exit codes:") { roff.paragraph(part) }
                continue
            }
            roff.example(exampleLines(of: part))
        }
    }

    private static func exampleLines(of part: String) -> [String] {
        part.split(separator: "\n").dropFirst().map { line in String(line.drop { $0 == " " }) }
    }

    private static func examples(of verbs: [Leaf], into roff: inout Roff) {
        roff.section("EXAMPLES")
        for (words, sentence) in [
            ("demo", "Try it, with agents of its own:"), ("list", "See what waits:"),
            ("approve", "Decide from the command line:"), ("run", "Gate any command:"),
        ] {
            let text = verbs.first { $0.words == [words] }?.definition["discussion"]?.text ?? ""
            guard let part = text.split(separator: "\n\n").last(where: { $0.hasPrefix("Example:") })
            else { continue }
            roff.paragraph(sentence)
            roff.example(exampleLines(of: String(part)))
        }
    }

    private static func exitStatus(_ roff: inout Roff) {
        roff.section("EXIT STATUS")
        for status in ExitStatus.allCases { roff.entry("\(status.rawValue)", status.meaning) }
        roff.paragraph("holdshort run ends with the exit code of the command that it ran.")
    }

    private static func environment(_ roff: inout Roff) {
        roff.section("ENVIRONMENT")
        for (name, words) in variables { roff.entry(name, words) }
    }

    private static let variables = [
        (
            "HOLDSHORT_RUNTIME_DIR",
            "Where the sockets are. Else $XDG_RUNTIME_DIR/holdshort, or ~/.local/state/holdshort/run."
        ),
        (
            "HOLDSHORT_STORE",
            "The journal. Else $XDG_STATE_HOME/holdshort/journal.sqlite."
        ),
        (
            "HOLDSHORT_MANIFEST",
            "The manifest. Else $XDG_CONFIG_HOME/holdshort/manifest.yaml."
        ),
        ("NO_COLOR", "Not empty: the console uses no colours."),
        ("TERM", "The terminal. On one that cannot draw the console speaks in lines."),
        ("VISUAL, EDITOR", "What opens when arguments are modified."),
        ("PAGER", "What shows a whole item on o; less when it is not set."),
    ]

    private static func files(_ roff: inout Roff) {
        roff.section("FILES")
        roff.entry(
            "$HOLDSHORT_RUNTIME_DIR/agent.sock, review.sock",
            "The sockets of agents and of reviewers. Who may open one may use it."
        )
        roff.entry("$HOLDSHORT_MANIFEST", "What needs a person; read anew when it changes.")
        roff.entry("$HOLDSHORT_STORE", "The journal, append-only and hash-chained.")
        roff.entry(
            "$XDG_CONFIG_HOME/holdshort/themes, /usr/share/holdshort/themes",
            "Themes of the console besides those built in."
        )
    }

    private static func lowercased(_ sentence: String) -> String {
        let text = sentence.prefix(1).lowercased() + sentence.dropFirst()
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
