/// One line of a block: its words in their styles, before it is fitted into a pane.
struct ReadingLine: Hashable, Sendable {
    var words: StyledLine
    /// How far the rows that go on with it are indented.
    var indent = 0
    /// What can be folded here.
    var fold: Fold?
    /// Whether it begins something that a person jumps to: a heading, a hunk, an error.
    var isAnchor = false
    /// Whether it says something in our own words, and therefore stands outside of the gutter.
    var isOurs = false

    init(_ words: StyledLine = StyledLine(), indent: Int = 0) {
        self.words = words
        self.indent = indent
    }

    init(_ line: SafeLine, _ style: Style = .untrusted, indent: Int = 0) {
        self.init(StyledLine(line, style), indent: indent)
    }

    /// The indent of the rows that go on with it: at most half of a row.
    func indent(in cells: Int) -> Int { min(max(indent, 0), cells / 2) }

    /// Something that we say about a block, not the agent.
    static func note(_ words: SafeText) -> ReadingLine {
        var line = ReadingLine(words.line, Ink.panel(.warn))
        line.isOurs = true
        return line
    }
}

/// A part of a text that can be folded, and whether it is open.
package struct Fold: Hashable, Sendable {
    package let id: FoldID
    package let isOpen: Bool
}

/// How the lines of an agent are fitted into a pane.
struct ReadingRoom: Hashable, Sendable {
    /// The cells of a row, head and gutter included.
    var width: Int
    var glyphs: GlyphSet
    /// Whether long lines go on in the next row; else they are cut.
    var isWrapped = true
    /// The first column that is shown of lines that are cut.
    var column = 0

    /// The cells that are left for words behind a head and the gutter.
    func words(behind head: Int) -> Int { max(width - head - 2, 1) }
}

extension PaneRow {
    /// A line behind the gutter, as wide as there is room.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - head: What stands before the gutter of the first row.
    ///   - room: How it is fitted.
    /// - Returns: At least one row.
    static func rows(of line: ReadingLine, head: StyledLine, in room: ReadingRoom) -> [PaneRow] {
        let start = head.width
        let cells = room.words(behind: start)
        guard !line.isOurs else {
            return flow([line.words], width: max(room.width - start, 1)).map {
                $0.indented(by: start)
            }
        }
        let parts =
            room.isWrapped
            ? line.words.wrapped(to: cells, indent: line.indent)
            : [line.words.cut(to: cells, from: room.column, room.glyphs)]
        return parts.enumerated().map { index, part in
            var row = PaneRow()
            if index == 0 {
                row.line.add(head)
            } else {
                row.line.pad(to: start, .panel)
            }
            row.line.add(SafeText.gutter(room.glyphs), Style(.mark, on: .untrustedBackground))
            row.line.gap(1, .untrusted)
            // A search goes from row to row, past the indent of those that go on.
            row.textColumn = row.line.width + (index > 0 ? line.indent(in: cells) : 0)
            row.line.add(part)
            row.ground = .untrusted
            row.groundColumn = start
            row.goesOn = index > 0
            row.fold = index == 0 ? line.fold : nil
            row.isAnchor = index == 0 && line.isAnchor
            row.textWidth = line.words.width
            return row
        }
    }
}

extension StyledLine {
    /// The whole as one line, for what does not mind the styles.
    var joined: SafeLine {
        guard parts.count != 1 else { return parts[0].line }
        var builder = LineBuilder()
        for part in parts { builder.append(part.line) }
        return builder.finish().lines[0]
    }

    /// The line in rows of at most so many cells, in order and complete, each word in its style.
    ///
    /// - Parameters:
    ///   - cells: The cells of a row, at least 1.
    ///   - indent: The spaces before all rows but the first; at most half of a row.
    ///   - blank: What those spaces look like.
    /// - Returns: At least one row.
    func wrapped(to cells: Int, indent: Int = 0, blank: Style = .untrusted) -> [StyledLine] {
        let cells = max(cells, 1)
        guard width > cells else { return [self] }
        let indent = ReadingLine(indent: indent).indent(in: cells)
        var rows = joined.wrapped(to: cells)
        if indent > 0, rows.count > 1 {
            let rest = SafeText(lines: Array(rows.dropFirst()))
            var builder = LineBuilder()
            for line in rest.lines { builder.append(line) }
            rows = [rows[0]] + builder.finish().lines[0].wrapped(to: cells - indent)
        }
        return styled(rows).enumerated().map { index, row in
            guard index > 0, indent > 0 else { return row }
            var indented = StyledLine()
            indented.gap(indent, blank)
            indented.add(row)
            return indented
        }
    }

    /// Gives rows of this line the styles that their words have in it.
    private func styled(_ rows: [SafeLine]) -> [StyledLine] {
        var rest = parts[...]
        var left = rest.first?.line.width ?? 0
        return rows.map { row in
            var cutter = LineCutter(row)
            var line = StyledLine()
            while cutter.column < row.width {
                while left <= 0, rest.count > 1 {
                    rest.removeFirst()
                    left = rest.first?.line.width ?? 0
                }
                let start = cutter.column
                let end = rest.count > 1 ? min(start + left, row.width) : row.width
                line.add(cutter.take(to: end), rest.first?.style ?? .untrusted)
                guard cutter.column > start else { return line }
                left -= cutter.column - start
            }
            return line
        }
    }

    /// The cells from a column on, with an ellipsis at each end where something is cut.
    func cut(to cells: Int, from column: Int, _ glyphs: GlyphSet) -> StyledLine {
        guard width > cells || column > 0 else { return self }
        let ellipsis = SafeLine.ellipsis(glyphs)
        let style = Style(.mark, on: .untrustedBackground, .bold)
        var line = StyledLine()
        if column > 0, width > 0 { line.add(ellipsis, style) }
        let rest = dropping(cells: column + line.width)
        guard line.width + rest.width > cells else {
            line.add(rest)
            return line
        }
        line.add(rest.prefix(cells: max(cells - line.width - 1, 0), ellipsis: .empty))
        line.pad(to: cells - 1, .untrusted)
        if line.width < cells { line.add(ellipsis, style) }
        return line
    }

    init(_ line: SafeLine, _ style: Style) {
        self.init()
        add(line, style)
    }

    /// The line with the same words, in the styles that a reader found for its columns.
    ///
    /// - Parameters:
    ///   - line: The words.
    ///   - plain: The style of what has no other.
    ///   - spans: What is not plain, from left to right.
    init(_ line: SafeLine, plain: Style, spans: [StyleSpan]) {
        self.init()
        var cutter = LineCutter(line)
        for span in spans where span.columns.upperBound > cutter.column {
            add(cutter.take(to: span.columns.lowerBound), plain)
            add(cutter.take(to: span.columns.upperBound), span.style)
        }
        add(cutter.take(to: line.width), plain)
    }
}

/// Columns of a line that look different.
struct StyleSpan: Hashable, Sendable {
    let columns: Range<Int>
    let style: Style

    init(_ columns: Range<Int>, _ style: Style) {
        self.columns = columns
        self.style = style
    }
}
