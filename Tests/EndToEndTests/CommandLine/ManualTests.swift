import ArgumentParser
import Foundation
import Testing

@testable import holdshort

/// The manual page, and the scripts for shells.
@Suite(.timeLimit(.minutes(20))) struct ManualTests {
    private static func verbs(
        of command: any ParsableCommand.Type,
        under words: [String] = []
    ) -> [String] {
        let inner = command.configuration.subcommands.filter { $0.configuration.shouldDisplay }
        guard !inner.isEmpty else { return [words.joined(separator: " ")] }
        return inner.flatMap { verbs(of: $0, under: words + [$0._commandName]) }
    }

    /// A program's path; nil where it is not installed.
    private static func program(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return path.split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func run(_ arguments: [String], on text: String) throws -> Ran {
        let name = "holdshort-\(UUID().uuidString)"
        let file = FileManager.default.temporaryDirectory.appending(path: name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let player = try Player(arguments[0], Array(arguments.dropFirst()) + [file.path])
        player.closeInput()
        let code = try player.wait(seconds: 120)
        return Ran(code: code, out: player.output.text, err: player.errors.text)
    }

    @Test func `the page has its sections, every verb, every exit code and no helper`() throws {
        let page = try ManualPage.text()

        for section in [
            "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "EXIT STATUS", "ENVIRONMENT", "FILES",
            "EXAMPLES", "SEE ALSO",
        ] {
            #expect(page.contains("\n.SH \"\(section)\"\n"), "\(section)")
        }
        for verb in Self.verbs(of: Holdshort.self) {
            let name = verb.replacingOccurrences(of: "-", with: "\\-")
            #expect(page.contains("\n.SS \"holdshort \(name)"), "\(verb)")
        }
        for status in ExitStatus.allCases {
            #expect(page.contains("\\fB\(status.rawValue)\\fR\n\(status.meaning)\n"), "\(status)")
        }
        #expect(!page.contains("demo\\-agent"))
        #expect(page.unicodeScalars.allSatisfy { $0.isASCII })
    }

    @Test(.enabled(if: program("groff") != nil, "groff is not installed here"))
    func `groff has nothing to complain of`() throws {
        let ran = try Self.run(
            ["groff", "-man", "-ww", "-Tascii", "-P-cbou"],
            on: try ManualPage.text()
        )

        #expect(ran.code == 0)
        #expect(ran.err.isEmpty, "\(ran.err)")
        #expect(ran.out.contains("EXIT STATUS"))
        #expect(ran.out.contains("--runtime-dir"))
    }

    @Test(.enabled(if: program("mandoc") != nil, "mandoc is not installed here"))
    func `mandoc has no error to tell`() throws {
        let ran = try Self.run(["mandoc", "-Tlint", "-Werror"], on: try ManualPage.text())

        #expect(ran.code == 0, "\(ran.out)\(ran.err)")
    }

    @Test func `a line can never pass for a macro`() {
        var roff = Roff()
        roff.paragraph(".sh rm\n'so x")
        roff.entry("a\\b", "")
        #expect(roff.text == ".PP\n\\&.sh rm \\(aqso x\n.TP\n\\fBa\\eb\\fR\n \n")
    }

    @Test(arguments: CompletionShell.allCases)
    func `a shell finds nothing wrong with its script`(shell: CompletionShell) throws {
        let script = Holdshort.completionScript(for: shell)
        #expect(script.contains("completions"))
        #expect(!script.contains("demo-agent"), "helpers are not offered")
        guard Self.program(shell.rawValue) != nil else {
            // Only what is installed here can be asked.
            print("\(shell.rawValue) is not installed here: its script is not checked")
            return
        }
        let check = shell == .fish ? "--no-execute" : "-n"
        let ran = try Self.run([shell.rawValue, check], on: script)
        #expect(ran.code == 0, "\(ran.err)")
        #expect(ran.err.isEmpty, "\(ran.err)")
    }

    @Test func `only words that no shell takes for more are offered`() {
        let plain = ["4826", "wf-918", "a/b.c_d@e+f"]
        let other = [
            "", "-x", "$(id)", "`id`", "a b", "a;b", "a:b", "a=b", "~", "a*", "a'b", "a\"b", "é",
            "a\nb", "a\\b", "{a,b}", "#a", "!a", "a&b", "a|b", "<a",
            String(repeating: "a", count: 201),
        ]
        #expect(LiveCompletion.offered(plain + other) == plain)
    }
}
