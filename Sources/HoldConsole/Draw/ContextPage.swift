import HoldCore

/// Builds what the context pane shows: who asks, what the agent says, the policy, the history.
enum ContextPage {
    static func rows(_ key: ItemPages.Key) -> [PaneRow] {
        let detail = key.detail
        let width = max(key.contextColumns, 1)
        var rows = who(detail, width: width)
        if let summary = detail.item.summary, !summary.isEmpty {
            let text = SafeText(untrusted: summary, pane: .prose)
            for (index, line) in text.lines.enumerated() {
                rows += PaneRow.agent(
                    line,
                    head: label(index == 0 ? "SAYS" : ""),
                    width: width,
                    glyphs: key.glyphs
                )
            }
        }
        for part in detail.context { rows += self.rows(of: part, width: width, key.glyphs) }
        rows += gate(detail, width: width)
        rows += policy(detail, width: width)
        rows += history(detail, width: width, key.glyphs)
        return rows
    }

    private static func label(_ words: SafeText) -> StyledLine {
        var line = StyledLine(words, Ink.panel.label)
        line.pad(to: PaneRow.labelWidth, Ink.panel.text)
        return line
    }

    private static func who(_ detail: ItemDetail, width: Int) -> [PaneRow] {
        let item = detail.item
        let ink = Ink.panel
        var pieces = [
            StyledLine(Words.name(item.agent), ink.text),
            StyledLine("as \(Words.name(item.requestedBy))", ink.text),
            StyledLine("workflow \(Words.name(item.reference.workflow.text))", ink.text),
            StyledLine("step \(Words.name(item.reference.step.text))", ink.text),
            StyledLine(
                "asked \(Clock.day(item.createdAt)) \(Clock.timeOfDay(item.createdAt))Z",
                ink.text
            ),
        ]
        if !detail.dependsOn.isEmpty {
            let steps = detail.dependsOn.prefix(8).map { Words.name($0.text) }
            pieces.append(
                StyledLine("depends on \(steps.joined(separator: ", "))", ink.text)
            )
        }
        return PaneRow.fact("WHO", pieces, width: width)
    }

    // MARK: - What the agent shows

    private static func rows(of part: ContextPart, width: Int, _ glyphs: GlyphSet) -> [PaneRow] {
        let kind = SafeText(ascii: part.kind.rawValue.uppercased())
        let title = part.title.map { Words.sentence($0).line } ?? .empty
        var rows: [PaneRow] = []
        rows += PaneRow.agent(
            title,
            head: label(kind),
            width: width,
            style: Style(.untrustedText, on: .untrustedBackground, .bold),
            glyphs: glyphs
        )
        for (line, style) in lines(of: part) {
            rows += PaneRow.agent(
                line,
                head: StyledLine("  ", Ink.panel.text),
                width: width,
                style: style,
                glyphs: glyphs
            )
        }
        return rows
    }

    private static func lines(of part: ContextPart) -> [(SafeLine, Style)] {
        switch part.kind {
        case .text, .markdown, .log:
            return text(of: part.body).lines.map { ($0, Style.untrusted) }
        case .diff:
            return text(of: part.body).lines.map { ($0, diffStyle($0)) }
        case .json:
            return JSONLines.text(of: parsed(part.body)).lines.map { ($0, Style.untrusted) }
        case .table:
            return ContextTable.lines(of: parsed(part.body)).map { ($0, Style.untrusted) }
                .enumerated()
                .map { $0 == 0 ? ($1.0, $1.1.adding(.bold)) : $1 }
        }
    }

    private static func text(of body: JSONValue) -> SafeText {
        guard case .string(let text) = body else { return JSONLines.text(of: body) }
        return SafeText(untrusted: text, pane: .prose)
    }

    /// The value, or, when it is a text, the value that the text writes out.
    private static func parsed(_ body: JSONValue) -> JSONValue {
        guard case .string(let text) = body, let value = try? JSONValue(parsing: text) else {
            return body
        }
        return value
    }

    private static func diffStyle(_ line: SafeLine) -> Style {
        let start = line.runs.first.map { $0.isMark ? "" : $0.text } ?? ""
        let role: Role =
            start.hasPrefix("@@")
            ? .hunk
            : start.hasPrefix("+") ? .added : start.hasPrefix("-") ? .deleted : .untrustedText
        return Style(role, on: .untrustedBackground)
    }

