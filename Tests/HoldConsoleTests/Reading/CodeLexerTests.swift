import HoldCore
import Testing

@testable import HoldConsole

@Suite struct CodeLexerTests {
    private func kinds(_ language: CodeLanguage, _ lines: String...) -> [String] {
        var lexer = CodeLexer(language)
        return lines.flatMap { line in
            let bytes = Array(line.utf8)
            return lexer.read(bytes).map { token in
                "\(token.kind) \(String(decoding: bytes[token.bytes], as: UTF8.self))"
            }
        }
    }

    @Test func `SQL has keywords, strings, numbers and comments`() {
        #expect(
            kinds(.sql, "delete FROM orders WHERE id=42 AND n = 'it''s' -- all") == [
                "keyword delete", "keyword FROM", "keyword WHERE", "number 42", "keyword AND",
                "string 'it'", "string 's'", "comment -- all",
            ]
        )
        #expect(
            kinds(.sql, "/* one", "two */ SELECT 'a", "b' FROM dropped") == [
                "comment /* one", "comment two */", "keyword SELECT", "string 'a", "string b'",
                "keyword FROM",
            ]
        )
    }

    @Test func `shell has programs, flags, strings and comments`() {
        #expect(
            kinds(.shell, #"sudo rm -rf --no-preserve-root "/srv/a\" b" x#y | wc -l # end"#) == [
                "keyword sudo", "keyword rm", "flag -rf", "flag --no-preserve-root",
                #"string "/srv/a\" b""#, "keyword wc", "flag -l", "comment # end",
            ]
        )
        #expect(kinds(.shell, "echo if then", "ls") == ["keyword echo", "keyword ls"])
    }

    @Test(
        arguments: [
            ("SELECT 1", nil, "act", CodeLanguage.sql), ("select 1", "query", "act", .sql),
            ("select 1", nil, "pg.psql", .sql), ("make sure that", nil, "mail.send", nil),
            ("select a winner", nil, "mail.send", nil), ("kubectl get pods", nil, "x", .shell),
            ("Git is nice", nil, "x", nil), ("anything", "command", "x", .shell),
            ("", "sql", "x", .sql),
            ("DROP TABLE x", "command", "x", .sql), ("\u{202E}DROP", nil, "x", nil),
        ] as [(String, String?, String, CodeLanguage?)]
    )
    func `a language is guessed from the key, the action or the first word`(
        text: String,
        key: String?,
        action: String,
        language: CodeLanguage?
    ) {
        #expect(CodeLanguage.guess(text, key: key, action: action) == language)
    }

    @Test(arguments: SanitiserFuzzTests.seeds)
    func `colours change no text, whatever it is`(seed: UInt64) {
        var fuzz = DisplayFuzz(seed: seed)
        let raw = String(decoding: fuzz.text(pieces: 60), as: UTF8.self)
        let values: [JSONValue] = [
            ["sql": .string("SELECT '" + raw)],
            ["command": .array([.string(raw), .string("rm " + raw)])],
            [raw: .string("DROP \"\\" + raw)],
        ]

        for value in values {
            let page = JSONLines.page(of: value)
            let text = SafeText(untrusted: page.text, pane: .action)
            let lines = CodeColours.lines(of: text, page.texts, action: "sql.exec")
            #expect(lines.map(\.joined.plain) == text.lines.map(\.plain), "seed \(seed)")
            #expect(lines.map(\.width) == text.lines.map(\.width), "seed \(seed)")
        }
    }

    @Test func `quotes and escapes of JSON are not taken for those of the code`() {
        let page = JSONLines.page(of: ["sql": "SELECT \"a b\" FROM t\nWHERE x = 'it\\n'"])
        let text = SafeText(untrusted: page.text, pane: .action)
        let lines = CodeColours.lines(of: text, page.texts, action: "x")

        let styled = lines.map { line in
            line.parts.map { "\($0.style.foreground.rawValue)=\($0.line.plain)" }
        }
        #expect(styled[0] == ["untrusted_fg=\"sql\": "])
        #expect(
            styled[1] == [
                "untrusted_fg=  \"", "key=SELECT", "untrusted_fg= ", "ok=\\\"a b\\\"",
                "untrusted_fg= ", "key=FROM", "untrusted_fg= t\\n\"",
            ]
        )
        #expect(styled[2].contains("ok='it\\\\n'"))
    }
}
