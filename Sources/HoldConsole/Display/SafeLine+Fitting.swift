extension SafeLine {
    /// What a line ends with where the rest of it does not fit.
    package static let ellipsis = SafeText(ours: "…").lines[0]
    /// The same for terminals without the glyph.
    package static let asciiEllipsis = SafeText(ours: "~").lines[0]

    /// The beginning of the line, at most so many cells wide.
    ///
    /// A mark or a character is there as a whole or not at all.
    ///
    /// - Parameters:
    ///   - room: The cells there are; less than nothing counts as nothing.
    ///   - ellipsis: The last thing of a line that was cut, if there is room for it.
    /// - Returns: The line itself if it fits, else its beginning and the ellipsis.
    package func prefix(cells room: Int, ellipsis: SafeLine = .ellipsis) -> SafeLine {
        guard width > room else { return self }
        guard room > 0 else { return .empty }
        let tail = ellipsis.width <= room ? ellipsis : .empty
        if tail.width == 0, let beginning = asciiPrefix(room) { return beginning }
        var builder = LineBuilder()
        fill(&builder, upTo: room - tail.width)
        builder.append(tail)
        return builder.finish().lines[0]
    }

    /// The line with spaces at its end, so that it fills at least so many cells.
    package func padded(to cells: Int) -> SafeLine {
        guard width < cells else { return self }
        if let padded = addingBlanks(cells - width) { return padded }
        var builder = LineBuilder()
        builder.append(self)
        builder.drawSpaces(cells - width)
        return builder.finish().lines[0]
    }

    /// The line with spaces before it, so that its end stands at least at that cell.
    package func rightAligned(to cells: Int) -> SafeLine {
        guard width < cells else { return self }
        var builder = LineBuilder()
        builder.drawSpaces(cells - width)
        builder.append(self)
        return builder.finish().lines[0]
    }

    private func fill(_ builder: inout LineBuilder, upTo room: Int) {
        for run in runs {
            if builder.width + run.width <= room {
                builder.append(run)
                continue
            }
            guard !run.isMark else { return }
            if let first = run.slice(0..<(room - builder.width)) {
                builder.append(first)
                return
            }
            for cluster in run.clusters {
                guard builder.width + cluster.width <= room else { return }
                builder.append(cluster)
            }
            return
        }
    }

    /// The line in rows of at most so many cells, in order and complete.
    ///
    /// A row ends after its last space, if there is one in its second half. A mark is split only if
    /// it is wider than a whole row; a wide character in rows of one cell is shown as its mark.
    package func wrapped(to width: Int) -> [SafeLine] {
        guard width > 0 else { return [] }
        guard self.width > width else { return [self] }
        var wrap = LineWrap(width: width)
        for run in runs { wrap.add(run) }
        return wrap.finish()
    }
}

extension SafeText {
    /// The text in rows of at most so many cells; no rows if there is no room.
    package func wrapped(to width: Int) -> [SafeLine] {
        lines.flatMap { $0.wrapped(to: width) }
    }
}

/// Fills one row after the other.
private struct LineWrap {
    let width: Int
    private var rows: [SafeLine] = []
    /// What stands in the row so far, and what of it stands before the last space.
    private var row: [SafeLine.Run] = []
    private var rowWidth = 0
    private var breakCount = 0
    private var breakWidth = 0

    init(width: Int) { self.width = width }

    mutating func add(_ run: SafeLine.Run) {
        if run.isMark, run.width <= width {
            place(run)
            return
        }
        if run.isASCII, !run.isMark {
            addWords(of: run)
            return
        }
        for cluster in run.clusters { place(cluster) }
    }

    /// Adds ASCII text word by word, each with one space behind it.
    private mutating func addWords(of run: SafeLine.Run) {
        let bytes = run.text.utf8
        var start = bytes.startIndex
        var place = 0
        while place < run.width {
            let letters = bytes[start...].prefix(width).prefix { $0 != 0x20 }.count
            let length = min(letters + 1, width, run.width - place)
            guard let word = run.slice(place..<(place + length)) else { return }
            placeWord(word)
            place += length
            start = bytes.index(start, offsetBy: length)
        }
    }

    /// Places a piece of ASCII that is no wider than a row and may be cut anywhere.
    private mutating func placeWord(_ word: SafeLine.Run) {
        let room = width - rowWidth
        let fits = word.width <= room
        let mayMove = breakWidth == rowWidth && rowWidth * 2 >= width
        guard !fits, !mayMove, let first = word.slice(0..<room),
            let rest = word.slice(room..<word.width)
        else {
            place(word)
            return
        }
        if first.width > 0 { put(first) }
        breakRow()
        place(rest)
    }

    /// Places what is not to be cut.
    private mutating func place(_ piece: SafeLine.Run) {
        if piece.width > width {
            for scalar in piece.text.unicodeScalars {
                var builder = LineBuilder()
                builder.note(.scalar(scalar), nil)
                for run in builder.finish().lines[0].runs { add(run) }
            }
            return
        }
        if rowWidth + piece.width > width { breakRow() }
        if rowWidth + piece.width > width { breakRow() }
        put(piece)
    }

    private mutating func put(_ piece: SafeLine.Run) {
        row.append(piece)
        rowWidth += piece.width
        if !piece.isMark, piece.text.utf8.last == 0x20 {
            breakCount = row.count
            breakWidth = rowWidth
        }
    }

    /// Ends the row after its last space, or where it is if that is too far back.
    private mutating func breakRow() {
        let atSpace = breakWidth * 2 >= width && breakWidth < rowWidth
        let count = atSpace ? breakCount : row.count
        guard count > 0 else { return }
        emit(row[..<count])
        row.removeFirst(count)
        rowWidth = row.reduce(0) { $0 + $1.width }
        breakCount = 0
        breakWidth = 0
    }

    private mutating func emit(_ runs: ArraySlice<SafeLine.Run>) {
        var builder = LineBuilder()
        for run in runs { builder.append(run) }
        rows.append(contentsOf: builder.finish().lines)
    }

    mutating func finish() -> [SafeLine] {
        if !row.isEmpty { emit(row[...]) }
        return rows
    }
}
