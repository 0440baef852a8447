/// What a cell really looks like: colours that the terminal understands, and attributes.
package struct Appearance: Hashable, Sendable {
    package enum Paint: Hashable, Sendable {
        /// The terminal's own colour.
        case standard
        /// One of the terminal's numbered colours.
        case index(UInt8)
        /// A colour in full, for terminals that take it.
        case rgb(RGB)
    }

    package var foreground: Paint
    package var background: Paint
    package var attributes: Attributes

    package init(foreground: Paint, background: Paint, attributes: Attributes) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }
}
