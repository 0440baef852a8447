import HoldConsole
import Testing

private func shown(_ text: String, _ pane: SafeText.Pane) -> [String] {
    SafeText(untrusted: text, pane: pane).shown
}

private func flags(_ text: String, _ pane: SafeText.Pane) -> [String] {
    SafeText(untrusted: text, pane: pane).flags
}

@Suite struct SanitiserTests {
    @Test func `padding is marked from eight spaces, in actions only`() {
        #expect(shown("a       b", .action) == ["a       b"])
        #expect(shown("a        b", .action) == ["a«{8 spaces}»b"])
        #expect(shown("a        b", .prose) == ["a        b"])
        #expect(shown("a \t \t \t \tb", .action) == ["a«{8 spaces and tabs}»b"])
    }

    @Test func `blank lines are marked from five line feeds, in actions only`() {
        #expect(shown("a\n\n\n\nb", .action) == ["a", "", "", "", "b"])
        #expect(shown("a\n\n\n\n\nb", .action) == ["a", "«{4 blank lines}»", "b"])
        #expect(shown("a\n\n\n\n\nb", .prose) == ["a", "", "", "", "", "b"])
        #expect(shown("a\n \n\t\n  \n\nb", .action) == ["a", "«{4 blank lines}»", "b"])
        #expect(shown("\n\n\n\n\nb", .action) == ["«{5 blank lines}»", "b"])
        #expect(shown("\n\n\n\nb", .action) == ["", "", "", "", "b"])
        #expect(shown("a\n\n\n\n\n", .action) == ["a", "«{5 blank lines}»"])
    }

    @Test func `a tab goes to the next stop in a block`() {
        #expect(shown("a\tb", .action) == ["a   b"])
        #expect(shown("abcd\tb", .prose) == ["abcd    b"])
    }

    @Test func `emoji are drawn as their parts in prose`() {
        #expect(shown("👨\u{200D}👩", .prose) == ["👨👩"])
        #expect(flags("👨\u{200D}👩", .prose) == ["invisible"])
        #expect(shown("❤\u{FE0F}!", .prose) == ["❤!"])
        #expect(shown("👍🏽", .prose) == ["👍"])
        #expect(flags("👍🏽", .prose) == ["variation"])
        #expect(SafeText(untrusted: "👍🏽", pane: .prose).hiddenCount == 0)
    }

    @Test func `what would join emoji is marked everywhere else`() {
        #expect(shown("❤\u{FE0F}", .line) == ["❤«\\u{FE0F}»"])
        #expect(shown("👍🏽", .action) == ["👍«\\u{1F3FD}»"])
        #expect(shown("a\u{200D}b", .prose) == ["a«\\u{200D}»b"])
        #expect(shown("👨\u{200D}b", .prose) == ["👨«\\u{200D}»b"])
        #expect(shown("1\u{FE0F}\u{20E3}", .prose) == ["1«\\u{FE0F}»«\\u{20E3}»"])
    }

    @Test func `nothing can be written in the selectors after an emoji`() {
        #expect(shown("❤\u{FE0F}\u{FE0E}\u{FE0F}", .prose) == ["❤«\\u{FE0E}»«\\u{FE0F}»"])
    }

    @Test func `flags are read in pairs`() {
        #expect(shown("🇩🇪🇫🇷", .prose) == ["«[DE]»«[FR]»"])
        #expect(shown("🇩🇪\u{1F1EB}", .action) == ["«[DE]»«\\u{1F1EB}»"])
    }

    @Test func `what passes for ASCII is marked in actions`() {
        #expect(shown("ｒｍ", .action) == ["«\\u{FF52}»«\\u{FF4D}»"])
        #expect(shown("𝐫", .action) == ["«\\u{1D42B}»"])
        #expect(shown("\u{212A}", .action) == ["«\\u{212A}»"])
        #expect(flags("5\u{2215}2", .action) == ["lookalike"])
        #expect(shown("ｒｍ \u{2212}", .prose) == ["ｒｍ \u{2212}"])
    }

