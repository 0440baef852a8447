import HoldConsole
import Testing

private func line(_ text: String) -> SafeLine { SafeText(untrusted: text, pane: .line).lines[0] }

@Suite struct SafeLineTests {
    @Test func `a prefix ends with an ellipsis where something is cut`() {
        #expect(line("refund.create").prefix(cells: 8).shown == "refund.…")
        #expect(
            line("refund.create").prefix(cells: 8, ellipsis: .asciiEllipsis).shown == "refund.~"
        )
        #expect(line("refund").prefix(cells: 6).shown == "refund")
        #expect(line("refund").prefix(cells: 1).shown == "…")
        #expect(line("refund").prefix(cells: 6, ellipsis: .empty).shown == "refund")
        #expect(line("refund").prefix(cells: 3, ellipsis: .empty).shown == "ref")
    }

    @Test func `a prefix of no cells is empty`() {
        #expect(line("refund").prefix(cells: 0) == .empty)
        #expect(line("refund").prefix(cells: -5) == .empty)
    }

    @Test func `a prefix holds a mark as a whole or not at all`() {
        let marked = line("ab\u{202E}cd")

        #expect(marked.shown == "ab«\\u{202E}»cd")
        #expect(marked.prefix(cells: 11).shown == "ab«\\u{202E}»…")
        #expect(marked.prefix(cells: 10).shown == "ab…")
        #expect(marked.prefix(cells: 3).shown == "ab…")
    }

    @Test func `a wide character never straddles the edge`() {
        #expect(line("中中中").prefix(cells: 4).shown == "中…")
        #expect(line("中中中").prefix(cells: 5).shown == "中中…")
        #expect(line("a中中").wrapped(to: 2).map(\.shown) == ["a", "中", "中"])
        #expect(line("a中中").wrapped(to: 4).map(\.shown) == ["a中", "中"])
    }

    @Test func `a wide character where there is one cell is shown as its mark`() {
        let rows = line("中").wrapped(to: 1)

        #expect(rows.map(\.plain).joined() == "\\u{4E2D}")
        #expect(rows.allSatisfy { $0.width == 1 })
        #expect(rows.flatMap(\.runs).allSatisfy { $0.isMark })
    }

    @Test func `a row ends after a space in its second half`() {
        #expect(
            line("drop index concurrently").wrapped(to: 12).map(\.shown)
                == ["drop index ", "concurrently"]
        )
        #expect(line("a bcdefghijkl").wrapped(to: 6).map(\.shown) == ["a bcde", "fghijk", "l"])
    }

    @Test func `a mark is not split between rows`() {
        #expect(
            line("abcdef\u{202E}x").wrapped(to: 10).map(\.shown) == ["abcdef", "«\\u{202E}»x"]
        )
    }

    @Test func `a mark wider than a row is split into marks`() {
        let rows = line("\u{202E}").wrapped(to: 5)

        #expect(rows.map(\.shown) == ["«\\»«u»«{»«2»«0»", "«2»«E»«}»"])
    }

    @Test func `there are no rows where there is no room`() {
        #expect(line("abc").wrapped(to: 0).isEmpty)
        #expect(line("abc").wrapped(to: -1).isEmpty)
        #expect(line("").wrapped(to: 5) == [.empty])
    }

    @Test func `a cell holds a base and what is drawn over it`() {
        let cells = line("e\u{301}中\u{1B}").cells

        #expect(cells.map(\.cluster) == ["e\u{301}", "中", "^", "["])
        #expect(cells.map(\.width) == [1, 2, 1, 1])
        #expect(cells.map(\.isMark) == [false, false, true, true])
    }

    @Test func `a line is padded on either side, and left alone if it is wide enough`() {
        #expect(line("42").padded(to: 4).shown == "42  ")
        #expect(line("42").rightAligned(to: 4).shown == "  42")
        #expect(line("12345").padded(to: 4).shown == "12345")
        #expect(line("12345").rightAligned(to: 4).shown == "12345")
    }
}
