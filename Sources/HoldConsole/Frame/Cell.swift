/// One place of the grid: what stands there and how it looks.
///
/// Small on purpose and without any reference: a screen has thousands, all made anew each frame.
package struct Cell: Hashable, Sendable {
    /// The base, in the lowest 21 bits, and two combining marks above it, 0 where there is none: the
    /// display rule allows two, and one word is compared faster than three.
    private var text: UInt64
    /// How many cells the text takes: 1 or 2, and 0 for the right half of a wide one.
    package private(set) var width: UInt8
    package var style: Style

    /// A cell with nothing in it.
    package static func blank(_ style: Style) -> Cell {
        Cell(text: 0x20, width: 1, style: style)
    }

    /// The right half of a wide character.
    static func rightHalf(_ style: Style) -> Cell {
        Cell(text: 0, width: 0, style: style)
    }

    /// A cell with one scalar of ours, one cell wide.
    static func of(_ scalar: Unicode.Scalar, _ style: Style) -> Cell {
        Cell(text: UInt64(scalar.value), width: 1, style: style)
    }

    /// A cell with a cluster; nil when it is empty, too long for a cell, or of an odd width.
    static func of(cluster: some Sequence<Unicode.Scalar>, width: Int, _ style: Style) -> Cell? {
        var scalars = cluster.makeIterator()
        guard (1...2).contains(width), let base = scalars.next() else { return nil }
        let (first, second) = (scalars.next(), scalars.next())
        guard scalars.next() == nil else { return nil }
        return Cell(
            text: UInt64(base.value) | UInt64(first?.value ?? 0) << 21
                | UInt64(second?.value ?? 0) << 42,
            width: UInt8(width),
            style: style
        )
    }

    /// The scalars to draw, base first; empty for the right half of a wide character.
    package var scalars: [UInt32] {
        [baseValue, markValues.0, markValues.1].filter { $0 != 0 }
    }

    /// The base scalar, 0 for the right half of a wide character.
    package var baseValue: UInt32 { part(0) }

    /// The combining marks, 0 where there is none.
    package var markValues: (UInt32, UInt32) { (part(1), part(2)) }

    private func part(_ index: UInt64) -> UInt32 { UInt32(text >> (21 * index) & 0x1F_FFFF) }

    /// The text of the cell.
    package var cluster: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars.compactMap { Unicode.Scalar($0) })
        return String(text)
    }
}
