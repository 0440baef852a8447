/// How much of one field is shown; the rest is counted and said to be missing.
package struct DisplayLimits: Sendable, Hashable {
    /// The bytes of the whole field.
    package var bytesMax: Int
    /// The cells of one line, before it is wrapped.
    package var lineCellsMax: Int
    /// The lines of the field, before they are wrapped.
    package var linesMax: Int

    /// Makes a set of limits; less than nothing counts as nothing.
    package init(bytesMax: Int, lineCellsMax: Int, linesMax: Int) {
        self.bytesMax = max(0, bytesMax)
        self.lineCellsMax = max(0, lineCellsMax)
        self.linesMax = max(0, linesMax)
    }

    /// What a pane shows at first: 64 KiB, 4,096 cells a line, 2,000 lines.
    package static let field = DisplayLimits(
        bytesMax: 65_536,
        lineCellsMax: 4_096,
        linesMax: 2_000
    )

    /// What is shown after "open in full": everything.
    package static let full = DisplayLimits(
        bytesMax: .max,
        lineCellsMax: .max,
        linesMax: .max
    )
}
