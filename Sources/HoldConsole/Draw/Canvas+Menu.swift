import HoldCore

/// Menus and the palette.
extension Canvas {
    func menuPage(_ menu: Menu) -> SheetPage {
        let ink = Ink.sheet
        let widest = menu.entries.map { Words.name($0.text).width }.max() ?? 0
        var page = SheetPage(title: title(of: menu), width: min(sheetColumns, 60))
        page.foot = StyledLine(footWords(of: menu), ink.muted)
        let room = max(layout.body.rows - 2, 1)
        let first = Self.firstRow(of: menu.cursor, count: menu.entries.count, visible: room)
        for (index, entry) in menu.entries.enumerated().dropFirst(first).prefix(room) {
            let isCursor = index == menu.cursor
            var line = StyledLine(isCursor ? .pointer(glyphs) : " ", ink(.accent, .bold))
            if menu.page != .fields {
                line.add(
                    entry.isChosen ? "(*) " : "( ) ",
                    entry.isChosen ? ink(.ok, .bold) : ink.muted
                )
            }
            line.add(entry.key.map { Key.character($0).label } ?? " ", ink.key)
            line.gap(2, ink.text)
            line.add(Words.name(entry.text), isCursor ? ink.bold : ink.text)
            line.pad(to: min(line.width + 1, page.width), ink.text)
            line.pad(to: min(widest + 10, page.width / 2), ink.text)
            line.add(Words.sentence(entry.words), ink.muted)
            page.add([PaneRow(line.prefix(cells: page.width, ellipsis: ellipsis))], rank: 0)
        }
        return page
    }

    private func title(of menu: Menu) -> StyledLine {
        let ink = Ink.sheet
        switch menu.page {
        case .fields: return StyledLine("Filter by", ink.label)
        case .sorts: return StyledLine("Order of the queue", ink.label)
        case .values(let field):
            return StyledLine("Filter by \(SafeText(ours: field.words))", ink.label)
        }
    }

    private func footWords(of menu: Menu) -> SafeText {
        switch menu.page {
        case .fields, .sorts: "Enter or its letter  Esc close"
        case .values: "Enter or its number  Esc back"
        }
    }

    func palettePage(_ palette: CommandPalette) -> SheetPage {
        let ink = Ink.sheet
        var page = SheetPage(title: StyledLine("Find a command", ink.label), width: sheetColumns)
        let matches = palette.matches
        let count = matches.count
        page.foot = StyledLine("\(count) of \(palette.entries.count)  Enter runs  Esc", ink.muted)
        page.add(palette.field, prompt: "> ", focused: true)
        let room = min(max(layout.body.rows - 3, 1), 14)
        let first = Self.firstRow(of: palette.cursor, count: count, visible: room)
        let shown = matches.dropFirst(first).prefix(room)
        let isWide = page.width >= 52
        for (index, match) in shown.enumerated() {
            let isCursor = first + index == palette.cursor
            var line = StyledLine(isCursor ? .pointer(glyphs) : " ", ink(.accent, .bold))
            line.add(name(of: match))
            line.pad(to: isWide ? 22 : line.width + 1, ink.text)
            line.gap(1, ink.text)
            let words = Words.sentence(match.entry.words)
            line.add(match.entry.isOpener ? words + dots : words, ink.muted)
            let keys = match.entry.keys.prefix(2).map(\.label).joined(separator: " ")
            let most = page.width - (isWide ? keys.width + 1 : 0)
            line = line.prefix(cells: most, ellipsis: ellipsis)
            if isWide {
                line.pad(to: page.width - keys.width, ink.text)
                line.add(keys, ink.key)
            }
            page.add([PaneRow(line)], rank: 0)
        }
        if count == 0 { page.add("Nothing fits.", ink.muted, rank: 0) }
        // The box stays as large as it was, so that nothing jumps while letters are typed.
        for _ in max(shown.count, 1)..<max(min(room, palette.entries.count), 1) {
            page.add([PaneRow()], rank: 1)
        }
        return page
    }

    /// The name with the letters that were found.
    private func name(of match: CommandPalette.Match) -> StyledLine {
        let ink = Ink.sheet
        var line = StyledLine()
        for (index, character) in match.entry.name.enumerated() {
            let isFound = match.letters.contains(index)
            line.add(Words.name(String(character)), isFound ? .match : ink.bold)
        }
        return line
    }
}