    // MARK: - What the record has

    private static func gate(_ detail: ItemDetail, width: Int) -> [PaneRow] {
        let item = detail.item
        let ink = Ink.panel
        var pieces = [
            StyledLine("queue \(Words.name(item.queue))", ink.text),
            StyledLine("tier \(Words.name(item.tier))", ink.text),
            StyledLine("approvals needed: \(item.approvalsNeeded)", ink.text),
        ]
        if item.separation == .none {
            pieces.append(StyledLine("separation: none", ink(.warn, .bold)))
        }
        return PaneRow.fact("GATE", pieces, width: width)
    }

    private static func policy(_ detail: ItemDetail, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        return detail.policy.enumerated().flatMap { index, part in
            let value = Words.name(part.value)
            return PaneRow.fact(
                index == 0 ? "POLICY" : " ",
                [
                    StyledLine("\(Words.name(part.key)): \(value)", ink.text),
                    StyledLine(Words.sentence(part.origin), ink.muted),
                ],
                width: width
            )
        }
    }

    private static func history(
        _ detail: ItemDetail,
        width: Int,
        _ glyphs: GlyphSet
    ) -> [PaneRow] {
        let ink = Ink.panel
        return detail.history.enumerated().flatMap { index, entry -> [PaneRow] in
            let who: SafeText = entry.user.map(Words.name) ?? "-"
            var words = StyledLine("\(Clock.timeOfDay(entry.at))Z \(who) ", ink.text)
            words.add(Words.name(entry.what), ink.text)
            var pieces = [words]
            if !entry.hadEffect { pieces.append(StyledLine("too late, no effect", ink(.warn))) }
            var rows = PaneRow.fact(index == 0 ? "HISTORY" : " ", pieces, width: width)
            if let reason = entry.reason, !reason.isEmpty {
                var head = StyledLine()
                head.pad(to: PaneRow.labelWidth, ink.text)
                rows += PaneRow.agent(
                    Words.sentence(reason).line,
                    head: head,
                    width: width,
                    glyphs: glyphs
                )
            }
            return rows
        }
    }
}

/// A table as aligned rows.
enum ContextTable {
    /// No table shows more of its rows, and no column is wider.
    private static let rowsMax = 500
    private static let columnsMax = 24
    private static let cellsMax = 40

    /// The rows of an array of arrays or of objects; anything else as JSON.
    static func lines(of value: JSONValue) -> [SafeLine] {
        guard let grid = grid(of: value), !grid.isEmpty else {
            return JSONLines.text(of: value).lines
        }
        var widths: [Int] = []
        for row in grid {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.width)
            }
        }
        return grid.map { row in
            let cells = row.enumerated().map { column, cell in
                SafeText(
                    lines: [column + 1 == row.count ? cell : cell.padded(to: widths[column])])
            }
            return cells.joined(separator: "  ").line
        }
    }

    private static func grid(of value: JSONValue) -> [[SafeLine]]? {
        var rows: [JSONValue] = []
        if case .array(let elements) = value { rows = elements }
        var grid: [[SafeLine]] = []
        if case .object(let members) = value, case .array(let elements)? = members["rows"] {
            rows = elements
            if case .array(let names)? = members["columns"] {
                grid.append(names.prefix(columnsMax).map(cell))
            }
        }
        guard !rows.isEmpty else { return nil }
        if case .object(let first) = rows[0] {
            let keys = first.keys.sorted().prefix(columnsMax)
            grid.append(keys.map { cell(.string($0)) })
            for row in rows.prefix(rowsMax) { grid.append(keys.map { cell(row[$0] ?? .null) }) }
        } else {
            for row in rows.prefix(rowsMax) {
                guard case .array(let cells) = row else { return nil }
                grid.append(cells.prefix(columnsMax).map(cell))
            }
        }
        if rows.count > rowsMax {
            grid.append([SafeText("\(rows.count - rowsMax) more rows").line])
        }
        return grid
    }

    private static func cell(_ value: JSONValue) -> SafeLine {
        let text = value.text ?? value.canonicalText
        return SafeText(untrusted: text, pane: .line).line.prefix(
            cells: cellsMax,
            ellipsis: .asciiEllipsis
        )
    }
}
