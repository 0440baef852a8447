import HoldCore

/// The columns of a table of figures that have room, and what stands in them.
struct FigureColumns {
    /// One column.
    private struct Column {
        let title: SafeText
        let width: Int
        /// The highest goes first where there is no room.
        let rank: Int
        let value: (FigureLine) -> StyledLine
    }

    private let name: Int
    private let columns: [Column]
    private let glyphs: GlyphSet

    init(_ rows: [FigureLine], width: Int, glyphs: GlyphSet) {
        self.glyphs = glyphs
        let longest = rows.compactMap(\.latency?.p95).max() ?? .zero
        var columns = Self.all(longest: longest)
        let least = min(13, max(width - 7, 1))
        while columns.reduce(least, { $0 + $1.width }) > width, !columns.isEmpty {
            guard let worst = columns.map(\.rank).max() else { break }
            columns.removeAll { $0.rank == worst }
        }
        self.columns = columns
        name = min(max(width - columns.reduce(0) { $0 + $1.width }, 1), 26)
    }

    var header: StyledLine {
        line("", Ink.panel.muted) { StyledLine($0.title, Ink.panel.muted) }
    }

    func line(_ row: FigureLine, name: SafeText) -> StyledLine {
        line(name, Ink.panel.text) { $0.value(row) }
    }

    private func line(
        _ name: SafeText,
        _ style: Style,
        _ cell: (Column) -> StyledLine
    ) -> StyledLine {
        let ellipsis = SafeLine.ellipsis(glyphs)
        var line = StyledLine()
        line.add(name.line.prefix(cells: max(self.name - 1, 0), ellipsis: ellipsis), style)
        line.pad(to: self.name, style)
        for column in columns {
            let value = cell(column)
            let end = line.width + column.width
            line.pad(to: end - value.width, style)
            line.add(value)
            line.pad(to: end, style)
        }
        return line
    }

    private static func all(longest: Span) -> [Column] {
        func number(_ title: SafeText, _ width: Int, _ rank: Int, _ value: KeyPath<FigureLine, Int>)
            -> Column
        {
            Column(title: title, width: width, rank: rank) { row in
                let count = row[keyPath: value]
                return StyledLine(SafeText(count), count == 0 ? Ink.panel.muted : Ink.panel.text)
            }
        }
        func time(
            _ title: SafeText,
            _ rank: Int,
            _ value: KeyPath<LatencyFigures, Span>
        ) -> Column {
            Column(title: title, width: 10, rank: rank) { row in
                guard let latency = row.latency else { return StyledLine("-", Ink.panel.muted) }
                return StyledLine(Clock.left(latency[keyPath: value]), Ink.panel.text)
            }
        }
        return [
            number("asked", 6, 0, \.items), number("approve", 9, 1, \.approved),
            number("edited", 8, 9, \.modified), number("reject", 8, 2, \.rejected),
            number("expired", 9, 3, \.expired), number("escalated", 11, 10, \.escalated),
            time("p50 wait", 8, \.p50), time("p95 wait", 4, \.p95), time("p99 wait", 12, \.p99),
            Column(title: "p50 # p95 -", width: 20, rank: 7) { bar($0, longest: longest) },
            number("undone", 8, 6, \.undone), number("failed", 8, 5, \.undoFailed),
            Column(title: "LOW/MED/HIGH/IRREV", width: 20, rank: 11) { mix($0) },
        ]
    }

    /// The median and the 95th percentile as one bar, to the scale of the table.
    private static func bar(_ row: FigureLine, longest: Span) -> StyledLine {
        let width = 18
        var line = StyledLine()
        guard let latency = row.latency, longest > .zero else { return line }
        func cells(_ span: Span) -> Int {
            Frame.share(
                Int(span.milliseconds / 1_000),
                of: max(Int(longest.milliseconds / 1_000), 1),
                width: width
            )
        }
        let half = cells(latency.p50)
        let most = max(cells(latency.p95), half)
        line.add(SafeText(ascii: String(repeating: "#", count: half)), Ink.panel(.info))
        line.add(SafeText(ascii: String(repeating: "-", count: most - half)), Ink.panel(.pending))
        line.pad(to: width, Ink.panel.text)
        return line
    }

    private static func mix(_ row: FigureLine) -> StyledLine {
        let classes: [RiskClass] = [.low, .medium, .high, .irreversible]
        let counts = classes.map { SafeText(row.risks[$0] ?? 0) }
        return StyledLine(counts.joined(separator: "/"), Ink.panel.muted)
    }
}
