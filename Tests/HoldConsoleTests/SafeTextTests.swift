import HoldConsole
import Testing

@Suite struct SafeTextTests {
    @Test func `our own words take numbers and safe text, and nothing else`() {
        let agent = SafeText(untrusted: "bob\u{202E}", pane: .line)

        let text: SafeText = "claimed: \(agent) (#\(4821))"

        #expect(text.shown == ["claimed: bob«\\u{202E}» (#4821)"])
        #expect(text.hiddenCount == 1)
        #expect(text.flags == ["bidi"])
    }

    @Test func `our own words keep their lines and glyphs`() {
        let text = SafeText(ours: "┊ one\n▸ two …")

        #expect(text.shown == ["┊ one", "▸ two …"])
        #expect(text.hiddenCount == 0)
        #expect(text.plain == "┊ one\n▸ two …")
    }

    @Test func `a slip in our own words shows as a mark`() {
        #expect(SafeText(ours: "a\u{1B}b").shown == ["a«^[»b"])
    }

    @Test func `an id is drawn as it is only if it is printable ASCII`() {
        #expect(SafeText(ascii: "wf_01-ab:cd").shown == ["wf_01-ab:cd"])
        #expect(SafeText(ascii: "wf\n1\u{9B}").shown == ["wf«^J»1«\\u{9B}»"])
    }

    @Test func `numbers are filled up on the left`() {
        #expect(SafeText(7, width: 4, zeros: true).plain == "0007")
        #expect(SafeText(7, width: 4).plain == "   7")
        #expect(SafeText(-7, width: 4, zeros: true).plain == "-007")
        #expect(SafeText(12345, width: 4).plain == "12345")
        #expect(SafeText(Int64.min).plain == "-9223372036854775808")
        #expect(SafeText(1, width: .max).width == 4_096)
    }

    @Test func `texts add up, with what they report`() {
        let first = SafeText(untrusted: "a\nb\u{200B}", pane: .prose)
        let second = SafeText(untrusted: "\u{301}c\nd", pane: .prose)

        let sum = first + second

        #expect(sum.shown == ["a", "b«\\u{200B}»«\\u{301}»c", "d"])
        #expect(sum.hiddenCount == 2)
        #expect(sum.flags == ["invisible", "mark"])
        #expect(SafeText.empty + first == first)
        #expect(first + .empty == first)
    }

    @Test func `joined texts stand between separators`() {
        let names = ["ada", "bob"].map { SafeText(untrusted: $0, pane: .line) }

        #expect(names.joined(separator: ", ").shown == ["ada, bob"])
        #expect([SafeText]().joined(separator: ", ").isEmpty)
    }

    @Test func `a block on one line marks where its lines end`() {
        #expect(SafeText(untrusted: "a\nb", pane: .prose).line.shown == "a«^J»b")
    }

    @Test func `each line can have the same words before it`() {
        let text = SafeText(untrusted: "a\nPress y\u{7}", pane: .prose)

        let quoted = text.prefixingLines(with: "agent> ")

        #expect(quoted.shown == ["agent> a", "agent> Press y«^G»"])
        #expect(quoted.hiddenCount == 1)
    }

    @Test func `a mark differs from the same characters written out`() {
        let mark = SafeText(untrusted: "\u{202E}", pane: .action)
        let literal = SafeText(untrusted: "\\u{202E}", pane: .action)

        #expect(mark.plain == literal.plain)
        #expect(mark != literal)
    }
}
