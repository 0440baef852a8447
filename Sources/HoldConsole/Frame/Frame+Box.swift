/// How the border of a box is drawn.
package enum Border: CaseIterable, Hashable, Sendable {
    case single
    /// The pane with the focus.
    case heavy
    /// A sheet above the panes.
    case double

    /// The scalars of a border in the order of ``Part``.
    fileprivate func scalars(in set: GlyphSet) -> Scalars {
        switch (set, self) {
        case (.unicode, .single): Scalars("─", "│", "┌", "┐", "└", "┘")
        case (.unicode, .heavy): Scalars("━", "┃", "┏", "┓", "┗", "┛")
        case (.unicode, .double): Scalars("═", "║", "╔", "╗", "╚", "╝")
        case (.ascii, .single): Scalars("-", "|", "+", "+", "+", "+")
        case (.ascii, .heavy), (.ascii, .double): Scalars("=", "|", "+", "+", "+", "+")
        }
    }

    fileprivate struct Scalars {
        let across: Unicode.Scalar
        let down: Unicode.Scalar
        let topLeft: Unicode.Scalar
        let topRight: Unicode.Scalar
        let bottomLeft: Unicode.Scalar
        let bottomRight: Unicode.Scalar

        init(
            _ across: Unicode.Scalar,
            _ down: Unicode.Scalar,
            _ topLeft: Unicode.Scalar,
            _ topRight: Unicode.Scalar,
            _ bottomLeft: Unicode.Scalar,
            _ bottomRight: Unicode.Scalar
        ) {
            self.across = across
            self.down = down
            self.topLeft = topLeft
            self.topRight = topRight
            self.bottomLeft = bottomLeft
            self.bottomRight = bottomRight
        }
    }
}

extension Frame {
    /// Draws the border of a rectangle and blanks what is inside.
    ///
    /// - Returns: The rectangle inside; empty when there is no room for one.
    @discardableResult
    package mutating func drawBox(
        _ rect: Rect,
        _ border: Border,
        style: Style,
        inside: Style
    ) -> Rect {
        guard !rect.isEmpty else { return rect }
        let scalars = border.scalars(in: glyphs)
        let (left, right) = (rect.column, rect.endColumn - 1)
        let (top, bottom) = (rect.row, rect.endRow - 1)
        fill(rect.inset(columns: 1, rows: 1), inside)
        for column in left...right {
            draw(scalars.across, column, bottom, rect, style)
            draw(scalars.across, column, top, rect, style)
        }
        for row in top...bottom {
            draw(scalars.down, left, row, rect, style)
            draw(scalars.down, right, row, rect, style)
        }
        // The top last: a box of one row is its title.
        draw(scalars.bottomLeft, left, bottom, rect, style)
        draw(scalars.bottomRight, right, bottom, rect, style)
        draw(scalars.topLeft, left, top, rect, style)
        draw(scalars.topRight, right, top, rect, style)
        return rect.inset(columns: 1, rows: 1)
    }

    /// Draws a sign of ours.
    ///
    /// - Returns: How many columns it took.
    @discardableResult
    package mutating func draw(
        _ glyph: Glyph,
        at position: Position,
        within rect: Rect,
        style: Style
    ) -> Int {
        var column = position.column
        for scalar in glyph.scalars(in: glyphs) {
            draw(scalar, column, position.row, rect, style)
            column += 1
        }
        return column - position.column
    }

    /// Draws a line across the first row of a rectangle.
    package mutating func drawRule(_ rect: Rect, style: Style) {
        let line = rect.line(0)
        guard !line.isEmpty, let scalar = Glyph.rule.scalars(in: glyphs).first else { return }
        for column in line.column..<line.endColumn {
            draw(scalar, column, line.row, line, style)
        }
    }

    /// Draws how much of something is used, as `[#####---]`, in the first row of a rectangle.
    ///
    /// A little is never drawn as nothing, and not quite all is never drawn as all.
    package mutating func drawMeter(
        _ rect: Rect,
        used: Int,
        of limit: Int,
        style: Style,
        track: Style
    ) {
        let line = rect.line(0)
        guard line.columns >= 3 else { return }
        let width = line.columns - 2
        let filled = Self.share(used, of: limit, width: width)
        draw("[", line.column, line.row, line, style)
        for step in 0..<width {
            let sign: Unicode.Scalar = step < filled ? "#" : "-"
            let style = step < filled ? style : track
            draw(sign, line.column + 1 + step, line.row, line, style)
        }
        draw("]", line.endColumn - 1, line.row, line, style)
    }

    /// How many of so many steps are filled.
    package static func share(_ used: Int, of limit: Int, width: Int) -> Int {
        guard used > 0, width > 0 else { return used >= limit ? max(width, 0) : 0 }
        guard used < limit else { return width }
        let exact = Double(used) / Double(limit) * Double(width)
        return min(max(Int(exact.rounded()), 1), max(width - 1, 1))
    }

    private mutating func draw(
        _ scalar: Unicode.Scalar,
        _ column: Int,
        _ row: Int,
        _ rect: Rect,
        _ style: Style
    ) {
        put(.of(scalar, style), at: Position(column: column, row: row), within: rect)
    }
}
