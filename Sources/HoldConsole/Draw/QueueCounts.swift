import HoldCore

/// What runs out first.
struct NextExpiry {
    let deadline: Instant
    let number: Int64
}

/// The numbers above the queue.
struct QueueCounts: Hashable {
    let waiting: Int
    let urgent: Int
    let stuck: Int

    init(_ queue: QueueList) {
        let states = [ItemState.pendingReview, .modified].map(\.rawValue)
        waiting =
            queue.counts.isEmpty
            ? queue.total : states.reduce(0) { $0 + max(queue.counts[$1] ?? 0, 0) }
        urgent = queue.counts["urgent"] ?? 0
        stuck = queue.counts["stuck"] ?? 0
    }
}

extension Link {
    /// Whether the connection was lost.
    var isDown: Bool {
        if case .disconnected = state { return true }
        return false
    }
}

extension Model {
    /// The item whose time runs out first, as far as this console knows: the queue's order has it
    /// among the first, so only the top of the list can tell.
    ///
    /// The service counts over everything that is open; rows that a filter or another order left tell
    /// nothing of the rest.
    var nextExpiry: NextExpiry? {
        if let time = queue.counts["next_deadline_ms"],
            let number = queue.counts["next_deadline_number"]
        {
            return NextExpiry(
                deadline: Instant(milliseconds: Int64(time)),
                number: Int64(number)
            )
        }
        guard queue.offset == 0, queue.shownFilter == nil, queue.shownSort == .urgency else {
            return nil
        }
        return queue.rows.lazy.filter { $0.item.state.isPending && !$0.isGone }.map(\.item)
            .min { $0.deadline < $1.deadline }
            .map { NextExpiry(deadline: $0.deadline, number: $0.number) }
    }

    /// When the connection is tried again; nil while there is one, or no attempt is planned.
    func retryWords(at now: Moment) -> SafeText? {
        guard case .disconnected(let outage) = link.state else { return nil }
        guard let retryAt = outage.retryAt else { return "retry \(outage.attempt)" }
        let seconds = max(retryAt.since(now).milliseconds + 999, 0) / 1000
        return "retry \(outage.attempt + 1) in \(seconds) s"
    }
}
