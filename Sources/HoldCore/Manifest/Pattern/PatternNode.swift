/// A pattern as a tree.
indirect enum PatternNode {
    /// Fits the empty text.
    case empty
    /// Fits one scalar of the set.
    case one(of: ScalarSet)
    /// Fits the empty text at the start of the whole text.
    case start
    /// Fits the empty text at the end of the whole text.
    case end
    /// Fits its parts one after the other.
    case sequence([PatternNode])
    /// Fits what any of its parts fits.
    case anyOf([PatternNode])
    /// Fits its part so many times; without a most: any number from the least on.
    case repeated(PatternNode, least: Int, most: Int?)
}

extension PatternNode {
    /// How many instructions the node takes.
    ///
    /// Saturates far above ``PatternProgram/instructionsMax``.
    var size: Int {
        switch self {
        case .empty: 0
        case .one, .start, .end: 1
        case .sequence(let parts): Self.sum(parts.map(\.size))
        case .anyOf(let parts): Self.sum(parts.map { Self.sum([$0.size, 2]) })
        case .repeated(let part, let least, let most):
            Self.sum([
                Self.product(part.size, least),
                Self.product(Self.sum([part.size, 2]), most.map { $0 - least } ?? 1),
            ])
        }
    }

    private static func sum(_ sizes: [Int]) -> Int {
        sizes.reduce(0) { min($0 + $1, ceiling) }
    }

    private static func product(_ size: Int, _ times: Int) -> Int {
        let (value, overflow) = size.multipliedReportingOverflow(by: times)
        return overflow ? ceiling : min(value, ceiling)
    }

    private static let ceiling = 1_000_000_000
}
