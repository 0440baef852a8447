/// Marks what a filter found.
extension Canvas {
    /// Draws every place where one of the texts stands in the match style.
    ///
    /// - Parameters:
    ///   - texts: What to look for, in lower case.
    ///   - place: The cells to look at; signs that stand for hidden characters keep their style.
    mutating func highlight(_ texts: [String], in place: Rect) {
        let place = place.intersection(frame.bounds)
        guard !texts.isEmpty, place.rows == 1, !place.isEmpty else { return }
        let cells = frame.row(place.row)
        let start = cells.startIndex
        // One letter a cell, with the cell that it stands in; right halves hold none.
        let shown: [(column: Int, letter: String)] =
            (place.column..<place.endColumn).compactMap { column in
                let cell = cells[start + column]
                return cell.width == 0 ? nil : (column, cell.cluster.lowercased())
            }
        for text in texts {
            let wanted = Self.letters(of: text)
            guard !wanted.isEmpty, wanted.count <= shown.count else { continue }
            for first in 0...(shown.count - wanted.count)
            where zip(shown[first...], wanted).allSatisfy({ $0.letter == $1 }) {
                for (column, _) in shown[first..<first + wanted.count] {
                    let cell = Rect(column: column, row: place.row, columns: 1, rows: 1)
                    frame.restyle(cell) { style in
                        if style != .neutralised { style = .match }
                    }
                }
            }
        }
    }

    private static func letters(of text: String) -> [String] {
        SafeText(untrusted: text, pane: .line).line.cells.map { $0.cluster.lowercased() }
    }
}
