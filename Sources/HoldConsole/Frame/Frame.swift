/// One picture of the screen: a grid of cells, and what goes with it.
///
/// Only text that went through the display filter gets in: what draws words takes ``SafeText`` or
/// ``SafeLine``, what draws signs takes ``Glyph``, and nothing takes a string.
package struct Frame: Hashable, Sendable {
    /// No side of a grid is longer, whatever the terminal says.
    package static let longestSide = 1_000

    package let size: Size
    package let glyphs: GlyphSet
    /// The cells row by row.
    package private(set) var cells: [Cell]
    /// Where the terminal's cursor stands; nil hides it.
    package var cursor: Position?
    /// What the terminal's window is called; nil leaves it as it is.
    package var title: Title?
    /// Whether the terminal rings when the frame is painted.
    package var bell = false

    /// Makes an empty frame.
    package init(size: Size, glyphs: GlyphSet, style: Style = .plain) {
        self.size = size
        self.glyphs = glyphs
        cells = Array(repeating: .blank(style), count: size.columns * size.rows)
    }

    /// The whole grid.
    package var bounds: Rect { Rect(size) }

    /// The cells of one row; empty where there is none.
    package func row(_ row: Int) -> ArraySlice<Cell> {
        guard (0..<size.rows).contains(row) else { return [] }
        return cells[row * size.columns..<(row + 1) * size.columns]
    }

    /// Where a row looks otherwise than in an earlier frame; nil where it looks the same.
    ///
    /// A wide character is told as a whole, also where only its right half is another.
    package func columns(ofRow row: Int, unlike earlier: Frame?) -> Range<Int>? {
        guard (0..<size.rows).contains(row), size.columns > 0 else { return nil }
        guard let earlier, earlier.size == size else { return 0..<size.columns }
        let start = row * size.columns
        let (now, before) = (cells.span, earlier.cells.span)
        var (first, end) = (start, start + size.columns)
        while first < end, now[first] == before[first] { first += 1 }
        guard first < end else { return nil }
        while now[end - 1] == before[end - 1] { end -= 1 }
        if now[first].width == 0, first > start { first -= 1 }
        return first - start..<end - start
    }

    /// The cell at a place, nil outside of the grid.
    package subscript(position: Position) -> Cell? {
        bounds.contains(position) ? cells[position.row * size.columns + position.column] : nil
    }

    /// The cells of a rectangle row by row, as far as it lies in the grid.
    func cells(in rect: Rect) -> [Cell] {
        let clip = rect.intersection(bounds)
        guard !clip.isEmpty else { return [] }
        var part: [Cell] = []
        part.reserveCapacity(clip.rows * clip.columns)
        for row in clip.row..<clip.endRow {
            part += self.row(row)[(row * size.columns + clip.column)...].prefix(clip.columns)
        }
        return part
    }

    /// Puts back what ``cells(in:)`` gave for the same rectangle.
    mutating func put(_ part: [Cell], in rect: Rect) {
        let columns = rect.intersection(bounds).columns
        guard columns > 0, part.count == columns * rect.intersection(bounds).rows else { return }
        forEachRow(of: rect) { frame, row, range in
            frame.mend(row: row, columns: range)
            let first = (row / frame.size.columns - max(rect.row, 0)) * columns
            frame.cells.replaceSubrange(
                row + range.lowerBound..<row + range.upperBound,
                with: part[first..<first + columns]
            )
        }
    }

    /// Blanks a rectangle.
    package mutating func fill(_ rect: Rect, _ style: Style) {
        forEachRow(of: rect) { frame, row, columns in
            frame.mend(row: row, columns: columns)
            for column in columns { frame.cells[row + column] = .blank(style) }
        }
    }

    /// Changes how what stands in a rectangle looks, and leaves the text.
    package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        forEachRow(of: rect) { frame, row, columns in
            for column in columns { change(&frame.cells[row + column].style) }
        }
    }

    /// Puts one cell, and the right half behind a wide one, if all of it lies in the rectangle.
    ///
    /// - Returns: Whether it did.
    @discardableResult
    mutating func put(_ cell: Cell, at position: Position, within rect: Rect) -> Bool {
        let clip = rect.intersection(bounds)
        let width = Int(cell.width)
        guard width > 0, clip.contains(position), position.column + width <= clip.endColumn else {
            return false
        }
        let start = position.row * size.columns
        mend(row: start, columns: position.column..<position.column + width)
        cells[start + position.column] = cell
        if width == 2 { cells[start + position.column + 1] = .rightHalf(cell.style) }
        return true
    }

    /// Puts printable ASCII, one cell a byte; what does not lie in the rectangle is left out.
    mutating func put(ascii text: String, _ style: Style, at position: Position, within rect: Rect)
    {
        let clip = rect.intersection(bounds)
        guard (clip.row..<clip.endRow).contains(position.row) else { return }
        let columns = max(position.column, clip.column)..<clip.endColumn
        let end = min(position.column + text.utf8.count, clip.endColumn)
        guard columns.lowerBound < end else { return }
        let start = position.row * size.columns
        mend(row: start, columns: columns.lowerBound..<end)
        var column = position.column
        for byte in text.utf8 {
            guard column < end else { return }
            if column >= clip.column {
                cells[start + column] = .of(Unicode.Scalar(byte), style)
            }
            column += 1
        }
    }

    /// Visits the part of each row that lies in a rectangle.
    private mutating func forEachRow(
        of rect: Rect,
        _ body: (inout Frame, _ start: Int, _ columns: Range<Int>) -> Void
    ) {
        let clip = rect.intersection(bounds)
        guard !clip.isEmpty else { return }
        for row in clip.row..<clip.endRow {
            body(&self, row * size.columns, clip.column..<clip.endColumn)
        }
    }

    /// Blanks what would be left of wide characters that reach over the ends of a range.
    private mutating func mend(row: Int, columns: Range<Int>) {
        guard let first = columns.first else { return }
        if first > 0, cells[row + first].width == 0 {
            cells[row + first - 1] = .blank(cells[row + first - 1].style)
        }
        if columns.upperBound < size.columns, cells[row + columns.upperBound].width == 0 {
            cells[row + columns.upperBound] = .blank(cells[row + columns.upperBound].style)
        }
    }
}
