import HoldCore

/// A table in aligned columns, numbers at the right.
///
/// It is given as an array of objects, an array of arrays whose first row names the columns, or an
/// object with `columns` and `rows`.
struct TableBlock {
    /// No table shows more of its rows, and none more columns.
    private static let rowsMax = 500
    private static let columnsMax = 24
    /// No cell is wider, where there is room for wide ones at all.
    private static let cellsMax = 400
    /// A column that has to give way keeps so many cells.
    private static let cellsMin = 4
    private static let gap = 2

    private struct Cell {
        let line: SafeLine
        let isNumber: Bool
    }

    private var header: [Cell] = []
    private var rows: [[Cell]] = []
    private var moreRows = 0
    private var moreColumns = 0
    private(set) var hidden = 0

    /// The lines of a table; nil when the value is none.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - width: The cells that a line has; nil: as many as the table wants.
    ///   - glyphs: The glyphs in use.
    /// - Returns: One line for each row, and how many characters are not what they seem.
    static func lines(
        of value: JSONValue,
        width: Int?,
        glyphs: GlyphSet
    ) -> (lines: [ReadingLine], hidden: Int)? {
        var table = TableBlock()
        guard table.read(value) else { return nil }
        return (table.lines(width: width, glyphs: glyphs), table.hidden)
    }

    // MARK: - Reading

    private mutating func read(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let members):
            guard case .array(let elements)? = members["rows"] else { return false }
            if case .array(let names)? = members["columns"] { addHeader(names) }
            return read(elements, isHeaded: true)
        case .array(let elements): return read(elements, isHeaded: false)
        case .null, .bool, .integer, .number, .string: return false
        }
    }

    private mutating func read(_ elements: [JSONValue], isHeaded: Bool) -> Bool {
        guard let first = elements.first else { return !header.isEmpty }
        var rest = elements[...]
        switch first {
        case .object:
            let names = Self.names(in: elements)
            guard elements.allSatisfy(\.isObject) else { return false }
            moreColumns = max(0, names.count - Self.columnsMax)
            let keys = names.prefix(Self.columnsMax)
            header = keys.map { cell(.string($0)) }
            for row in rest.prefix(Self.rowsMax) {
                rows.append(keys.map { cell(row[$0]) })
            }
        case .array(let names):
            guard elements.allSatisfy(\.isArray) else { return false }
            if !isHeaded {
                addHeader(names)
                rest = rest.dropFirst()
            }
            for case .array(let cells) in rest.prefix(Self.rowsMax) {
                moreColumns = max(moreColumns, cells.count - Self.columnsMax)
                rows.append(cells.prefix(Self.columnsMax).map { cell($0) })
            }
        case .null, .bool, .integer, .number, .string: return false
        }
        moreRows = max(0, rest.count - Self.rowsMax)
        return true
    }

    private mutating func addHeader(_ names: [JSONValue]) {
        moreColumns = max(0, names.count - Self.columnsMax)
        header = names.prefix(Self.columnsMax).map { cell($0) }
    }

    /// The keys of the first rows, in their order.
    private static func names(in elements: [JSONValue]) -> [String] {
        var names: Set<String> = []
        for case .object(let members) in elements.prefix(50) { names.formUnion(members.keys) }
        return names.sorted()
    }

    private mutating func cell(_ value: JSONValue?) -> Cell {
        guard let value, value != .null else { return Cell(line: .empty, isNumber: true) }
        let text = SafeText(untrusted: value.text ?? value.canonicalText, pane: .line)
        hidden += text.hiddenCount
        return Cell(
            line: text.line.prefix(cells: Self.cellsMax, ellipsis: .asciiEllipsis),
            isNumber: value.double != nil
        )
    }

    // MARK: - Laying out

    private func lines(width: Int?, glyphs: GlyphSet) -> [ReadingLine] {
        let wanted = widths
        let (widths, isCut) = width.map { Self.fit(wanted, into: $0) } ?? (wanted, false)
        let isRight = (0..<widths.count).map { column in
            rows.contains { column < $0.count }
                && !rows.contains {
                    column < $0.count && !$0[column].isNumber
                }
        }
        let ellipsis = SafeLine.ellipsis(glyphs)
        func line(_ cells: [Cell], _ style: Style) -> ReadingLine {
            var words = StyledLine()
            var column = 0
            for (index, cell) in cells.prefix(widths.count).enumerated() {
                let shown = cell.line.prefix(cells: widths[index], ellipsis: ellipsis)
                let start = isRight[index] ? column + widths[index] - shown.width : column
                words.pad(to: start, style)
                words.add(shown, style)
                column += widths[index] + Self.gap
            }
            return ReadingLine(words)
        }
        var lines: [ReadingLine] = []
        if !header.isEmpty {
            lines.append(line(header, Ink.agent(.untrustedText, [.bold, .underline])))
        }
        lines += rows.map { line($0, .untrusted) }
        let left = moreColumns + wanted.count - widths.count
        if moreRows > 0 { lines.append(.note("\(moreRows) more rows: o opens all")) }
        if left > 0 { lines.append(.note("\(left) more columns: o opens all")) }
        if isCut { lines.append(.note("cells are cut: W shows them whole")) }
        return lines
    }

    /// The cells that each column wants.
    private var widths: [Int] {
        var widths: [Int] = []
        for row in [header] + rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(1) }
                widths[column] = max(widths[column], cell.line.width)
            }
        }
        return widths
    }

    /// Takes from the widest columns what does not fit, and drops the last ones if that is not
    /// enough.
    private static func fit(_ wanted: [Int], into room: Int) -> (widths: [Int], isCut: Bool) {
        var kept = wanted
        func total(_ cap: Int) -> Int {
            kept.reduce(0) { $0 + min($1, cap) } + max(kept.count - 1, 0) * gap
        }
        while kept.count > 1, total(cellsMin) > room { kept.removeLast() }
        guard total(.max) > room else { return (kept, false) }
        var cap = cellsMax
        while cap > 1, total(cap) > room { cap -= 1 }
        return (kept.map { min($0, cap) }, true)
    }
}

extension JSONValue {
    fileprivate var isObject: Bool {
        if case .object = self { return true }
        return false
    }

    fileprivate var isArray: Bool {
        if case .array = self { return true }
        return false
    }
}
