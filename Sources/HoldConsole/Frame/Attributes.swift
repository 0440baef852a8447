/// How a cell is drawn apart from its colours.
package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
    package static let reverse = Attributes(rawValue: 8)

    /// The words that theme files and test pictures use, in this order.
    package static let named: [(name: String, attributes: Attributes)] = [
        ("bold", .bold), ("dim", .dim), ("underline", .underline), ("reverse", .reverse),
    ]

    /// The names of what is set, in a fixed order.
    package var names: [String] {
        Self.named.filter { contains($0.attributes) }.map(\.name)
    }
}
