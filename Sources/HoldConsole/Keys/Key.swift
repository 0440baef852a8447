/// One thing that the person did at the keyboard, or that the terminal tells on its own.
package enum Key: Hashable, Sendable {
    /// A printable scalar, exactly as typed.
    case character(Unicode.Scalar)
    /// Ctrl and a letter, given in lower case; also Ctrl with one of `@ \ ] ^ _`.
    case control(Unicode.Scalar)
    case enter
    case escape
    case tab
    case backTab
    case backspace
    case delete
    case up
    case down
    case left
    case right
    case pageUp
    case pageDown
    case home
    case end
    case function(Int)
    /// The mouse was used; it never decides anything.
    case mouse(Mouse)
    /// A whole bracketed paste as UTF-8, not yet cleaned of control characters.
    case paste([UInt8])
    /// The terminal's window was given the focus.
    case focusIn
    /// The terminal's window lost the focus.
    case focusOut
    /// The terminal has another size now.
    case resize
    /// A key or a sequence that means nothing here; it was read whole and dropped.
    case unknown

    /// Whether this is a printable character: the kind that stray typing is made of.
    package var isPrintable: Bool {
        if case .character = self { return true }
        return false
    }
}

/// What was done with the mouse, and where.
package struct Mouse: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        /// The main button went down.
        case press
        case wheelUp
        case wheelDown
    }

    package let action: Action
    package let place: Position

    package init(_ action: Action, at place: Position) {
        self.action = action
        self.place = place
    }
}
