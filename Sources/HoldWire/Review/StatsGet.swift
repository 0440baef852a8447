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
        ///
        /// Later than what was asked for when there are more items than are counted at once.
        public var since: Instant?
        /// Its end.
        public var until: Instant
        /// Everything.
        public var total: WireStatsRow
        /// By action, the most items first.
        public var byAction: [WireStatsRow]
        /// By reviewer, the most items first.
        public var byReviewer: [WireStatsRow]
        /// By hour of the day, UTC: `00`…`23`.
        public var byHour: [WireStatsRow]
        /// By workflow, the most items first; at most 100.
        public var byWorkflow: [WireStatsRow]
        /// By agent, the most items first.
        public var byAgent: [WireStatsRow]
        /// How long decisions took, by ten minutes over the last three hours, oldest first.
        public var waits: [WireWait]
        /// How deep workflows stand.
        public var depth: WireStatsDepth
        /// Signs that decisions were made without reading: of who asks, and of nobody else; absent
        /// when that person decided nothing.
        public var signs: WireReviewSigns?

        /// Puts the parts together.
        public init(
            since: Instant? = nil,
            until: Instant,
            total: WireStatsRow,
            byAction: [WireStatsRow],
            byReviewer: [WireStatsRow],
            byHour: [WireStatsRow],
            byWorkflow: [WireStatsRow],
            byAgent: [WireStatsRow],
            waits: [WireWait],
            depth: WireStatsDepth,
            signs: WireReviewSigns? = nil
        ) {
            self.since = since
            self.until = until
            self.total = total
            self.byAction = byAction
            self.byReviewer = byReviewer
            self.byHour = byHour
            self.byWorkflow = byWorkflow
            self.byAgent = byAgent
            self.waits = waits
            self.depth = depth
            self.signs = signs
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
            try fields.encode(byWorkflow, forKey: .byWorkflow)
            try fields.encode(byAgent, forKey: .byAgent)
            try fields.encode(waits, forKey: .waits)
            try fields.encode(depth, forKey: .depth)
            try fields.encodeIfPresent(signs, forKey: .signs)
        }
    }
}

/// Figures of one action, reviewer, hour, workflow or agent.
public struct WireStatsRow: Codable, Hashable, Sendable {
    /// What the row is about; `total` for everything.
    public var name: String
    /// How many items were opened, or for a reviewer how many that person decided.
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
    /// Of these, escalated at least once, by a person or by time.
    public var escalated: Int
    /// Of these, undone after they ran.
    public var undone: Int
    /// Of these, with an undo that failed and is not done yet, or was given up.
    public var undoFailed: Int
    /// How many of each risk class.
    public var risk: [String: Int]
    /// From opening to decision by a person; absent when none was decided so.
    public var latency: WireLatency?
    /// Decisions within 5 seconds of opening; of who asks, and of nobody else.
    public var quick: Int?
    /// The most approvals in a row without anything else; of who asks, and of nobody else.
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
        undone: Int,
        undoFailed: Int,
        risk: [String: Int],
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
        self.undone = undone
        self.undoFailed = undoFailed
        self.risk = risk
        self.latency = latency
        self.quick = quick
        self.longestApprovalRun = longestApprovalRun
    }
}

/// Percentiles of a span, in seconds: each the smallest value that so many values do not exceed.
public struct WireLatency: Codable, Hashable, Sendable {
    /// The median.
    public var p50: Double
    /// The 90th percentile.
    public var p90: Double
    /// The 95th percentile.
    public var p95: Double
    /// The 99th percentile.
    public var p99: Double
    /// The longest.
    public var max: Double

    /// Puts the parts together.
    public init(p50: Double, p90: Double, p95: Double, p99: Double, max: Double) {
        self.p50 = p50
        self.p90 = p90
        self.p95 = p95
        self.p99 = p99
        self.max = max
    }
}

/// Ten minutes of the time counted.
public struct WireWait: Codable, Hashable, Sendable {
    /// When they began.
    public var at: Instant
    /// How many items were opened in them.
    public var opened: Int
    /// How many items people decided in them.
    public var count: Int
    /// From opening to decision of these, in seconds: the median; null when there are none.
    public var p50: Double?
    /// The same, the 95th percentile.
    public var p95: Double?

    /// Puts the parts together.
    public init(at: Instant, opened: Int, count: Int, p50: Double? = nil, p95: Double? = nil) {
        self.at = at
        self.opened = opened
        self.count = count
        self.p50 = p50
        self.p95 = p95
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(at, forKey: .at)
        try fields.encode(opened, forKey: .opened)
        try fields.encode(count, forKey: .count)
        try fields.encode(p50, forKey: .p50)
        try fields.encode(p95, forKey: .p95)
    }
}

/// How deep workflows stand.
public struct WireStatsDepth: Codable, Hashable, Sendable {
    /// The deepest now.
    public var current: Int
    /// The deepest that any workflow has stood which changed in the time counted.
    public var max: Int
    /// The mean over workflows that are not finished, now.
    public var mean: Double

    /// Puts the parts together.
    public init(current: Int, max: Int, mean: Double) {
        self.current = current
        self.max = max
        self.mean = mean
    }
}
