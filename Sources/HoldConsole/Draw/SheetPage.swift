/// What a sheet over the screen says, before it is known how much of it fits.
struct SheetPage {
    /// One row, and what it is worth: 0 must be on the screen, the highest goes first.
    struct Row {
        var row: PaneRow
        var rank: Int
    }

    var title: StyledLine
    var foot = StyledLine()
    var rows: [Row] = []
    /// Where the cursor stands: an index into ``rows`` and a column.
    var cursor: (row: Int, column: Int)?
    /// The cells of a row of text.
    let width: Int

    init(title: StyledLine, width: Int) {
        self.title = title
        self.width = width
    }

    var ink: Ink { .sheet }

    /// Adds rows of the same worth.
    mutating func add(_ rows: [PaneRow], rank: Int) {
        self.rows += rows.map { Row(row: $0, rank: rank) }
    }

    /// Adds words, wrapped.
    mutating func add(_ words: SafeText, _ style: Style? = nil, rank: Int) {
        add([StyledLine(words, style ?? ink.text)], rank: rank)
    }

    /// Adds pieces, three cells apart, wrapped between them.
    mutating func add(_ pieces: [StyledLine], rank: Int) {
        add(PaneRow.flow(pieces, width: width, ink: ink), rank: rank)
    }

    /// Adds a row without words.
    mutating func addBlank() {
        rows.append(Row(row: PaneRow(), rank: 9))
    }

    /// Adds a key and what it does.
    mutating func add(key: SafeText, _ words: SafeText, rank: Int = 0) {
        var line = StyledLine(key, ink.key)
        line.gap(2, ink.text)
        line.add(words, ink.text)
        add([line], rank: rank)
    }

    /// Adds a field that is being typed into, with the cursor in it.
    mutating func add(_ field: TextField, prompt: SafeText, style: Style? = nil, focused: Bool) {
        var line = StyledLine(prompt, ink.label)
        let before = SafeText(untrusted: field.before, pane: .line).line
        let after = SafeText(untrusted: field.after, pane: .line).line
        let room = max(width - line.width - 1, 1)
        // What is typed last stays in sight: the beginning goes, not the end.
        let hidden = max(before.width - room, 0)
        let shown = StyledLine(SafeText(lines: [before]), style ?? ink.bold)
            .dropping(cells: hidden)
        line.add(shown)
        if focused { cursor = (rows.count, line.width) }
        line.add(after.prefix(cells: max(width - line.width, 0), ellipsis: .empty), ink.text)
        rows.append(Row(row: PaneRow(line), rank: 0))
    }

    /// Drops what is worth least until so many rows are left.
    ///
    /// - Returns: Whether everything that must be there is.
    mutating func fit(rows room: Int) -> Bool {
        while rows.count > room {
            guard let worst = rows.map(\.rank).max(), worst > 0,
                let index = rows.lastIndex(where: { $0.rank == worst })
            else { return false }
            rows.remove(at: index)
            if let place = cursor, place.row > index { cursor = (place.row - 1, place.column) }
        }
        return true
    }
}

extension Canvas {
    /// The cells of a row of text in a sheet.
    var sheetColumns: Int {
        let columns = layout.body.columns
        return max(min(86, columns >= 70 ? columns - 4 : columns) - 4, 1)
    }

    /// Draws a sheet in the middle of the screen.
    ///
    /// - Returns: Whether all that must be on it is on the screen.
    @discardableResult
    mutating func draw(_ page: SheetPage, loud: Bool = false) -> Bool {
        var page = page
        let isWhole = page.fit(rows: max(layout.body.rows - 2, 0))
        let place = layout.body.centred(columns: page.width + 4, rows: page.rows.count + 2)
        var chrome = PaneChrome.sheet(title: page.title, foot: page.foot)
        if loud { chrome.style = Style(.danger, on: .sheetBackground, .bold) }
        let inside = frame.draw(chrome, in: place).padded
        for (index, row) in page.rows.prefix(inside.rows).enumerated() {
            draw(row.row, in: inside.line(index))
        }
        if let cursor = page.cursor, cursor.row < inside.rows {
            frame.cursor = Position(
                column: min(inside.column + cursor.column, inside.endColumn - 1),
                row: inside.row + cursor.row
            )
        }
        return isWhole && inside.columns >= page.width
    }

    /// Draws the sheet that is open.
    mutating func draw(_ sheet: Sheet) {
        switch sheet {
        case .approve(let sheet): draw(sheet)
        case .reject(let sheet): draw(rejectPage(sheet))
        case .escalate(let sheet): draw(escalatePage(sheet))
        case .edit(let sheet): draw(editPage(sheet))
        case .steer(let sheet): draw(steerPage(sheet))
        case .quit(let sheet): draw(quitPage(sheet))
        case .copy(let sheet): drawCopy(sheet)
        case .courtesy(let sheet): draw(courtesyPage(sheet))
        case .menu(let menu): draw(menuPage(menu))
        case .palette(let palette): draw(palettePage(palette))
        case .batch(let sheet): draw(sheet)
        case .batchResults: draw(batchResultsPage())
        }
    }
}
