/// A line of our own words that goes away by itself.
package struct Notice: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case info, good, warning, danger }

    package let kind: Kind
    /// May quote others' words: it goes through the display filter like everything else.
    package let text: String
    package let until: Moment
}

/// A line that is being typed at the bottom of the screen.
package struct Prompt: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// After `:`.
        case command
        /// After `/`.
        case filter
        /// After `/` in a pane with text.
        case search
        /// After `/` in the history.
        case history
    }

    package let kind: Kind
    package internal(set) var field = TextField(bytesMax: 512)
    /// Why it was not taken, in our words.
    package internal(set) var problem: String?

    init(kind: Kind, text: String = "") {
        self.kind = kind
        field.insert(text)
    }
}
