/// A set of Unicode scalars, as sorted ranges that neither overlap nor touch.
struct ScalarSet: Sendable, Hashable {
    private let ranges: [ClosedRange<UInt32>]

    private static let last: UInt32 = 0x10FFFF

    /// The union of these ranges.
    init(_ ranges: [ClosedRange<UInt32>]) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let before = merged.last, range.lowerBound <= before.upperBound &+ 1 else {
                merged.append(range)
                continue
            }
            let upper = max(before.upperBound, range.upperBound)
            merged[merged.count - 1] = before.lowerBound...upper
        }
        self.ranges = merged
    }

    /// The set of one scalar.
    init(_ scalar: Unicode.Scalar) { self.init([scalar.value...scalar.value]) }

    /// The union of these sets.
    init(union sets: [ScalarSet]) { self.init(sets.flatMap(\.ranges)) }

    /// Every scalar that this set lacks.
    var complement: ScalarSet {
        var gaps: [ClosedRange<UInt32>] = []
        var start: UInt32 = 0
        for range in ranges {
            if range.lowerBound > start { gaps.append(start...range.lowerBound - 1) }
            start = range.upperBound + 1
        }
        if start <= Self.last { gaps.append(start...Self.last) }
        return ScalarSet(gaps)
    }

    /// Whether the set has this scalar.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = low + (high - low) / 2
            let range = ranges[middle]
            if range.contains(scalar.value) { return true }
            if scalar.value < range.lowerBound { high = middle } else { low = middle + 1 }
        }
        return false
    }

    /// `\d`: the ASCII digits.
    static let digits = ScalarSet([0x30...0x39])
    /// `\w`: ASCII letters, digits and the underscore.
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// `\s`: tab, line feed, form feed, carriage return, space.
    static let space = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    /// `.`: everything but a line feed.
    static let notLineFeed = ScalarSet([0x0A...0x0A]).complement
}
