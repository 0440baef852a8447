package import HoldCore

/// What the service counts of a stretch of time; names of agents and actions are raw.
package struct Figures: Hashable, Sendable {
    /// The start of what is counted; nil: from the first event.
    package var since: Instant?
    package var until: Instant
    package var total: FigureLine
    /// The rows of each table, in the service's order.
    package var tables: [FigureTable: [FigureLine]]
    /// Ten minutes each over the last three hours, oldest first.
    package var waits: [WaitFigure]
    package var depth: DepthFigures
    /// Of this reviewer alone; nil when that person decided nothing.
    package var signs: ReviewSigns?

    package init(
        since: Instant?,
        until: Instant,
        total: FigureLine,
        tables: [FigureTable: [FigureLine]] = [:],
        waits: [WaitFigure] = [],
        depth: DepthFigures = DepthFigures(),
        signs: ReviewSigns? = nil
    ) {
        self.since = since
        self.until = until
        self.total = total
        self.tables = tables
        self.waits = waits
        self.depth = depth
        self.signs = signs
    }
}

/// What the rows of a table are about.
package enum FigureTable: String, Hashable, Sendable, CaseIterable {
    case workflow, action, reviewer, hour, agent
}

/// How much of the past is counted.
package enum FigureRange: Int, Hashable, Sendable, CaseIterable {
    case hour = 1
    case shift = 2
    case day = 3
    case all = 4

    /// How long it is; nil: from the first event.
    package var span: Span? {
        switch self {
        case .hour: Span(minutes: 60)
        case .shift: Span(minutes: 8 * 60)
        case .day: Span(minutes: 24 * 60)
        case .all: nil
        }
    }
}

/// Figures of one action, reviewer, hour, workflow or agent.
package struct FigureLine: Hashable, Sendable {
    /// Raw.
    package var name: String
    /// How many items were opened; of a reviewer: how many that person decided.
    package var items = 0
    package var pending = 0
    /// Approved, edited ones included.
    package var approved = 0
    /// Of these, edited.
    package var modified = 0
    package var rejected = 0
    package var expired = 0
    package var withdrawn = 0
    package var escalated = 0
    package var undone = 0
    package var undoFailed = 0
    package var risks: [RiskClass: Int] = [:]
    /// From opening to decision by a person; nil when none was decided so.
    package var latency: LatencyFigures?

    package init(name: String) { self.name = name }

    /// How many a person or time ended.
    package var decided: Int { approved + rejected }
}

/// Percentiles of a length of time.
package struct LatencyFigures: Hashable, Sendable {
    package var p50: Span
    package var p90: Span
    package var p95: Span
    package var p99: Span
    package var longest: Span

    package init(p50: Span, p90: Span, p95: Span, p99: Span, longest: Span) {
        self.p50 = p50
        self.p90 = p90
        self.p95 = p95
        self.p99 = p99
        self.longest = longest
    }
}

/// Ten minutes of waiting.
package struct WaitFigure: Hashable, Sendable {
    /// When they began.
    package var at: Instant
    package var opened: Int
    package var decided: Int
    /// How long the decided ones had waited; nil when there were none.
    package var p95: Span?

    package init(at: Instant, opened: Int, decided: Int, p95: Span? = nil) {
        self.at = at
        self.opened = opened
        self.decided = decided
        self.p95 = p95
    }
}

/// How deep workflows stand.
package struct DepthFigures: Hashable, Sendable {
    package var deepestNow = 0
    package var deepest = 0
    package var mean = 0.0

    package init(deepestNow: Int = 0, deepest: Int = 0, mean: Double = 0) {
        self.deepestNow = deepestNow
        self.deepest = deepest
        self.mean = mean
    }
}

/// Signs that a person decides without reading, for that person alone.
package struct ReviewSigns: Hashable, Sendable {
    /// What the person decided of one risk class.
    package struct Share: Hashable, Sendable {
        package var riskClass: RiskClass
        package var decided: Int
        package var approved: Int

        package init(riskClass: RiskClass, decided: Int, approved: Int) {
            self.riskClass = riskClass
            self.decided = decided
            self.approved = approved
        }
    }

    /// What the person approved most.
    package struct Most: Hashable, Sendable {
        /// Raw.
        package var action: String
        package var riskClass: RiskClass
        package var approved: Int
        /// Of so many approvals in all.
        package var of: Int

        package init(action: String, riskClass: RiskClass, approved: Int, of: Int) {
            self.action = action
            self.riskClass = riskClass
            self.approved = approved
            self.of = of
        }
    }

    package var decided: Int
    /// Decided within 5 s of opening.
    package var quick: Int
    /// HIGH or IRREV, approved within 20 s of opening.
    package var quickHigh: Int
    /// The most approvals in a row.
    package var longestRun: Int
    /// The riskiest first.
    package var shares: [Share]
    package var most: Most?

    package init(
        decided: Int,
        quick: Int,
        quickHigh: Int,
        longestRun: Int,
        shares: [Share] = [],
        most: Most? = nil
    ) {
        self.decided = decided
        self.quick = quick
        self.quickHigh = quickHigh
        self.longestRun = longestRun
        self.shares = shares
        self.most = most
    }
}

extension ReviewSigns {
    /// So many decisions make a habit; below, shares say nothing.
    static let habit = 10

    /// More than one in ten was decided at a glance.
    package var isHasty: Bool { decided >= Self.habit && quick * 10 > decided }
    /// A run of approvals that long is worth a look.
    package var isLongRun: Bool { longestRun >= 20 }

    /// Nearly everything of a class that deserves care was approved.
    package func isSuspicious(_ share: Share) -> Bool {
        (share.riskClass == .high || share.riskClass == .irreversible)
            && share.decided >= Self.habit
            && share.approved * 10 > share.decided * 9
    }

    /// The one LOW action that most of the work is: a rule of the manifest could take it.
    package var suggestion: Most? {
        guard let most, most.riskClass == .low, most.approved >= Self.habit,
            most.approved * 2 > most.of
        else { return nil }
        return most
    }
}
