/// Finds words in the rows of a pane and shows where they are.
///
/// Words that go on in the next row are found too. Small letters stand for both sizes; a capital
/// stands for itself. One pass over the text, whatever it is.
struct PaneSearch {
    private let needle: [UInt32]
    /// For each place in the needle: how much of it still fits after the next letter does not.
    private let fallback: [Int]
    private let ignoresCase: Bool

    /// Nil when there is nothing to look for.
    init?(_ words: String) {
        let scalars = words.unicodeScalars.map(\.value)
        guard !scalars.isEmpty else { return nil }
        let small = scalars.map(Self.small)
        ignoresCase = small == scalars
        needle = scalars
        var fallback = [0]
        var length = 0
        for scalar in needle.dropFirst() {
            while length > 0, needle[length] != scalar { length = fallback[length - 1] }
            if needle[length] == scalar { length += 1 }
            fallback.append(length)
        }
        self.fallback = fallback
    }

    private static func small(_ value: UInt32) -> UInt32 {
        if value < 0x80 { return (0x41...0x5A).contains(value) ? value + 0x20 : value }
        guard let scalar = Unicode.Scalar(value) else { return value }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower.first?.value ?? value : value
    }

    /// A place in the text: which row, which of its cells.
    private struct Place {
        let row: Int
        let column: Int
        let width: Int
    }

    /// The rows, with what was found in the role of matches.
    func marking(_ rows: [PaneRow]) -> [PaneRow] {
        var rows = rows
        var start = 0
        while start < rows.count {
            var end = start + 1
            while end < rows.count, rows[end].goesOn { end += 1 }
            mark(&rows, start..<end)
            start = end
        }
        return rows
    }

    private func mark(_ rows: inout [PaneRow], _ range: Range<Int>) {
        var places: [Place] = []
        var found: [Int: [Range<Int>]] = [:]
        var length = 0
        for row in range {
            for (value, column, width) in rows[row].scalars {
                places.append(Place(row: row, column: column, width: width))
                let next = ignoresCase ? Self.small(value) : value
                while length > 0, needle[length] != next { length = fallback[length - 1] }
                if needle[length] == next { length += 1 }
                guard length == needle.count else { continue }
                // Matches do not overlap: the next one begins behind this one.
                length = 0
                for place in places.suffix(needle.count) {
                    Self.add(place, to: &found[place.row, default: []])
                }
            }
        }
        for (row, columns) in found { rows[row].mark(columns) }
    }

    private static func add(_ place: Place, to columns: inout [Range<Int>]) {
        let end = place.column + max(place.width, 1)
        if let last = columns.last, last.upperBound >= place.column {
            columns[columns.count - 1] = last.lowerBound..<max(last.upperBound, end)
        } else {
            columns.append(place.column..<end)
        }
    }
}

extension PaneRow {
    /// The characters behind the gutter, each with its column and cells.
    fileprivate var scalars: [(value: UInt32, column: Int, width: Int)] {
        var scalars: [(value: UInt32, column: Int, width: Int)] = []
        var column = 0
        for part in line.parts {
            for run in part.line.runs {
                if run.isASCII {
                    for byte in run.text.utf8 {
                        if column >= textColumn { scalars.append((UInt32(byte), column, 1)) }
                        column += 1
                    }
                    continue
                }
                for cluster in run.clusters {
                    if column >= textColumn {
                        for scalar in cluster.text.unicodeScalars {
                            scalars.append((scalar.value, column, cluster.width))
                        }
                    }
                    column += cluster.width
                }
            }
        }
        return scalars
    }

    /// Draws columns in the role of matches.
    fileprivate mutating func mark(_ columns: [Range<Int>]) {
        var marked = StyledLine()
        var rest = columns[...]
        for part in line.parts {
            var cutter = LineCutter(part.line)
            let start = marked.width
            let end = start + part.line.width
            while let next = rest.first, next.lowerBound < end {
                marked.add(cutter.take(to: max(next.lowerBound - start, 0)), part.style)
                marked.add(cutter.take(to: next.upperBound - start), .match)
                guard next.upperBound <= end else { break }
                rest.removeFirst()
            }
            marked.add(cutter.take(to: part.line.width), part.style)
        }
        line = marked
        hasMatch = true
    }
}
