import HoldConsole
import Testing

@Suite struct EscapedASCIITests {
    @Test func `everything but printable ASCII and line feeds is escaped`() {
        #expect(
            SafeText.escapedASCII("a\tb\né\u{202E}\r\n") == "a\\u{9}b\n\\u{E9}\\u{202E}\\u{D}\n"
        )
    }

    @Test func `a backslash is escaped only where it would begin an escape`() {
        #expect(EscapedASCII.escape("\\n \\u{41} \\u00e9") == "\\n \\u{5C}u{41} \\u00e9")
        #expect(EscapedASCII.unescape("\\n \\u{5C}u{41} \\u00e9") == "\\n \\u{41} \\u00e9")
    }

    @Test(arguments: [
        "\\u{}", "\\u{110000}", "\\u{D800}", "\\u{1234567}", "\\u{12", "\\u{+1}", "\\",
    ])
    func `what only looks like an escape stays`(text: String) {
        #expect(EscapedASCII.unescape(text) == text)
    }

    @Test(arguments: SanitiserFuzzTests.seeds)
    func `what is read back is what was written`(seed: UInt64) {
        var fuzz = DisplayFuzz(seed: seed)
        let text =
            String(decoding: fuzz.text(pieces: 60), as: UTF8.self) + "\\u{41}\\\\u{5C}\\u\\u{"

        let escaped = EscapedASCII.escape(text)

        #expect(escaped.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
        #expect(
            Array(EscapedASCII.unescape(escaped).unicodeScalars) == Array(text.unicodeScalars)
        )
    }
}
