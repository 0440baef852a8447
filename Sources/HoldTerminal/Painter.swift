import CNcurses
import HoldConsole

/// Turns frames into what ncurses shows, and remembers the last one, so that only what has changed
/// in a row, from its first cell to its last, is handed over; ncurses finds the rest.
struct Painter {
    /// Colours and attributes of a style as ncurses takes them.
    private struct Look {
        var pair: Int32
        var attributes: UInt8
    }

    /// A pair of colours; -1 is the terminal's own.
    private struct Colors: Hashable {
        var foreground: Int32
        var background: Int32
    }

    private let pairsMax: Int
    private var frame: Frame?
    private var theme: Theme?
    private var level: ColorLevel?
    private var looks: [Style: Look] = [:]
    private var pairs: [Colors: Int32] = [:]

    init(pairsMax: Int) {
        self.pairsMax = pairsMax
    }

    /// Forgets what is on the screen, because somebody else has drawn there or its size changed.
    mutating func forget() {
        frame = nil
    }

    /// Paints what differs from the last frame; tells whether anything does.
    mutating func paint(_ next: Frame, theme: Theme, level: ColorLevel) -> Bool {
        if theme != self.theme || level != self.level {
            self.theme = theme
            self.level = level
            looks = [:]
            pairs = [:]
            frame = nil
        }
        let before = frame.flatMap { $0.size == next.size ? $0 : nil }
        if before == nil { hs_clear() }
        var changed = before == nil || before?.cursor != next.cursor
        for row in 0..<next.size.rows {
            guard let columns = next.columns(ofRow: row, unlike: before) else { continue }
            let cells = next.row(row).dropFirst(columns.lowerBound).prefix(columns.count)
            paint(cells, row: row, column: columns.lowerBound, theme: theme, level: level)
            changed = true
        }
        frame = next
        return changed
    }

    private mutating func paint(
        _ cells: ArraySlice<Cell>,
        row: Int,
        column: Int,
        theme: Theme,
        level: ColorLevel
    ) {
        var style: Style?
        var look = Look(pair: 0, attributes: 0)
        var line: [hs_cell] = []
        line.reserveCapacity(cells.count)
        for cell in cells {
            if style != cell.style {
                style = cell.style
                look = self.look(of: cell.style, theme: theme, level: level)
            }
            let (first, second) = cell.markValues
            line.append(
                hs_cell(
                    text: (cell.baseValue, first, second),
                    pair: look.pair,
                    attributes: look.attributes,
                    width: cell.width
                )
            )
        }
        hs_put_cells(Int32(row), Int32(column), line, Int32(line.count))
    }

    private mutating func look(of style: Style, theme: Theme, level: ColorLevel) -> Look {
        if let known = looks[style] { return known }
        let appearance = theme.appearance(of: style, at: level)
        let colors = Colors(
            foreground: Self.number(of: appearance.foreground),
            background: Self.number(of: appearance.background)
        )
        var attributes = Self.bits(of: appearance.attributes)
        let pair = pair(for: colors)
        if pair == nil, colors.background >= 0 {
            // No pair is left: what has a ground of its own must still stand out.
            attributes |= UInt8(HS_REVERSE)
        }
        let look = Look(pair: pair ?? 0, attributes: attributes)
        looks[style] = look
        return look
    }

    /// The number of a pair; nil when the terminal has no more.
    private mutating func pair(for colors: Colors) -> Int32? {
        if colors == Colors(foreground: -1, background: -1) { return 0 }
        if let known = pairs[colors] { return known }
        // Pair 0 is the terminal's own and cannot be changed.
        let next = pairs.count + 1
        guard next < pairsMax,
            hs_define_pair(Int32(next), colors.foreground, colors.background) == 0
        else { return nil }
        pairs[colors] = Int32(next)
        return Int32(next)
    }

    private static func number(of paint: Appearance.Paint) -> Int32 {
        switch paint {
        case .standard: -1
        case .index(let index): Int32(index)
        // Terminals with direct colours take the lowest eight numbers for the named colours.
        case .rgb(let color): Int32(max(color.value, 8))
        }
    }

    private static func bits(of attributes: Attributes) -> UInt8 {
        var bits = 0
        if attributes.contains(.bold) { bits |= Int(HS_BOLD) }
        if attributes.contains(.dim) { bits |= Int(HS_DIM) }
        if attributes.contains(.underline) { bits |= Int(HS_UNDERLINE) }
        if attributes.contains(.reverse) { bits |= Int(HS_REVERSE) }
        return UInt8(bits)
    }
}
