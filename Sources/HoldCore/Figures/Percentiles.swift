/// Percentiles of lengths of time: each the smallest value that so many of all do not exceed.
///
/// Exact, by nearest rank over the sorted values: there are never more of them than items counted.
public struct Percentiles: Sendable, Hashable {
    /// The median.
    public let p50: Span
    /// The 90th percentile.
    public let p90: Span
    /// The 95th percentile.
    public let p95: Span
    /// The 99th percentile.
    public let p99: Span
    /// The longest.
    public let max: Span

    /// The percentiles of these; nil of nothing.
    public init?(of values: [Span]) {
        let sorted = values.sorted()
        guard let longest = sorted.last else { return nil }
        func rank(_ percent: Int) -> Span {
            // The rank rounded up, in whole numbers: no share is ever a hair off.
            let rank = (sorted.count * percent + 99) / 100
            return sorted[Swift.max(rank, 1) - 1]
        }
        p50 = rank(50)
        p90 = rank(90)
        p95 = rank(95)
        p99 = rank(99)
        max = longest
    }
}
