import Foundation

/// How much of a long run is made: all of it with `HOLDSHORT_LONG=1`.
enum Length {
    static let isLong: Bool = ProcessInfo.processInfo.environment["HOLDSHORT_LONG"] == "1"

    /// Every place up to a bound, or so many spread over them, other ones by seed.
    static func places(upTo bound: Int, short count: Int, seed: UInt64) -> [Int] {
        guard bound > 0 else { return [] }
        guard !isLong, bound > count else { return Array(1...bound) }
        let shift = Int(seed % UInt64(bound))
        return (0..<count).map { 1 + ($0 * bound / count + shift) % bound }.sorted()
    }
}
