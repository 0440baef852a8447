import Testing

@testable import HoldConsole

/// What a painter has to hand over of a row.
@Suite struct FrameChangesTests {
    private func frame(_ text: String, _ style: Style = .plain) -> Frame {
        var frame = Frame(size: Size(columns: 8, rows: 2), glyphs: .unicode)
        frame.draw(SafeText(untrusted: text, pane: .prose).line, in: frame.bounds, style: style)
        return frame
    }

    @Test(arguments: [
        ("abcdefgh", "abcdefgh", nil), ("abcdefgh", "xbcdefgh", 0..<1),
        ("abcdefgh", "abcdefgx", 7..<8), ("abcdefgh", "abXdeXgh", 2..<6),
        ("", "        ", nil), ("abc", "", 0..<3),
        // Both halves of a wide character, and what stood where one is now.
        ("a中b", "a文b", 1..<2), ("a中b", "axyb", 1..<3), ("axyb", "a中b", 1..<3),
        ("中", "x", 0..<2), ("e\u{301}x", "ex", 0..<1),
    ])
    func `from the first cell that is another to the last`(
        before: String,
        now: String,
        columns: Range<Int>?
    ) {
        #expect(frame(now).columns(ofRow: 0, unlike: frame(before)) == columns)
        #expect(frame(now).columns(ofRow: 1, unlike: frame(before)) == nil)
    }

    @Test func `another look is a change, and a wide character is told from its beginning`() {
        let before = frame("a中b")
        #expect(frame("a中b", .panel).columns(ofRow: 0, unlike: before) == 0..<4)

        var half = before
        half.restyle(Rect(column: 2, row: 0, columns: 1, rows: 1)) { $0 = .match }
        #expect(half.columns(ofRow: 0, unlike: before) == 1..<3)
    }

    @Test func `all of it where there is nothing to hold it against`() {
        let now = frame("abc")
        #expect(now.columns(ofRow: 1, unlike: nil) == 0..<8)
        let other = Frame(size: Size(columns: 9, rows: 2), glyphs: .unicode)
        #expect(now.columns(ofRow: 1, unlike: other) == 0..<8)
        #expect(now.columns(ofRow: 2, unlike: nil) == nil)
        #expect(now.columns(ofRow: -1, unlike: nil) == nil)
    }
}
