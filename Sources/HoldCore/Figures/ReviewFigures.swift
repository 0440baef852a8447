/// Counts, outcome shares and waiting times of items: fed with records, it works out every figure.
///
/// What could shame a person is worked out for that person alone: there is no way to ask for another's.
public struct ReviewFigures: Sendable {
    /// The end of the time counted.
    public let until: Instant
    /// Who asks; nil: nobody in particular.
    public let asker: String?
    /// Everything.
    public private(set) var total = FigureRow()
    private var actions: [String: FigureRow] = [:]
    private var reviewers: [String: FigureRow] = [:]
    private var hours: [Int64: FigureRow] = [:]
    private var workflows: [String: FigureRow] = [:]
    private var agents: [String: FigureRow] = [:]
    private var stretches: [FigureRow]
    private var own: [ItemRecord] = []

    /// The length of a stretch of waiting times.
    public static let stretch = Span(minutes: 10)
    /// How many stretches there are: three hours.
    public static let stretches = 18
    /// The most workflows that have a row.
    public static let workflowsMax = 100

    /// Figures of nothing yet, up to a time, for a person.
    public init(until: Instant, for asker: String?) {
        self.until = until
        self.asker = asker
        stretches = Array(repeating: FigureRow(), count: ReviewFigures.stretches)
    }

    /// Counts one item.
    public mutating func add(_ record: ItemRecord) {
        total.add(record)
        actions[record.action, default: FigureRow()].add(record)
        workflows[record.workflow, default: FigureRow()].add(record)
        agents[record.agent, default: FigureRow()].add(record)
        let hour = record.createdAt.milliseconds.floored(by: 3_600_000).quotient
        hours[hour.floored(by: 24).remainder, default: FigureRow()].add(record)
        if let reviewer = record.decidedBy {
            reviewers[reviewer, default: FigureRow()].add(record)
            if reviewer == asker { own.append(record) }
        }
        if let place = place(of: record.createdAt) { stretches[place].items += 1 }
        if let decidedAt = record.decidedAt, let wait = record.wait,
            let place = place(of: decidedAt)
        {
            stretches[place].waits.append(wait)
        }
    }

    /// When the first stretch begins: all of them begin at full ten minutes.
    private var firstStretch: Int64 {
        let length = ReviewFigures.stretch.milliseconds
        let last = until.milliseconds.floored(by: length).quotient
        return (last - Int64(ReviewFigures.stretches) + 1) * length
    }

    private func place(of at: Instant) -> Int? {
        let (past, overflow) = at.milliseconds.subtractingReportingOverflow(firstStretch)
        guard !overflow, past >= 0, at <= until else { return nil }
        let place = Int(past / ReviewFigures.stretch.milliseconds)
        return place < stretches.count ? place : nil
    }

    // MARK: - The figures

    /// By action, the most items first.
    public var byAction: [(name: String, row: FigureRow)] { sorted(actions) }
    /// By who decided, the most items first.
    public var byReviewer: [(name: String, row: FigureRow)] { sorted(reviewers) }
    /// By workflow, the most items first; at most ``workflowsMax``.
    public var byWorkflow: [(name: String, row: FigureRow)] {
        Array(sorted(workflows).prefix(ReviewFigures.workflowsMax))
    }
    /// By agent, the most items first.
    public var byAgent: [(name: String, row: FigureRow)] { sorted(agents) }
    /// By hour of the day, UTC: the hours in which items were opened, from 0.
    public var byHour: [(hour: Int, row: FigureRow)] {
        hours.sorted { $0.key < $1.key }.map { (Int($0.key), $0.value) }
    }

    /// Waiting times by ten minutes over the last three hours, oldest first.
    public var waits: [(at: Instant, row: FigureRow)] {
        zip(0..., stretches).map { place, row in
            let at = firstStretch + Int64(place) * ReviewFigures.stretch.milliseconds
            return (Instant(milliseconds: at), row)
        }
    }

    /// Signs that who asks decides without reading; nil when that person decided nothing.
    public var signs: ReviewSigns? { own.isEmpty ? nil : ReviewSigns(of: own) }

    private func sorted(_ rows: [String: FigureRow]) -> [(name: String, row: FigureRow)] {
        rows.sorted {
            $0.value.items == $1.value.items
                ? $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
                : $0.value.items > $1.value.items
        }.map { ($0.key, $0.value) }
    }
}

/// The figures of one action, reviewer, hour, workflow or agent.
public struct FigureRow: Sendable, Hashable {
    /// How many items there are.
    public internal(set) var items = 0
    /// Of these, still open.
    public internal(set) var pending = 0
    /// Of these, approved; modified ones too.
    public internal(set) var approved = 0
    /// Of these, approved with other arguments than proposed.
    public internal(set) var modified = 0
    /// Of these, rejected.
    public internal(set) var rejected = 0
    /// Of these, timed out.
    public internal(set) var timeout = 0
    /// Of these, withdrawn.
    public internal(set) var withdrawn = 0
    /// Of these, escalated at least once, by a person or by time.
    public internal(set) var escalated = 0
    /// Of these, undone after they ran, by their executor or by hand.
    public internal(set) var undone = 0
    /// Of these, with an undo that failed and is not done yet, or was given up.
    public internal(set) var undoFailed = 0
    /// How many of each class.
    public internal(set) var risk: [RiskClass: Int] = [:]
    /// From opening to decision of those that a person decided.
    var waits: [Span] = []

    /// Percentiles from opening to decision; nil when no person decided any.
    public var latency: Percentiles? { Percentiles(of: waits) }
    /// How many a person decided.
    public var decided: Int { waits.count }

    mutating func add(_ record: ItemRecord) {
        items += 1
        risk[record.riskClass, default: 0] += 1
        switch record.state {
        case .pendingReview, .modified: pending += 1
        case .approved:
            approved += 1
            if record.isModified { modified += 1 }
        case .rejected: rejected += 1
        case .timeout: timeout += 1
        case .withdrawn: withdrawn += 1
        }
        if record.escalations > 0 { escalated += 1 }
        switch record.undoState {
        case .undone, .resolved: undone += 1
        case .undoFailed, .skipped: undoFailed += 1
        case .recorded, .undoStarted, nil: break
        }
        if let wait = record.wait { waits.append(wait) }
    }
}

extension ItemRecord {
    /// From opening to the decision of a person; nil when none decided.
    var wait: Span? {
        guard decidedBy != nil, let decidedAt else { return nil }
        return max(decidedAt - createdAt, .zero)
    }
}

extension Int64 {
    /// The quotient rounded down, and what is left; for times before 1970 too.
    fileprivate func floored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
