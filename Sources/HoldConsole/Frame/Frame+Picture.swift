extension Frame {
    /// The text of the grid, rows joined by line ends; what tests compare and people can read.
    package var picture: String {
        (0..<size.rows).map { row in
            self.row(row).reduce(into: "") { $0 += $1.cluster }
        }.joined(separator: "\n")
    }

    /// The styles of the grid: one letter a cell, then what each letter stands for.
    package var styleMap: String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        var legend: [Style] = []
        var rows: [String] = []
        for row in 0..<size.rows {
            var line = ""
            for cell in self.row(row) {
                if !legend.contains(cell.style) { legend.append(cell.style) }
                let index = legend.firstIndex(of: cell.style) ?? letters.count
                line.append(index < letters.count ? letters[index] : "?")
            }
            rows.append(line)
        }
        rows += zip(letters, legend).map { "\($0) \($1.description)" }
        return rows.joined(separator: "\n")
    }
}

extension Style: CustomStringConvertible {
    /// The style in the words of a theme file.
    package var description: String {
        (["\(foreground.rawValue) on \(background.rawValue)"] + attributes.names)
            .joined(separator: " ")
    }
}
