/// Lists items.
public enum QueueList: WireMethod {
    /// The name on the wire.
    public static let method = "queue.list"

    /// What it asks for.
    public typealias Params = QueueQuery

    /// What it answers.
    public typealias Reply = QueueWindow
}

/// Lists items, and keeps telling of changes; a second one replaces the first.
public enum QueueSubscribe: WireMethod {
    /// The name on the wire.
    public static let method = "queue.subscribe"

    /// What it asks for.
    public typealias Params = QueueQuery

    /// What it answers.
    public typealias Reply = QueueWindow
}

/// Tells a subscriber the new content of its window, at most 30 times a second.
public enum QueueChanged: WireNotification {
    /// The name on the wire.
    public static let method = "queue.changed"

    /// What it asks for.
    public typealias Params = QueueWindow
}

/// A window of the queue.
public struct QueueWindow: Codable, Hashable, Sendable {
    /// The summaries in it, in order.
    public var items: [WireItem]
    /// How many items the filters let through.
    public var total: Int
    /// How many items there are by state, and `urgent` and `stuck` among the open ones; `snoozed` is
    /// how many of them the asking reviewer put out of sight.
    public var counts: [String: Int]
    /// The journal's last sequence number that the window reflects.
    public var seq: Int

    /// Puts the parts together.
    public init(items: [WireItem], total: Int, counts: [String: Int], seq: Int) {
        self.items = items
        self.total = total
        self.counts = counts
        self.seq = seq
    }
}
