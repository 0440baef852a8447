/// Words in styles from left to right, not yet clipped to a place.
package struct StyledLine: Hashable, Sendable {
    package private(set) var parts: [StyledText] = []
    package private(set) var width = 0

    package init() {}

    package init(_ text: SafeText, _ style: Style) {
        add(text, style)
    }

    /// Adds words at the right end.
    package mutating func add(_ text: SafeText, _ style: Style) {
        add(text.line, style)
    }

    /// Adds a line at the right end.
    package mutating func add(_ line: SafeLine, _ style: Style) {
        guard line.width > 0 else { return }
        parts.append(StyledText(line, style))
        width += line.width
    }

    /// Adds a row at the right end.
    package mutating func add(_ row: StyledLine) {
        parts.append(contentsOf: row.parts)
        width += row.width
    }

    /// Adds spaces up to a column; nothing if it is reached.
    package mutating func pad(to column: Int, _ style: Style) {
        guard width < column else { return }
        add(SafeLine.empty.padded(to: column - width), style)
    }

    /// The row with so many more spaces before the next words.
    package mutating func gap(_ columns: Int, _ style: Style) {
        pad(to: width + columns, style)
    }

    /// The beginning, at most so many cells, with an ellipsis where it was cut.
    package func prefix(cells room: Int, ellipsis: SafeLine) -> StyledLine {
        guard width > room else { return self }
        var cut = StyledLine()
        let end = max(room - ellipsis.width, 0)
        for part in parts {
            if part.line.width <= end - cut.width {
                cut.add(part.line, part.style)
                continue
            }
            let beginning = part.line.prefix(cells: end - cut.width, ellipsis: .empty)
            cut.add(beginning, part.style)
            if room >= ellipsis.width { cut.add(ellipsis, part.style) }
            break
        }
        return cut
    }

    /// All parts in one style, for a row that is selected; marks keep theirs.
    package func styled(_ style: Style) -> StyledLine {
        var row = self
        row.parts = parts.map { StyledText($0.line, style) }
        return row
    }
}
