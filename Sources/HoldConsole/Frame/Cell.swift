/// One place of the grid: what stands there and how it looks.
///
/// Small on purpose and without any reference: a screen has thousands, all made anew each frame.
package struct Cell: Hashable, Sendable {
    private var base: UInt32
    /// A combining mark, 0 for none; the display rule allows two on a base.
    private var firstMark: UInt32
    private var secondMark: UInt32
    /// How many cells the text takes: 1 or 2, and 0 for the right half of a wide one.
    package private(set) var width: UInt8
    package var style: Style

    /// A cell with nothing in it.
    package static func blank(_ style: Style) -> Cell {
        Cell(base: 0x20, firstMark: 0, secondMark: 0, width: 1, style: style)
    }

    /// The right half of a wide character.
    static func rightHalf(_ style: Style) -> Cell {
        Cell(base: 0, firstMark: 0, secondMark: 0, width: 0, style: style)
    }

    /// A cell with one scalar of ours, one cell wide.
    static func of(_ scalar: Unicode.Scalar, _ style: Style) -> Cell {
        Cell(base: scalar.value, firstMark: 0, secondMark: 0, width: 1, style: style)
    }

    /// A cell with a cluster; nil when it is empty, too long for a cell, or of an odd width.
    static func of(cluster: some Sequence<Unicode.Scalar>, width: Int, _ style: Style) -> Cell? {
        var scalars = cluster.makeIterator()
        guard (1...2).contains(width), let base = scalars.next() else { return nil }
        let (first, second) = (scalars.next(), scalars.next())
        guard scalars.next() == nil else { return nil }
        return Cell(
            base: base.value,
            firstMark: first?.value ?? 0,
            secondMark: second?.value ?? 0,
            width: UInt8(width),
            style: style
        )
    }

    /// The scalars to draw, base first; empty for the right half of a wide character.
    package var scalars: [UInt32] {
        [base, firstMark, secondMark].filter { $0 != 0 }
    }

    /// The base scalar, 0 for the right half of a wide character.
    package var baseValue: UInt32 { base }

    /// The combining marks, 0 where there is none.
    package var markValues: (UInt32, UInt32) { (firstMark, secondMark) }

    /// The text of the cell.
    package var cluster: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars.compactMap { Unicode.Scalar($0) })
        return String(text)
    }
}
