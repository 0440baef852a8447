public import HoldCore

/// Counts, outcome shares and latencies.
public enum StatsGet: WireMethod {
    /// The name on the wire.
    public static let method = "stats.get"

    /// Since when.
    public struct Params: WireParams {
        /// Only items opened from then on; all when left out.
        public var since: Instant?

        /// Puts the parameters together.
        public init(since: Instant? = nil) {
            self.since = since
        }
    }

    /// The figures.
    public struct Reply: Codable, Hashable, Sendable {
        /// The start of the time counted; null: from the first event.
        public var since: Instant?
        /// Its end.
        public var until: Instant
        /// Everything.
        public var total: WireStatsRow
        /// By action.
        public var byAction: [WireStatsRow]
        /// By reviewer.
        public var byReviewer: [WireStatsRow]
        /// By hour of the day, UTC: `00`…`23`.
        public var byHour: [WireStatsRow]
        /// How deep workflows stand.
        public var depth: WireStatsDepth

        /// Puts the parts together.
        public init(
            since: Instant? = nil,
            until: Instant,
            total: WireStatsRow,
            byAction: [WireStatsRow],
            byReviewer: [WireStatsRow],
            byHour: [WireStatsRow],
            depth: WireStatsDepth
        ) {
            self.since = since
            self.until = until
            self.total = total
            self.byAction = byAction
            self.byReviewer = byReviewer
            self.byHour = byHour
            self.depth = depth
        }

        /// Writes absent values of fixed fields as null, so that they are always there.
        public func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.encode(since, forKey: .since)
            try fields.encode(until, forKey: .until)
            try fields.encode(total, forKey: .total)
            try fields.encode(byAction, forKey: .byAction)
            try fields.encode(byReviewer, forKey: .byReviewer)
            try fields.encode(byHour, forKey: .byHour)
            try fields.encode(depth, forKey: .depth)
        }
    }
}

/// Figures of one action, reviewer or hour.
public struct WireStatsRow: Codable, Hashable, Sendable {
    /// What the row is about.
    public var name: String
    /// How many items were opened, or for a reviewer how many that person reviewed.
    public var items: Int
    /// Of these, still open.
    public var pending: Int
    /// Of these, approved; modified ones too.
    public var approved: Int
    /// Of these, approved with other arguments than proposed.
    public var modified: Int
    /// Of these, rejected.
    public var rejected: Int
    /// Of these, timed out.
    public var timeout: Int
    /// Of these, withdrawn.
    public var withdrawn: Int
    /// Of these, escalated at least once.
    public var escalated: Int
    /// From opening to decision; nothing when none is decided.
    public var latency: WireLatency?
    /// Decisions within 5 seconds of opening.
    public var quick: Int?
    /// The most approvals in a row without anything else.
    public var longestApprovalRun: Int?

    /// Puts the parts together.
    public init(
        name: String,
        items: Int,
        pending: Int,
        approved: Int,
        modified: Int,
        rejected: Int,
        timeout: Int,
        withdrawn: Int,
        escalated: Int,
        latency: WireLatency? = nil,
        quick: Int? = nil,
        longestApprovalRun: Int? = nil
    ) {
        self.name = name
        self.items = items
        self.pending = pending
        self.approved = approved
        self.modified = modified
        self.rejected = rejected
        self.timeout = timeout
        self.withdrawn = withdrawn
        self.escalated = escalated
        self.latency = latency
        self.quick = quick
        self.longestApprovalRun = longestApprovalRun
    }
}

/// Percentiles of a span, in seconds.
public struct WireLatency: Codable, Hashable, Sendable {
    /// The median.
    public var p50: Double
    /// The 90th percentile.
    public var p90: Double
    /// The 99th percentile.
    public var p99: Double
    /// The longest.
    public var max: Double

    /// Puts the parts together.
    public init(p50: Double, p90: Double, p99: Double, max: Double) {
        self.p50 = p50
        self.p90 = p90
        self.p99 = p99
        self.max = max
    }
}

/// How deep workflows stand.
public struct WireStatsDepth: Codable, Hashable, Sendable {
    /// The deepest now.
    public var current: Int
    /// The deepest in the time counted.
    public var max: Int
    /// The mean over open workflows now.
    public var mean: Double

    /// Puts the parts together.
    public init(current: Int, max: Int, mean: Double) {
        self.current = current
        self.max = max
        self.mean = mean
    }
}
