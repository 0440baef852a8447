public import HoldCore

/// Which items figures are asked for.
public struct FigureQuery: Sendable, Hashable {
    /// Only items opened from then on; nil: all.
    public var since: Instant?
    /// How many at most, 1…``recordsMax``: the newest.
    public var limit: Int

    /// The most items that are counted at once: more would hold up other readers for too long.
    public static let recordsMax = 50_000

    /// A query for these.
    public init(since: Instant? = nil, limit: Int = FigureQuery.recordsMax) {
        self.since = since
        self.limit = limit
    }
}

/// What figures are worked out from.
public struct FigureSource: Sendable, Hashable {
    /// The items, the newest first.
    public var records: [ItemRecord]
    /// Whether there are older ones that belong to it, and were left out.
    public var isCut: Bool
    /// The deepest that a workflow stands.
    public var depth: Int
    /// The deepest that any workflow has stood which changed in the time asked for.
    public var depthMax: Int
    /// The mean depth of the workflows that are not finished; 0 without any.
    public var depthMean: Double

    /// A source of these parts.
    public init(
        records: [ItemRecord],
        isCut: Bool,
        depth: Int,
        depthMax: Int,
        depthMean: Double
    ) {
        self.records = records
        self.isCut = isCut
        self.depth = depth
        self.depthMax = depthMax
        self.depthMean = depthMean
    }
}
