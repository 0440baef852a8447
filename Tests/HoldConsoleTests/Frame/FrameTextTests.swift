import Testing

@testable import HoldConsole

@Suite struct FrameTextTests {
    private func frame(_ columns: Int, _ rows: Int, _ glyphs: GlyphSet = .unicode) -> Frame {
        Frame(size: Size(columns: columns, rows: rows), glyphs: glyphs)
    }

    private func agent(_ text: String) -> SafeText { SafeText(untrusted: text, pane: .action) }

    @Test func `a line that does not fit ends with an ellipsis`() {
        for (columns, picture) in [
            (9, "DROP    i"), (6, "DROP i"), (5, "DROP…"), (2, "D…"), (1, "…"), (0, ""),
        ] {
            var frame = frame(columns, 1)
            let line = SafeText(ours: columns == 9 ? "DROP    i" : "DROP i").lines[0]
            let drawn = frame.draw(line, in: frame.bounds, style: .plain)
            #expect(frame.picture == picture)
            #expect(drawn == columns)
        }
        var ascii = frame(5, 1, .ascii)
        ascii.draw("DROP i", in: ascii.bounds, style: .plain)
        #expect(ascii.picture == "DROP~")
    }

    @Test(arguments: [
        (9, "ab cd ef "), (8, "ab cd ef"), (7, "ab cd …"), (6, "ab cd…"), (5, "ab c…"),
        (3, "ab…"), (1, "…"),
    ])
    func `parts in several styles are cut as one line`(columns: Int, picture: String) {
        var frame = frame(columns, 1)
        frame.draw(
            [
                StyledText("ab ", Style(.key)), StyledText("cd ", .plain),
                StyledText("ef", Style(.muted)),
            ],
            in: frame.bounds
        )
        #expect(frame.picture == picture)
    }

    @Test func `a line can stand at the right`() {
        var frame = frame(6, 1)
        frame.draw(SafeText(42).line, in: frame.bounds, style: .plain, alignment: .right)
        #expect(frame.picture == "    42")
    }

