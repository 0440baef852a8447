import HoldConsole

/// Rows of safe texts as lines of aligned columns.
struct Table {
    /// On which side a column's texts stand.
    enum Side {
        case left
        case right
    }

    struct Column {
        var name: SafeText
        var side: Side

        init(_ name: SafeText, _ side: Side = .left) {
            self.name = name
            self.side = side
        }
    }

    private static let gap = "  "
    /// A column is not filled up further than this; what is longer stands out, whole.
    private static let cellsMax = 40

    let columns: [Column]
    private var rows: [[SafeLine]] = []

    init(_ columns: [Column]) { self.columns = columns }

    mutating func add(_ row: [SafeText]) { rows.append(row.map(\.line)) }

    /// The lines; nothing is cut off, so that what reads them misses nothing.
    func text(isHeaded: Bool) -> String {
        let rows = (isHeaded ? [columns.map(\.name.line)] : []) + rows
        var widths = columns.map { _ in 0 }
        for row in rows {
            for (index, cell) in row.enumerated() where index < widths.count {
                widths[index] = max(widths[index], min(cell.width, Self.cellsMax))
            }
        }
        return rows.map { row in
            var line = ""
            for (index, cell) in row.enumerated() where index < columns.count {
                if index > 0 { line += Self.gap }
                let isLast = index == columns.count - 1
                switch columns[index].side {
                // `padded` and `rightAligned` cut what is wider.
                case _ where cell.width >= widths[index]: line += cell.plain
                case .left: line += isLast ? cell.plain : cell.padded(to: widths[index]).plain
                case .right: line += cell.rightAligned(to: widths[index]).plain
                }
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}

/// Names and values, the values under each other.
struct Facts {
    private var facts: [(name: SafeText, value: SafeText)] = []

    mutating func add(_ name: SafeText, _ value: SafeText) { facts.append((name, value)) }

    mutating func add(_ name: SafeText, _ value: SafeText?) {
        if let value { facts.append((name, value)) }
    }

    var text: String {
        let width = facts.reduce(0) { max($0, $1.name.width) }
        return facts.map { fact in
            let (first, rest) = (fact.value.lines[0], fact.value.lines.dropFirst())
            let indent = String(repeating: " ", count: width + 2)
            let lines =
                [fact.name.line.padded(to: width).plain + "  " + first.plain]
                + rest.map { indent + $0.plain }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
