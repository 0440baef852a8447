/// Where a line stands in its rectangle.
package enum Alignment: Hashable, Sendable {
    case left, right
}

extension Frame {
    /// Draws a line in the first row of a rectangle, cut with an ellipsis where it does not fit.
    ///
    /// Marks take the role of marks, whatever the style.
    ///
    /// - Returns: How many columns it took.
    @discardableResult
    package mutating func draw(
        _ parts: [StyledText],
        in rect: Rect,
        alignment: Alignment = .left
    ) -> Int {
        let room = rect.line(0)
        guard !room.isEmpty else { return 0 }
        var rest = parts.width
        let free = max(room.columns - rest, 0)
        let start = alignment == .left ? room.column : room.column + free
        var column = start
        for part in parts {
            let left = room.endColumn - column
            if rest <= left || part.line.width < left {
                column += put(part.line, part.style, column, room)
                rest -= part.line.width
                continue
            }
            let beginning = part.line.prefix(cells: left - 1, ellipsis: .empty)
            column += put(beginning, part.style, column, room)
            let place = Position(column: column, row: room.row)
            return column - start + draw(.ellipsis, at: place, within: room, style: part.style)
        }
        return column - start
    }

    /// Draws a line in the first row of a rectangle, cut with an ellipsis where it does not fit.
    ///
    /// - Returns: How many columns it took.
    @discardableResult
    package mutating func draw(
        _ line: SafeLine,
        in rect: Rect,
        style: Style,
        alignment: Alignment = .left
    ) -> Int {
        draw([StyledText(line, style)], in: rect, alignment: alignment)
    }

    /// Draws a text in a rectangle, one line a row; what does not fit below is not drawn.
    ///
    /// Lines are cut and not wrapped: ``SafeText/wrapped(to:)`` wraps.
    ///
    /// - Returns: How many rows it took.
    @discardableResult
    package mutating func draw(_ text: SafeText, in rect: Rect, style: Style) -> Int {
        draw(text.lines[...], in: rect, style: style)
    }

    /// Draws lines in a rectangle, one a row; what does not fit below is not drawn.
    ///
    /// - Returns: How many rows it took.
    @discardableResult
    package mutating func draw(_ lines: ArraySlice<SafeLine>, in rect: Rect, style: Style) -> Int {
        for (row, line) in lines.prefix(rect.rows).enumerated() {
            draw(line, in: rect.line(row), style: style)
        }
        return min(lines.count, rect.rows)
    }

    /// Draws a box with words on its edges, and blanks what is inside.
    ///
    /// What does not fit is cut; the words at the right go first, before the title loses its
    /// beginning.
    ///
    /// - Parameters:
    ///   - rect: The whole box.
    ///   - border: How the lines are drawn.
    ///   - style: The style of the lines.
    ///   - inside: The style of the blanks.
    ///   - title: Words at the left of the top edge.
    ///   - right: Words at the right of the top edge.
    ///   - note: Words at the right of the bottom edge.
    /// - Returns: The rectangle inside; empty when there is no room for one.
    @discardableResult
    package mutating func drawBox(
        _ rect: Rect,
        _ border: Border,
        style: Style,
        inside: Style,
        title: [StyledText],
        right: [StyledText] = [],
        note: [StyledText] = []
    ) -> Rect {
        let inner = drawBox(rect, border, style: style, inside: inside)
        guard rect.rows > 0 else { return inner }
        // A corner, a line and a blank stand before words; a blank, a line and a corner behind.
        let top = rect.line(0).inset(columns: 2)
        let least = min(title.width + 2, Self.titleColumns)
        let fits = !right.isEmpty && right.width + 3 + least <= top.columns
        let tail = fits ? right.width + 2 : 0
        if fits { drawOnEdge(right, in: top, alignment: .right, blank: style) }
        let (head, _) = top.split(columns: top.columns - (tail > 0 ? tail + 1 : 0))
        drawOnEdge(title, in: head, alignment: .left, blank: style)
        if rect.rows > 1 {
            let bottom = rect.line(rect.rows - 1).inset(columns: 2)
            drawOnEdge(note, in: bottom, alignment: .right, blank: style)
        }
        return inner
    }

    /// As much of a title as must fit before words at the right may stand beside it.
    private static let titleColumns = 10

    /// Draws words with a blank on either side.
    private mutating func drawOnEdge(
        _ words: [StyledText],
        in edge: Rect,
        alignment: Alignment,
        blank: Style
    ) {
        guard words.width > 0, edge.columns > 2 else { return }
        let columns = min(words.width + 2, edge.columns)
        let start = alignment == .left ? 0 : edge.columns - columns
        let place = edge.dropping(columns: start).split(columns: columns).left
        fill(place, blank)
        draw(words, in: place.inset(columns: 1))
    }

    /// Puts a line that fits; tells how many columns it took.
    private mutating func put(
        _ line: SafeLine,
        _ style: Style,
        _ column: Int,
        _ room: Rect
    ) -> Int {
        var column = column
        line.forEachRun { run in
            let style = run.isMark ? Style.neutralised : style
            if run.isASCII {
                let place = Position(column: column, row: room.row)
                put(ascii: run.text, style, at: place, within: room)
                column += run.width
                return
            }
            if run.isEven {
                for scalar in run.text.unicodeScalars {
                    put(.of(scalar, style), column, room)
                    column += 1
                }
                return
            }
            for cluster in run.clusters {
                put(cluster, style, column, room)
                column += cluster.width
            }
        }
        return line.width
    }

    private mutating func put(
        _ cluster: SafeLine.Run,
        _ style: Style,
        _ column: Int,
        _ room: Rect
    ) {
        let scalars = cluster.text.unicodeScalars
        if let cell = Cell.of(cluster: scalars, width: cluster.width, style) {
            put(cell, column, room)
            return
        }
        // The sanitiser makes nothing that does not fit into a cell; if it ever did, it must show.
        for step in 0..<max(cluster.width, 0) {
            put(.of("?", .neutralised), column + step, room)
        }
    }

    private mutating func put(_ cell: Cell, _ column: Int, _ room: Rect) {
        put(cell, at: Position(column: column, row: room.row), within: room)
    }
}