    @Test func `marks take the role of marks, also in a selected row`() {
        var frame = frame(16, 1)
        frame.draw(agent("rm\u{202E}x"), in: frame.bounds, style: .selected)
        #expect(frame.picture == "rm\\u{202E}x     ")
        #expect(
            frame.styleMap == """
                aabbbbbbbbaccccc
                a sel_fg on sel_bg
                b esc_fg on esc_bg
                c fg on bg
                """
        )
    }

    @Test func `wide and combined characters keep their cells`() {
        var frame = frame(6, 1)
        frame.draw(
            SafeText(untrusted: "漢e\u{301}字x", pane: .prose),
            in: frame.bounds,
            style: .plain
        )
        #expect(frame.picture == "漢e\u{301}字x")
        #expect(frame.cells.map(\.width) == [2, 0, 1, 2, 0, 1])

        var narrow = self.frame(5, 1)
        narrow.draw(SafeText(untrusted: "漢字漢", pane: .prose), in: narrow.bounds, style: .plain)
        #expect(narrow.picture == "漢字…")
    }

    @Test func `lines are drawn one a row and stay in their rectangle`() {
        var frame = frame(6, 4)
        let clip = Rect(column: 1, row: 1, columns: 4, rows: 2)
        let rows = frame.draw(
            SafeText(untrusted: "one\ntwo and\nthree\nfour", pane: .prose),
            in: clip,
            style: .plain
        )
        #expect(frame.picture == "      \n one  \n two… \n      ")
        #expect(rows == 2)
    }

    @Test func `box characters in an agent's text cannot touch our boxes`() {
        var frame = frame(8, 3)
        let inside = frame.drawBox(frame.bounds, .single, style: .plain, inside: .plain)
        frame.draw(agent("┘┘┘┘┘┘┘┘┘┘┘┘"), in: inside, style: .untrusted)
        #expect(frame.picture.split(separator: "\n").map(\.count) == [8, 8, 8])
        #expect(frame.picture.hasPrefix("┌──────┐\n│"))
        #expect(frame.picture.hasSuffix("│\n└──────┘"))
    }

    @Test func `a pane has its title, its right words and its note on the edges`() {
        var frame = frame(54, 3)
        let inside = frame.drawBox(
            frame.bounds,
            .heavy,
            style: Style(.accent),
            inside: .panel,
            title: [
                StyledText("1 Queue", Style(.title)), StyledText("  by urgency", Style(.muted)),
            ],
            right: [StyledText("+1 new: press N", Style(.warn))],
            note: [StyledText("2 of 8   2 more below", Style(.muted))]
        )
        #expect(
            frame.picture == """
                ┏━ 1 Queue  by urgency ━━━━━━━━━━━━ +1 new: press N ━┓
                ┃                                                    ┃
                ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 2 of 8   2 more below ━┛
                """
        )
        #expect(inside == Rect(column: 1, row: 1, columns: 52, rows: 1))
        #expect(
            frame.styleMap.split(separator: "\n")[0]
                == "aaabbbbbbbccccccccccccaaaaaaaaaaaaaadddddddddddddddaaa"
        )
    }

    @Test func `a sheet is drawn with double lines`() {
        var frame = frame(30, 3, .unicode)
        frame.drawBox(
            frame.bounds,
            .double,
            style: .sheet,
            inside: .sheet,
            title: [StyledText("Approve #4826?", .irreversible)],
            note: [StyledText("Esc cancel", .sheet)]
        )
        #expect(
            frame.picture == """
                ╔═ Approve #4826? ═══════════╗
                ║                            ║
                ╚═══════════════ Esc cancel ═╝
                """
        )

        var ascii = self.frame(30, 3, .ascii)
        ascii.drawBox(
            ascii.bounds,
            .double,
            style: .sheet,
            inside: .sheet,
            title: [StyledText("Approve #4826?", .irreversible)],
            note: [StyledText("Esc cancel", .sheet)]
        )
        #expect(
            ascii.picture == """
                += Approve #4826? ===========+
                |                            |
                +=============== Esc cancel =+
                """
        )
    }

    @Test(arguments: [
        (27, "┌─ A long title ── right ─┐"), (26, "┌─ A long title ─ right ─┐"),
        (24, "┌─ A long ti… ─ right ─┐"), (19, "┌─ A long title ──┐"), (16, "┌─ A long ti… ─┐"),
        (7, "┌─ … ─┐"), (6, "┌────┐"), (2, "┌┐"), (1, "┐"), (0, ""),
    ])
    func `the edges of a narrow pane lose words in order`(columns: Int, picture: String) {
        var frame = frame(columns, 1)
        frame.drawBox(
            frame.bounds,
            .single,
            style: .plain,
            inside: .plain,
            title: [StyledText("A long title", .plain)],
            right: [StyledText("right", .plain)],
            note: [StyledText("note", .plain)]
        )
        #expect(frame.picture == picture)
    }

    @Test func `signs stand among words and hide nothing`() {
        for glyphs in GlyphSet.allCases {
            for glyph in Glyph.allCases {
                let text = glyph.text(in: glyphs)
                #expect(text.hiddenCount == 0)
                #expect(text.width == glyph.scalars(in: glyphs).count)
            }
        }
    }

    @Test func `a title takes literals and numbers and nothing else`() {
        let title: Title = "\(3) urgent, next expires \(1, digits: 2):\(52, digits: 2)"
        #expect(String(decoding: title.ascii, as: UTF8.self) == "3 urgent, next expires 01:52")
        let odd: Title = "a\u{1B}]\u{7}ü\(-7, digits: 3)"
        #expect(String(decoding: odd.ascii, as: UTF8.self) == "a]-007")
    }
}
