import Testing

@testable import HoldConsole

@Suite struct FrameTests {
    private func frame(_ columns: Int, _ rows: Int, _ glyphs: GlyphSet = .unicode) -> Frame {
        Frame(size: Size(columns: columns, rows: rows), glyphs: glyphs)
    }

    @Test(arguments: [
        (Border.single, GlyphSet.unicode, "┌───┐\n│   │\n└───┘"),
        (.heavy, .unicode, "┏━━━┓\n┃   ┃\n┗━━━┛"),
        (.double, .unicode, "╔═══╗\n║   ║\n╚═══╝"),
        (.single, .ascii, "+---+\n|   |\n+---+"),
        (.heavy, .ascii, "+===+\n|   |\n+===+"),
        (.double, .ascii, "+===+\n|   |\n+===+"),
    ])
    func `each border in each glyph set`(border: Border, glyphs: GlyphSet, picture: String) {
        var frame = frame(5, 3, glyphs)

        let inside = frame.drawBox(frame.bounds, border, style: Style(.border), inside: .panel)

        #expect(frame.picture == picture)
        #expect(inside == Rect(column: 1, row: 1, columns: 3, rows: 1))
        #expect(
            frame.styleMap == """
                aaaaa
                abbba
                aaaaa
                a border on bg
                b fg on panel
                """
        )
    }

    @Test(arguments: [
        (7, 8, "[#######-]"), (3, 4, "[######--]"), (2, 6, "[###-----]"), (4, 10, "[###-----]"),
        (1, 12, "[#-------]"), (5, 5, "[########]"), (3, 5, "[#####---]"), (0, 6, "[--------]"),
        (9, 6, "[########]"), (0, 0, "[########]"), (-1, 6, "[--------]"),
        (99_999, 100_000, "[#######-]"), (1, 100_000, "[#-------]"),
    ])
    func `a meter shows its share`(used: Int, limit: Int, picture: String) {
        for glyphs in GlyphSet.allCases {
            var frame = frame(10, 1, glyphs)
            frame.drawMeter(
                frame.bounds,
                used: used,
                of: limit,
                style: Style(.ok),
                track: Style(.meterTrack)
            )
            #expect(frame.picture == picture)
        }
    }

    @Test func `signs have an ascii form`() {
        for (glyphs, picture) in [(GlyphSet.unicode, "▸…┊✓✗ "), (.ascii, ">~|okX")] {
            var frame = frame(6, 1, glyphs)
            var column = 0
            for glyph in [Glyph.pointer, .ellipsis, .gutter, .done, .failed] {
                let place = Position(column: column, row: 0)
                column += frame.draw(glyph, at: place, within: frame.bounds, style: .plain)
            }
            #expect(frame.picture == picture)
        }
    }

    @Test func `nothing is drawn outside of the rectangle or of the grid`() {
        var frame = frame(6, 3)
        let clip = Rect(column: 1, row: 1, columns: 3, rows: 1)

        frame.fill(Rect(column: -5, row: -5, columns: 100, rows: 100), Style(.muted))
        for column in -2..<8 {
            for row in -2..<6 {
                let place = Position(column: column, row: row)
                frame.draw(.pointer, at: place, within: clip, style: .plain)
            }
        }
        frame.drawBox(
            Rect(column: 4, row: 1, columns: 40, rows: 40),
            .single,
            style: .plain,
            inside: .plain
        )

        #expect(frame.picture == "      \n ▸▸▸┌─\n    │ ")
    }

    @Test(arguments: [Int.min, -1, 0, 1, 2, 3, 7, 999, 1_000, Int.max])
    func `no size or place can break drawing`(number: Int) {
        for other in [Int.min, -1, 0, 1, 5, Int.max] {
            var frame = frame(7, 4)
            let rect = Rect(column: other, row: number, columns: number, rows: other)
            let place = Position(column: number, row: other)
            frame.drawBox(rect, .double, style: .plain, inside: .plain)
            frame.drawMeter(rect, used: number, of: other, style: .plain, track: .plain)
            frame.drawRule(rect, style: .plain)
            frame.draw(.done, at: place, within: frame.bounds, style: .plain)
            frame.draw(.done, at: Position(column: 0, row: 0), within: rect, style: .plain)
            frame.restyle(rect) { $0 = .selected }
            #expect(frame[place] == nil || frame.bounds.contains(place))
            #expect(rect.inset(columns: number, rows: other).columns >= 0)
            #expect(rect.centred(columns: other, rows: number).rows >= 0)
            #expect(rect.split(rows: number).top.rows >= 0)
            #expect(frame.cells.count == 28)
        }
        #expect(Size(columns: number, rows: number).columns <= Frame.longestSide)
        #expect(Size(columns: number, rows: number).rows >= 0)
    }

    @Test func `a frame without cells has no rows`() {
        var frame = frame(0, 0)
        frame.drawBox(frame.bounds, .single, style: .plain, inside: .plain)
        #expect(frame.picture == "")
        #expect(frame.row(0).isEmpty)
        #expect(frame[Position(column: 0, row: 0)] == nil)
    }

    @Test func `half of a wide character never stays behind`() throws {
        let wide = try #require(Cell.of(cluster: ["漢"], width: 2, .plain))
        let narrow = Cell.of("x", .plain)
        var frame = frame(4, 1)
        frame.put(wide, at: Position(column: 1, row: 0), within: frame.bounds)
        #expect(frame.picture == " 漢 ")

        var left = frame
        left.put(narrow, at: Position(column: 1, row: 0), within: frame.bounds)
        #expect(left.picture == " x  ")
        #expect(left.cells.allSatisfy { $0.width == 1 })

        var right = frame
        right.put(narrow, at: Position(column: 2, row: 0), within: frame.bounds)
        #expect(right.picture == "  x ")
        #expect(right.cells.allSatisfy { $0.width == 1 })

        var filled = frame
        filled.fill(Rect(column: 2, row: 0, columns: 2, rows: 1), .plain)
        #expect(filled.cells.allSatisfy { $0.width == 1 })
    }

    @Test func `a wide character is not drawn where only half of it fits`() throws {
        let wide = try #require(Cell.of(cluster: ["漢"], width: 2, .plain))
        var frame = frame(3, 1)
        let drawn = frame.put(wide, at: Position(column: 2, row: 0), within: frame.bounds)
        #expect(!drawn)
        #expect(frame.picture == "   ")
    }

    @Test func `a cell takes a base with two marks and no more`() throws {
        let cluster: [Unicode.Scalar] = ["e", "\u{301}", "\u{302}"]
        let cell = try #require(Cell.of(cluster: cluster, width: 1, .plain))
        #expect(Array(cell.cluster.unicodeScalars) == cluster)
        #expect(Cell.of(cluster: cluster + ["\u{303}"], width: 1, .plain) == nil)
        #expect(Cell.of(cluster: [], width: 1, .plain) == nil)
        #expect(Cell.of(cluster: ["x"], width: 0, .plain) == nil)
        #expect(Cell.of(cluster: ["x"], width: 3, .plain) == nil)
        #expect(MemoryLayout<Cell>.stride == 16)
    }

    @Test func `a restyle keeps the text`() {
        var frame = frame(3, 1)
        frame.drawRule(frame.bounds, style: .plain)
        frame.restyle(Rect(column: 1, row: 0, columns: 1, rows: 1)) { $0.attributes.insert(.dim) }
        #expect(frame.picture == "───")
        #expect(frame.styleMap == "aba\na fg on bg\nb fg on bg dim")
    }
}
