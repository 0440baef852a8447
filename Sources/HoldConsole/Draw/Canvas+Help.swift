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
            title: StyledLine("Help: keys as they are bound", ink.label),
            width: max(width, 1)
        )
        page.foot = StyledLine("j/k scroll  Esc close", ink.muted)
        let room = max(layout.body.rows - 2, 0)
        let extent = PaneExtent(lines: rows.count, visible: room)
        report.help = extent
        let first = min(max(model.helpScroll, 0), extent.scrollMax)
        page.add(rows[first...].prefix(room).map { PaneRow($0) }, rank: 0)
        draw(page)
    }

    private struct HelpGroup {
        let title: SafeText
        let entries: [(commands: [Keymap.Command], extra: SafeText?, words: SafeText)]
    }

    private static let groups: [HelpGroup] = [
        HelpGroup(
            title: "MOVE",
            entries: [
                ([.moveDown, .moveUp], nil, "one row"), ([.pageDown, .pageUp], nil, "one page"),
                ([.halfPageDown, .halfPageUp], nil, "half a page"),
                ([.first, .last], nil, "first, last"),
                ([.nextPane, .previousPane], "1-8", "pane"),
                ([.open], nil, "full view"),
                ([.back], nil, "back; never quits"), ([.zoom], nil, "zoom the pane"),
            ]
        ),
        HelpGroup(
            title: "DECIDE (never with one key)",
            entries: [
                ([.approve], nil, "approve, confirm"), ([.reject], nil, "reject: reason"),
                ([.escalate], nil, "ask the next tier"), ([.modify], nil, "modify in $EDITOR"),
                ([.takeBack], nil, "take back a hold"),
            ]
        ),
        HelpGroup(
            title: "LOOK",
            entries: [
                ([.rawText], nil, "hidden chars, raw"), ([.pager], nil, "$PAGER, sanitised"),
                ([.filter], nil, "filter"), ([.pauseList], nil, "hold the list still"),
                ([.takeIn], nil, "take in new items"),
            ]
        ),
        HelpGroup(
            title: "APP",
            entries: [
                ([.commandLine], nil, "command"), ([.nextTheme], nil, "next theme"),
                ([.redraw], nil, "redraw"), ([.suspend], nil, "suspend"),
                ([.retry], nil, "retry connection"), ([.help], nil, "this help"),
                ([.quit], nil, "back; at the top quit"),
            ]
        ),
    ]

    private func helpRows(columns count: Int, width: Int) -> [StyledLine] {
        var columns = Array(repeating: [StyledLine](), count: count)
        for group in Self.groups {
            let lines = self.lines(of: group, width: width)
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

    private func lines(of group: HelpGroup, width: Int) -> [StyledLine] {
        let ink = Ink.sheet
        var lines = [StyledLine(group.title, ink.label)]
        for entry in group.entries {
            var keys = entry.commands.flatMap { command in
                model.keymap.keys(for: command).prefix(entry.commands.count > 1 ? 1 : 2)
                    .map(\.label)
            }
            if let extra = entry.extra { keys.append(extra) }
            guard !keys.isEmpty else { continue }
            var line = StyledLine(" ", ink.text)
            line.add(keys.joined(separator: " "), ink.key)
            line.pad(to: 15, ink.text)
            line.gap(1, ink.text)
            line.add(entry.words, ink.text)
            lines.append(line.prefix(cells: width, ellipsis: ellipsis))
        }
        return lines
    }
}
