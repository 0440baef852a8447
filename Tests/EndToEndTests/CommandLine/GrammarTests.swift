import ArgumentParser
import HoldCore
import HoldWire
import Testing

@testable import holdshort

/// What can be typed, and what cannot.
@Suite struct GrammarTests {
    /// Every command without commands of its own, with the words that call it.
    private static func leaves(
        of command: any ParsableCommand.Type,
        under words: [String] = []
    ) -> [(words: [String], command: any ParsableCommand.Type)] {
        let subcommands =
            command.configuration.subcommands
            + command.configuration.groupedSubcommands.flatMap(\.subcommands)
        guard !subcommands.isEmpty else { return [(words, command)] }
        return subcommands.filter { $0.configuration.shouldDisplay }.flatMap {
            leaves(of: $0, under: words + [$0._commandName])
        }
    }

    private static let all = leaves(of: Holdshort.self)

    /// Every command that a person sees, groups of commands too.
    private static func shown(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        let inner = command.configuration.subcommands.filter { $0.configuration.shouldDisplay }
        return [command] + inner.flatMap { shown($0) }
    }

    /// The examples' words, as a shell would take them apart.
    private static func examples(of command: any ParsableCommand.Type) -> [[String]] {
        let lines = command.configuration.discussion.split(separator: "\n").map(String.init)
        guard let start = lines.firstIndex(where: { $0.hasPrefix("Example:") }) else { return [] }
        return lines[(start + 1)...].filter { $0.contains("holdshort ") }.map { words(of: $0) }
    }

    private static func words(of line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var depth = 0
        for character in line {
            if character == "(", quote == nil { depth += 1 }
            if character == ")", quote == nil { depth -= 1 }
            if depth > 0 || (character == ")" && quote == nil) {
                word = "1"
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + "\(character)" }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character == " " {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + "\(character)"
            }
        }
        if let word { words.append(word) }
        return Array((words.firstIndex(of: ">").map { words[..<$0] } ?? words[...]).dropFirst())
    }

    @Test func `exactly the verbs of this version are there`() {
        let verbs = Set(Self.all.map { $0.words.joined(separator: " ") })
        let ours: Set = [
            "approve", "audit list", "audit verify", "claim", "completions", "escalate",
            "executor test", "halt", "handoff", "list", "manifest check", "manifest drill",
            "manifest explain", "manual", "modify", "note", "reject", "release", "reset-terminal",
            "resume", "run", "sdk python", "show", "snooze", "stats", "status", "stop",
            "theme check", "theme list", "theme show",
            "undo preview", "undo resolve", "undo retry", "undo skip", "watch", "workflow",
            "workflows",
        ]
        #expect(verbs.isSuperset(of: ours))
        #expect(verbs.subtracting(ours).isSubset(of: ["console", "serve", "demo"]))
    }

    @Test func `every verb's help has an example that can be read`() throws {
        for (words, command) in Self.all {
            let examples = Self.examples(of: command)
            #expect(!examples.isEmpty, "\(words) has no example")
            for example in examples {
                #expect(throws: Never.self, "\(example)") { try Holdshort.parseAsRoot(example) }
            }
            // The console opens without its name.
            let isShown = words == ["console"] || examples.contains { $0.starts(with: words) }
            #expect(isShown, "no example of \(words) shows it")
        }
    }

    @Test func `the help of a group of verbs has an example too`() throws {
        for command in Self.shown(Holdshort.self) {
            let examples = Self.examples(of: command)
            #expect(!examples.isEmpty, "\(command._commandName) has no example")
            for example in examples {
                #expect(throws: Never.self, "\(example)") { try Holdshort.parseAsRoot(example) }
            }
        }
    }

    @Test func `what makes no sense is a usage error`() {
        for line in [
            ["approve"], ["approve", "0"], ["approve", "x"], ["approve", "a:"],
            ["approve", "1", "2", "--digest", "sha256:" + String(repeating: "0", count: 64)],
            ["approve", "1", "--digest", "abc"], ["reject", "1"], ["halt", "--reason", "x"],
            ["halt", "--all", "--agent", "a", "--reason", "x"], ["halt", "--all"],
            ["run", "--", "true"], ["run", "--action", "a"],
            ["run", "--action", "a", "--risk", "2", "--", "true"], ["list", "--state", "open"],
            ["list", "--sort", "luck"], ["watch", "--after", "-1"], ["undo", "retry", "w"],
            ["stop", "--timeout", "0"], ["status", "--format", "x", "--json"], ["completions"],
            ["completions", "tcsh"],
        ] {
            do {
                _ = try Holdshort.parseAsRoot(line)
                Issue.record("\(line) was understood")
            } catch {
                #expect(Holdshort.exitCode(for: error).rawValue == 64, "\(line)")
            }
        }
    }

    @Test func `what makes sense is understood`() throws {
        let digest = "sha256:" + String(repeating: "0", count: 64)
        for line in [
            ["approve", "1", "w:s"], ["approve", "1", "--digest", digest],
            ["halt", "--agent", "a", "--reason", "x"], ["list", "--state", "approved"],
            ["run", "--action", "a", "--", "ls", "--json"],
        ] {
            #expect(throws: Never.self, "\(line)") { try Holdshort.parseAsRoot(line) }
        }
    }

    @Test func `only our own --json asks for errors in JSON`() {
        #expect(Output.isJSONAsked(["list", "--json", "--sort", "luck"]))
        #expect(!Output.isJSONAsked(["run", "--action", "a", "--", "ls", "--json"]))
        #expect(!Output.isJSONAsked(["list"]))
    }

    @Test func `an item is a number or a pair, the last colon first`() throws {
        let number = try #require(ItemName(argument: "4826"))
        #expect(number.meanings == [.number(4826)])
        let pair = try #require(ItemName(argument: "wf-918:wf-918/3"))
        #expect(pair.meanings == [.init(workflow: "wf-918", step: "wf-918/3")])
        let many = try #require(ItemName(argument: "a:b:c"))
        #expect(
            many.meanings == [
                .init(workflow: "a:b", step: "c"), .init(workflow: "a", step: "b:c"),
            ]
        )
        for nonsense in ["", "0", "-1", "x", ":", "a:", ":b"] {
            #expect(ItemName(argument: nonsense) == nil, "\(nonsense)")
        }
    }

    @Test func `arguments are pairs of text or of JSON`() throws {
        #expect(
            try ArgumentValue.object(pairs: ["a=1", "b:=1", "c=x=y", "d:=[true]", "e="])
                == ["a": "1", "b": 1, "c": "x=y", "d": [true], "e": ""]
        )
        for nonsense in [["a"], ["=1"], [":=1"], ["a:={"], ["a=1", "a=2"]] {
            #expect(throws: CommandFailure.self) {
                _ = try ArgumentValue.object(pairs: nonsense)
            }
        }
        #expect(try ArgumentValue.object(#"{"a":[1]}"#) == ["a": [1]])
        #expect(throws: CommandFailure.self) { _ = try ArgumentValue.object("[1]") }
        #expect(throws: CommandFailure.self) { _ = try ArgumentValue.object("@/nowhere/at/all") }
    }
}
