/// What a role looks like on a terminal with 8 or 16 colours, chosen by hand.
package struct NamedPaint: Hashable, Sendable {
    /// One of the eight colours that every colour terminal has.
    package enum Color: String, CaseIterable, Hashable, Sendable {
        case black, red, green, yellow, blue, magenta, cyan, white

        /// The number that terminals know it by.
        package var index: UInt8 {
            switch self {
            case .black: 0
            case .red: 1
            case .green: 2
            case .yellow: 3
            case .blue: 4
            case .magenta: 5
            case .cyan: 6
            case .white: 7
            }
        }
    }

    /// The colour; nil is the terminal's own.
    package var color: Color?
    package var attributes: Attributes

    package init(_ color: Color? = nil, _ attributes: Attributes = []) {
        self.color = color
        self.attributes = attributes
    }
}
