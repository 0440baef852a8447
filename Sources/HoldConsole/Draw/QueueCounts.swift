import HoldCore

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
