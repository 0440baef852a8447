/// A cursor in a list of rows, and the part of it that is on the screen.
package struct ListCursor: Hashable, Sendable {
    /// The row that keys are about, from 0.
    package internal(set) var index = 0
    /// The first row shown.
    package internal(set) var scroll = 0
    /// How many rows were painted last.
    var visible = 1

    package init() {}

    /// Moves with one moving command.
    mutating func move(_ command: Keymap.Command, count: Int) {
        index = command.moved(index, page: max(1, visible - 1), last: max(0, count - 1))
        follow(count: count)
    }

    /// Takes in how many rows were painted, or that there are other rows now.
    mutating func fit(_ extent: PaneExtent) {
        visible = max(1, extent.visible)
        follow(count: extent.lines)
    }

    /// Scrolls just so far that the cursor's row is on the screen.
    mutating func follow(count: Int) {
        index = min(max(0, index), max(0, count - 1))
        scroll = min(scroll, index)
        scroll = max(scroll, index - visible + 1)
        scroll = min(max(0, scroll), max(0, count - visible))
    }
}
