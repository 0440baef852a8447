/// Takes a safe line apart from left to right, in one pass over it.
struct LineCutter {
    private let runs: [SafeLine.Run]
    private var index = 0
    /// What is left of the run at hand, if it is not one byte a cell.
    private var clusters: ArraySlice<SafeLine.Run> = []
    /// How much of the run at hand is taken, if it is one byte a cell.
    private var taken = 0
    /// The cells that were taken so far.
    private(set) var column = 0

    init(_ line: SafeLine) { runs = line.runs }

    /// What stands from here up to a column; one cell more where a wide character begins before it.
    mutating func take(to end: Int) -> SafeLine {
        var builder = LineBuilder()
        while column < end, index < runs.count {
            let run = runs[index]
            if run.isASCII {
                let count = min(run.width - taken, end - column)
                if let part = count == run.width ? run : run.slice(taken..<(taken + count)) {
                    builder.append(part)
                }
                column += count
                taken += count
                guard taken >= run.width else { continue }
            } else {
                if clusters.isEmpty { clusters = run.clusters[...] }
                if let next = clusters.popFirst() {
                    builder.append(next)
                    column += next.width
                }
                guard clusters.isEmpty else { continue }
            }
            index += 1
            taken = 0
        }
        return builder.finish().lines[0]
    }
}

/// What stands in a cell, for whoever reads text to colour it.
enum Column {
    /// A cell of a character beyond ASCII.
    static let letter: UInt8 = 0x80
    /// A cell of a mark: never part of a word, a quote or a sign.
    static let mark: UInt8 = 0xFF
}

extension SafeLine {
    /// One byte a cell: printable ASCII as it is, else ``Column/letter`` or ``Column/mark``.
    ///
    /// Whoever colours text reads this and answers with columns, so that it cannot change the text.
    var columns: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width)
        for run in runs {
            if run.isMark {
                bytes.append(contentsOf: repeatElement(Column.mark, count: run.width))
            } else if run.isASCII {
                bytes.append(contentsOf: run.text.utf8)
            } else {
                for cluster in run.clusters { bytes.append(contentsOf: cluster.columnBytes) }
            }
        }
        return bytes
    }
}

extension SafeLine.Run {
    fileprivate var columnBytes: [UInt8] {
        if isASCII { return Array(text.utf8) }
        return Array(repeating: Column.letter, count: width)
    }
}