    @Test func `a foreign letter in an ASCII word is marked, a foreign word is listed`() {
        #expect(shown("жук.com", .action) == ["«\\u{436}»«\\u{443}»«\\u{43A}».com"])
        #expect(shown("p\u{200B}\u{430}y", .action) == ["p«\\u{200B}»«\\u{430}»y"])
        #expect(shown("name=\"王\"", .action) == ["name=\"王\""])
        #expect(flags("name=\"王\"", .action) == ["script:han"])
        #expect(flags("δ ж", .action) == ["script:cyrillic", "script:greek"])
        #expect(flags("pаy", .prose) == [])
    }

    @Test func `a digit of another script is marked beside ASCII ones`() {
        #expect(shown("1\u{966}0", .action) == ["1«\\u{966}»0"])
        #expect(shown("१००", .action) == ["१००"])
    }

    @Test func `a mark on a space has no base`() {
        #expect(shown(" \u{301}", .prose) == [" «\\u{301}»"])
        #expect(shown("\u{1B}\u{301}", .prose) == ["«^[»«\\u{301}»"])
    }

    @Test func `a Hangul vowel stands on its consonant only`() {
        #expect(shown("\u{1112}\u{1161}", .prose) == ["\u{1112}\u{1161}"])
        #expect(shown("a\u{1161}", .prose) == ["a«\\u{1161}»"])
    }

    @Test func `characters younger than the pinned version are not drawn`() {
        #expect(shown("\u{1FAE9}", .prose) == ["«\\u{1FAE9}»"])
        #expect(flags("\u{1FAE9}", .prose) == ["unassigned"])
        #expect(shown("\u{1FAE0}", .prose) == ["\u{1FAE0}"])
    }

    @Test func `a carriage return is harmless only before a line feed`() {
        #expect(SafeText(untrusted: "a\r\nb", pane: .prose).hiddenCount == 0)
        #expect(SafeText(untrusted: "a\r", pane: .prose).hiddenCount == 1)
        #expect(SafeText(untrusted: "a\r\nb", pane: .line).hiddenCount == 2)
    }
}

@Suite struct DisplayLimitTests {
    @Test func `a field of 64 KiB is shown whole, one byte more is not`() {
        let line = String(repeating: "x", count: 1023) + "\n"
        let full = String(repeating: line, count: 64)

        #expect(SafeText(untrusted: full, pane: .prose).truncated == 0)
        let more = SafeText(untrusted: full + "y", pane: .prose)
        #expect(more.truncated == 1)
        #expect(more.lines.last?.shown == "«{1 byte not shown}»")
        #expect(more.notShown?.plain == "1 byte not shown")
    }

    @Test func `a character on the edge is left out whole`() {
        let limits = DisplayLimits(bytesMax: 4, lineCellsMax: 100, linesMax: 10)

        let text = SafeText(untrusted: "ab中c", pane: .prose, limits: limits)

        #expect(text.shown == ["ab«{4 bytes not shown}»"])
        #expect(text.hiddenCount == 0)
    }

    @Test(arguments: SafeText.Pane.allCases)
    func `a line of 4,096 cells is shown whole, more is not`(pane: SafeText.Pane) {
        let full = String(repeating: "x", count: 4_096)
        #expect(SafeText(untrusted: full, pane: pane).truncated == 0)

        let ascii = SafeText(untrusted: full + "yz", pane: pane)
        #expect(ascii.shown == [full + "«{2 bytes not shown}»"])

        let wide = SafeText(untrusted: String(repeating: "中", count: 2_049), pane: pane)
        #expect(wide.truncated == 3)
    }

    @Test func `2,000 lines are shown, more are not`() {
        let full = (1...2_000).map(String.init).joined(separator: "\n")
        #expect(SafeText(untrusted: full, pane: .prose).truncated == 0)

        let more = SafeText(untrusted: full + "\nabc", pane: .prose)
        #expect(more.lines.count == 2_000)
        #expect(more.truncated == 4)
        #expect(more.lines.last?.shown == "2000«{4 bytes not shown}»")
    }

    @Test func `opened in full, everything is shown`() {
        let huge = String(repeating: "x", count: 100_000) + "\u{1B}"

        let text = SafeText(untrusted: huge, pane: .action, limits: .full)

        #expect(text.truncated == 0)
        #expect(text.hiddenCount == 1)
        #expect(text.width == 100_002)
        #expect(text.notShown == nil)
    }
}
