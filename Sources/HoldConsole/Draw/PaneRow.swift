/// One row of a pane, wrapped already.
package struct PaneRow: Hashable, Sendable {
    package var line: StyledLine
    /// The ground of the row, from a column on: agents' rows have one of their own.
    package var ground: Style?
    package var groundColumn = 0
    /// Where what can be searched begins: behind the gutter.
    var textColumn = 0
    /// The cells of the whole line that this is a row of, before it was wrapped or cut.
    var textWidth = 0
    /// Whether the line of the row above goes on here.
    var goesOn = false
    /// Whether it begins something that a person jumps to.
    var isAnchor = false
    /// Whether something that is searched for is on it.
    var hasMatch = false
    var fold: Fold?

    package init(_ line: StyledLine = StyledLine()) {
        self.line = line
    }

    package init(_ text: SafeText, _ style: Style) {
        line = StyledLine(text, style)
    }
}

extension PaneRow {
    /// A fact: what it is about, and pieces of what there is to say, wrapped between the pieces
    /// and, where one is longer than a row, within it.
    ///
    /// - Parameters:
    ///   - label: What the fact is about, such as `UNDO`.
    ///   - pieces: Words in a style, three cells apart.
    ///   - width: The cells of a row.
    ///   - ink: The styles.
    /// - Returns: At least one row; none has more cells than there are.
    package static func fact(
        _ label: SafeText,
        _ pieces: [StyledLine],
        width: Int,
        ink: Ink = .panel
    ) -> [PaneRow] {
        var flow = Flow(width: width, indent: width < 48 ? 4 : labelWidth, ink: ink)
        flow.line.add(label, ink.label)
        flow.line.pad(to: min(labelWidth, max(width - 1, 0)), ink.text)
        for piece in pieces { flow.add(piece) }
        return flow.finish()
    }

    /// The cells that a label and the space behind it take.
    package static let labelWidth = 10

    /// Rows of words that follow each other like prose, without a label.
    package static func flow(_ pieces: [StyledLine], width: Int, ink: Ink = .panel) -> [PaneRow] {
        var flow = Flow(width: width, indent: 0, ink: ink)
        for piece in pieces { flow.add(piece) }
        return flow.finish()
    }

    /// A line of an agent behind the gutter, wrapped.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - head: What stands before the gutter of the first row: a number, a label, spaces.
    ///   - width: The cells of a row, head and gutter included.
    ///   - style: How its words look.
    ///   - glyphs: The glyphs in use.
    /// - Returns: At least one row.
    package static func agent(
        _ line: SafeLine,
        head: StyledLine,
        width: Int,
        style: Style = .untrusted,
        glyphs: GlyphSet
    ) -> [PaneRow] {
        rows(
            of: ReadingLine(line, style),
            head: head,
            in: ReadingRoom(width: width, glyphs: glyphs)
        )
    }
}

extension SafeLine {
    /// What a line ends with where the rest of it does not fit.
    package static func ellipsis(_ glyphs: GlyphSet) -> SafeLine {
        glyphs == .ascii ? .asciiEllipsis : .ellipsis
    }
}

extension SafeText {
    /// What stands before every line that an agent wrote.
    package static func gutter(_ glyphs: GlyphSet) -> SafeText {
        glyphs == .ascii ? asciiGutter : unicodeGutter
    }

    private static let asciiGutter: SafeText = "|"
    private static let unicodeGutter: SafeText = "┊"

    /// Three dots, behind words that open something.
    package static func dots(_ glyphs: GlyphSet) -> SafeText {
        glyphs == .ascii ? asciiDots : unicodeDots
    }

    private static let asciiDots: SafeText = "..."
    private static let unicodeDots: SafeText = "…"
}

/// Fills row after row with pieces that stay whole where they can.
private struct Flow {
    let width: Int
    let indent: Int
    let ink: Ink
    var line = StyledLine()
    private var rows: [PaneRow] = []
    private var isFresh = true

    init(width: Int, indent: Int, ink: Ink) {
        self.width = max(width, 1)
        self.indent = min(indent, max(width / 2, 0))
        self.ink = ink
    }

    mutating func add(_ piece: StyledLine) {
        guard piece.width > 0 else { return }
        let gap = isFresh ? 0 : 3
        if line.width + gap + piece.width <= width {
            line.gap(gap, ink.text)
            line.add(piece)
            isFresh = false
            return
        }
        if !isFresh { breakLine() }
        guard line.width + piece.width > width else {
            line.add(piece)
            isFresh = false
            return
        }
        for part in piece.parts { addWrapped(part) }
    }

    private mutating func addWrapped(_ part: StyledText) {
        if width - line.width < min(12, part.line.width, width / 2 + 1) { breakLine() }
        let rows = part.line.wrapped(to: max(width - line.width, 1))
        guard let first = rows.first else { return }
        put(first, part.style)
        guard rows.count > 1 else { return }
        // Further rows are as wide as each other but not as the first: wrapped anew, together.
        let rest = SafeText(lines: Array(rows.dropFirst())).joinedOnOneLine
        for row in rest.wrapped(to: max(width - indent, 1)) {
            breakLine()
            put(row, part.style)
        }
    }

    private mutating func put(_ words: SafeLine, _ style: Style) {
        line.add(words, style)
        isFresh = false
    }

    private mutating func breakLine() {
        rows.append(PaneRow(line))
        line = StyledLine()
        line.pad(to: indent, ink.text)
        isFresh = true
    }

    mutating func finish() -> [PaneRow] {
        if !isFresh || rows.isEmpty { rows.append(PaneRow(line)) }
        return rows
    }
}

extension SafeText {
    /// The lines one behind the other, without a mark between: for rows of one wrapped line.
    fileprivate var joinedOnOneLine: SafeLine {
        lines.map { SafeText(lines: [$0]) }.joined().line
    }
}
