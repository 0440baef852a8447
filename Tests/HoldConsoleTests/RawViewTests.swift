import HoldConsole
import Testing

@Suite struct RawViewTests {
    @Test func `each character has its place, its number and its name`() {
        let rows = RawView.rows(of: Array("a\u{202E}中\u{1B}".utf8))

        #expect(rows.map(\.offset) == [0, 1, 4, 7])
        #expect(rows.map(\.length) == [1, 3, 3, 1])
        #expect(rows.map(\.codePoint.plain) == ["U+0061", "U+202E", "U+4E2D", "U+001B"])
        #expect(
            rows.map(\.name.plain) == [
                "LATIN SMALL LETTER A", "RIGHT-TO-LEFT OVERRIDE", "CJK UNIFIED IDEOGRAPH-4E2D",
                "ESCAPE",
            ]
        )
        #expect(rows.map(\.isSuspect) == [false, true, true, true])
    }

    @Test func `a bad byte and a character without a name are there too`() {
        let rows = RawView.rows(of: [0xFF, 0xEE, 0x80, 0x80, 0xEF, 0xB7, 0x90, 0xCD, 0xB8, 0x0C])

        #expect(rows.map(\.codePoint.plain) == ["0xFF", "U+E000", "U+FDD0", "U+0378", "U+000C"])
        #expect(
            rows.map(\.name.plain)
                == ["not UTF-8", "private use", "noncharacter", "unassigned", "FORM FEED"]
        )
    }

    @Test func `suspects can be listed alone, and not more than asked for`() {
        let bytes = Array("ab\ncd\u{200B}ef\u{7F}".utf8)

        #expect(RawView.rows(of: bytes, suspectsOnly: true).map(\.offset) == [5, 10])
        #expect(RawView.rows(of: bytes, limit: 2).count == 2)
        #expect(RawView.rows(of: []).isEmpty)
    }

    @Test func `every control character has its own name`() {
        let controls = (UInt32(0)...0x1F).map(\.self) + (UInt32(0x7F)...0x9F).map(\.self)
        let bytes = controls.compactMap(Unicode.Scalar.init).flatMap { Array(String($0).utf8) }

        let names = RawView.rows(of: bytes).map(\.name.plain)

        #expect(Set(names).count == 65)
        #expect(names.first == "NULL")
        #expect(names[32...34] == ["DELETE", "PADDING CHARACTER", "HIGH OCTET PRESET"])
        #expect(names.last == "APPLICATION PROGRAM COMMAND")
    }
}
