import HoldCore

extension Canvas {
    /// Draws the keys, as they are bound.
    mutating func drawHelp() {
        let ink = Ink.sheet
        let width = min(layout.body.columns, 124) - 4
        let count = width >= 108 ? 3 : width >= 66 ? 2 : 1
        let column = (width - (count - 1) * 2) / max(count, 1)
        let rows = helpRows(columns: count, width: column)
        var page = SheetPage(
            title: helpTitle,
            width: max(width, 1)
        )
        page.foot = StyledLine(
            model.helpSearch == nil ? "j/k scroll  Esc close" : "Esc all keys",
            ink.muted
        )
        let room = max(layout.body.rows - 2, 0)
        let extent = PaneExtent(lines: rows.count, visible: room)
        report.help = extent
        let first = min(max(model.helpScroll, 0), extent.scrollMax)
        page.add(rows[first...].prefix(room).map { PaneRow($0) }, rank: 0)
        draw(page)
    }

    private var helpTitle: StyledLine {
        let ink = Ink.sheet
        var title = StyledLine("Help: keys as they are bound", ink.label)
        guard let search = model.helpSearch else {
            let key = model.keymap.keys(for: .filter).first?.label ?? "/"
            title.add("   \(key) finds one", ink.muted)
            return title
        }
        title.add("   /", ink.key)
        title.add(Words.sentence(search.field.text), ink.bold)
        if search.isTyping { title.add("_", ink(.accent, .bold)) }
        return title
    }

    private static let headings: [(group: Keymap.Command.Group, title: SafeText)] = [
        (.move, "MOVE"), (.decide, "DECIDE (never with one key)"), (.find, "FIND"),
        (.look, "LOOK"), (.application, "APP"),
        (.shift, "SHIFT (decides nothing)"),
    ]

    private func helpRows(columns count: Int, width: Int) -> [StyledLine] {
        var columns = Array(repeating: [StyledLine](), count: count)
        for (group, title) in Self.headings {
            let lines = self.lines(of: group, title, width: width)
            guard lines.count > 1 else { continue }
            let shortest = columns.indices.min { columns[$0].count < columns[$1].count } ?? 0
            if !columns[shortest].isEmpty { columns[shortest].append(StyledLine()) }
            columns[shortest] += lines
        }
        let height = columns.map(\.count).max() ?? 0
        return (0..<height).map { row in
            var line = StyledLine()
            for (index, column) in columns.enumerated() where row < column.count {
                line.pad(to: index * (width + 2), Ink.sheet.text)
                line.add(column[row])
            }
            return line
        }
    }

    /// The commands of a heading that have a key where help was asked for.
    private func lines(
        of group: Keymap.Command.Group,
        _ title: SafeText,
        width: Int
    ) -> [StyledLine] {
        let ink = Ink.sheet
        let commands = Keymap.Command.allCases.filter { $0.traits.group == group }
        var lines = [StyledLine(title, ink.label)]
        for (index, command) in commands.enumerated() where !command.traits.isPaired {
            let pair = commands[index...].dropFirst().prefix { $0.traits.isPaired }
            let all = [command] + pair
            let keys = all.flatMap { command in
                model.keymap.keys(for: command, in: model.screenBelow.place)
                    .prefix(all.count > 1 ? 1 : 2)
                    .map(\.label)
            }
            guard !keys.isEmpty else { continue }
            let names = all.flatMap { [$0.rawValue, $0.traits.words.description] }
            let search = model.helpSearch
            guard search?.fits(names + keys.map(\.plain)) != false else { continue }
            var line = StyledLine(" ", ink.text)
            line.add(keys.joined(separator: " "), ink.key)
            line.pad(to: 15, ink.text)
            line.gap(1, ink.text)
            line.add(SafeText(ours: command.traits.words), ink.text)
            lines.append(line.prefix(cells: width, ellipsis: ellipsis))
        }
        return lines
    }
}
