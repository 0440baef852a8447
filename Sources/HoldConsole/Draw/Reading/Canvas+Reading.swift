extension Canvas {
    /// Takes note of what there is to jump to in a pane, and shows what is searched for.
    mutating func reading(_ rows: [PaneRow], of pane: Pane) -> [PaneRow] {
        switch pane {
        case .context:
            report.marks[pane] = pages?.contextMarks
            return rows
        case .undo:
            let marked = model.reading.view.marking(rows, of: pane)
            report.marks[pane] = PaneMarks(marked)
            return marked
        case .queue, .action, .depth, .activity, .reviewers, .keys: return rows
        }
    }

    /// Points at the row that a jump or the cursor is at, beside the text.
    mutating func drawPointer(of pane: Pane, first: Int, in rect: Rect) {
        guard pane.isRead, model.focus == pane, let row = model.pointed(in: pane),
            row >= first, row < first + rect.rows
        else { return }
        // Without borders there is no free column: the first one gives way.
        let column = layout.shape == .list ? rect.column : rect.column - 1
        frame.draw(
            .pointer,
            at: Position(column: column, row: rect.row + row - first),
            within: frame.bounds,
            style: Ink.panel(.accent, .bold)
        )
    }

    /// What is searched for in a pane and how often it is there; nil: nothing is.
    func searchFoot(of pane: Pane, _ marks: PaneMarks?) -> StyledLine? {
        guard let search = model.reading.view.search, search.pane == pane else { return nil }
        let matches = marks?.matches ?? []
        let ink = Ink.panel
        var foot = StyledLine("/", ink.key)
        foot.add(Words.sentence(search.words).line.prefix(cells: 24, ellipsis: ellipsis), ink.text)
        if matches.isEmpty {
            if !search.words.isEmpty { foot.add("  not found", ink(.warn)) }
        } else if let row = model.reading.rows[pane], let index = matches.firstIndex(of: row) {
            foot.add("  \(index + 1) of \(matches.count)", ink.muted)
        } else {
            foot.add("  in \(matches.count) \(matches.count == 1 ? "row" : "rows")", ink.muted)
        }
        return foot
    }

    /// What a title says of a pane whose lines are cut.
    func noteCut(in title: inout StyledLine) {
        guard !model.reading.view.isWrapped else { return }
        title.add(" lines cut", Ink.panel(.warn, .bold))
    }

    /// The sheet that shows what would be copied.
    mutating func drawCopy(_ sheet: CopySheet) {
        let ink = Ink.sheet
        var page = SheetPage(
            title: StyledLine("Copy of #\(sheet.number)", ink.label),
            width: sheetColumns
        )
        page.foot = StyledLine("Enter copies   Esc cancel", ink.muted)
        let isSmall = layout.body.rows < 16
        for (index, choice) in sheet.choices.enumerated() where !isSmall || index == sheet.cursor {
            let isChosen = index == sheet.cursor
            var line = StyledLine(isChosen ? .pointer(glyphs) : " ", ink(.accent, .bold))
            line.add(" \(index + 1) ", ink.key)
            line.add(choice.name, isChosen ? ink.bold : ink.text)
            if isSmall { line.add("  j/k: \(sheet.choices.count) choices", ink.muted) }
            page.add([PaneRow(line)], rank: 0)
        }
        let words: SafeText = sheet.rows.map { $0 > sheet.visible ? "PgDn shows more" : "" } ?? ""
        let head = StyledLine("exactly this is copied:", ink.muted)
        page.add(words.isEmpty ? [head] : [head, StyledLine(words, ink(.warn))], rank: 0)
        let rows = copyRows(sheet.choice?.text ?? .empty, width: page.width)
        let room = max(layout.body.rows - 2 - page.rows.count - (sheet.problem == nil ? 0 : 1), 0)
        let first = min(max(sheet.scroll, 0), max(rows.count - room, 0))
        let shown = rows[first...].prefix(room)
        page.add(Array(shown), rank: 0)
        if let problem = sheet.problem {
            page.add(Words.sentence(problem), ink(.danger, .bold), rank: 0)
        }
        guard draw(page), !shown.isEmpty else { return }
        report.copy = CopyShown(
            choice: sheet.cursor,
            rows: first..<(first + shown.count),
            total: rows.count
        )
    }

    private func copyRows(_ text: SafeText, width: Int) -> [PaneRow] {
        let room = ReadingRoom(width: max(width, 1), glyphs: glyphs)
        return text.lines.flatMap {
            PaneRow.rows(of: ReadingLine($0), head: StyledLine(), in: room)
        }
    }
}
