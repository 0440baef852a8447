package import HoldCore

/// What a query lets through, and in which order: the rules that every store follows.
extension QueueQuery {
    /// The window's size, within its limits.
    package var windowLimit: Int { min(max(limit, 1), 1000) }
    /// The window's start, within its limits.
    package var windowOffset: Int { max(offset, 0) }

    /// What the filter needs to know.
    package var circumstances: ItemFilter.Circumstances {
        ItemFilter.Circumstances(now: now, asker: asker)
    }

    /// Whether only what is open is looked at.
    package var isOfOpen: Bool { states == nil && !filter.asksForStanding }

    /// Whether an item belongs to what is asked for.
    package func matches(_ row: ItemRow) -> Bool {
        if let states {
            guard states.contains(row.state) else { return false }
        } else {
            guard row.isOpen || !isOfOpen else { return false }
        }
        if let queue, row.queue != queue { return false }
        if let workflow, row.workflow != workflow { return false }
        if !showsSnoozed, isPutOff(row) { return false }
        return filter.matches(row, in: circumstances)
    }

    /// Whether the viewer has put an item out of sight.
    private func isPutOff(_ row: ItemRow) -> Bool {
        viewer.flatMap { row.snoozedUntil(for: $0, at: now) } != nil
    }

    /// Whether an item comes before another in this query's order.
    package func precedes(_ left: ItemRow, _ right: ItemRow) -> Bool {
        switch sort {
        case .urgency:
            let (leftRank, rightRank) = (left.rank(at: now), right.rank(at: now))
            if leftRank != rightRank { return leftRank < rightRank }
            if left.deadline != right.deadline { return left.deadline < right.deadline }
        case .age:
            if left.createdAt != right.createdAt { return left.createdAt < right.createdAt }
        case .risk:
            if left.riskClass != right.riskClass {
                return left.riskClass.rank < right.riskClass.rank
            }
            if left.riskOrder != right.riskOrder { return left.riskOrder > right.riskOrder }
        case .workflow:
            if left.workflow != right.workflow { return left.workflow < right.workflow }
        case .agent:
            if let isFirst = precedes(left.agent, right.agent) { return isFirst }
        case .action:
            if let isFirst = precedes(left.action, right.action) { return isFirst }
        }
        return left.number < right.number
    }

    /// By bytes, as databases compare: the same order in every store; nil when they are the same.
    private func precedes(_ left: String, _ right: String) -> Bool? {
        left.isSame(as: right)
            ? nil : left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

extension ItemRow {
    /// The risk that the order by risk compares: a risk not given comes after every given one.
    package var riskOrder: Double { risk ?? -.infinity }

    /// 0: stuck; 1: high, or less than two minutes left; 2: the rest.
    package func rank(at now: Instant) -> Int {
        urgency == .normal && deadline < now + ItemRow.soon
            ? Urgency.high.rawValue : urgency.rawValue
    }
}

extension RiskClass {
    /// The most dangerous first.
    package var rank: Int {
        switch self {
        case .irreversible: 0
        case .high: 1
        case .medium: 2
        case .low: 3
        }
    }
}

extension WorkflowRow {
    /// 0: stuck; 1: unwinding; 2: the rest.
    package var rank: Int {
        switch status {
        case .stuck: 0
        case .unwinding: 1
        case .running, .waiting, .halted, .finished: 2
        }
    }

    /// The share of its depth that it has used.
    package var depthShare: Double { depthLimit > 0 ? Double(depth) / Double(depthLimit) : 0 }

    /// Whether it comes before another in lists: by rank, by share of the depth used, then the most
    /// recently changed.
    package func precedes(_ other: WorkflowRow) -> Bool {
        if rank != other.rank { return rank < other.rank }
        if depthShare != other.depthShare { return depthShare > other.depthShare }
        if updatedAt != other.updatedAt { return updatedAt > other.updatedAt }
        return workflow < other.workflow
    }
}

extension QueueCounts {
    /// Counts one item, when it is open.
    package mutating func add(_ row: ItemRow, now: Instant, viewer: UInt32? = nil) {
        guard row.isOpen else { return }
        open += 1
        if let until = viewer.flatMap({ row.snoozedUntil(for: $0, at: now) }) {
            snoozed += 1
            nextReturn = min(nextReturn ?? until, until)
        }
        switch row.riskClass {
        case .irreversible: irreversible += 1
        case .high: high += 1
        case .medium: medium += 1
        case .low: low += 1
        }
        if row.isStuck { stuck += 1 }
        if row.rank(at: now) < ItemRow.Urgency.normal.rawValue { urgent += 1 }
        oldest = min(oldest ?? row.createdAt, row.createdAt)
        // What is stuck has been decided: it runs out no more.
        guard !row.isStuck else { return }
        let isSooner = nextDeadline.map { next in
            row.deadline < next
                || row.deadline == next && row.number < (nextDeadlineNumber ?? .max)
        }
        if isSooner ?? true {
            nextDeadline = row.deadline
            nextDeadlineNumber = row.number
        }
    }
}
