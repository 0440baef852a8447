/// A part of the screen that can have the focus; numbered as its key.
package enum Pane: Int, Hashable, Sendable, CaseIterable {
    case queue = 1
    case action = 2
    case depth = 3
    case activity = 4
    case context = 5
    case undo = 6
    case reviewers = 7
    case keys = 8
}

/// Which text of the item a stacked layout shows.
package enum DetailTab: Hashable, Sendable, CaseIterable {
    case action, context, undo, raw
}

/// How much a pane holds and how much of it was painted last.
package struct PaneExtent: Hashable, Sendable {
    package var lines: Int
    package var visible: Int

    package init(lines: Int, visible: Int) {
        self.lines = max(0, lines)
        self.visible = max(0, visible)
    }

    /// The furthest that it can be scrolled.
    package var scrollMax: Int { max(0, lines - visible) }
}
