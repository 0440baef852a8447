public import HoldCore

/// One item as lists show it, with its workflow's depth beside it.
public struct QueueEntry: Sendable, Hashable {
    /// The item.
    public var item: ItemRow
    /// How many steps are exposed.
    public var depth: Int
    /// The most exposed steps that the workflow may have; at least 1.
    public var depthLimit: Int
    /// When the item's undo operation last undid something for certain.
    public var provenAt: Instant?

    /// An entry of these parts.
    public init(item: ItemRow, depth: Int, depthLimit: Int, provenAt: Instant?) {
        self.item = item
        self.depth = depth
        self.depthLimit = depthLimit
        self.provenAt = provenAt
    }
}

/// A window of the queue, and figures over the whole of it.
public struct QueueWindow: Sendable, Hashable {
    /// The items of the window.
    public var entries: [QueueEntry]
    /// How many match the query.
    public var total: Int
    /// Open items by risk class, and stuck ones, over the whole store.
    public var counts: QueueCounts
    /// The journal's end that this shows.
    public var seq: Int64

    /// A window of these parts.
    public init(entries: [QueueEntry], total: Int, counts: QueueCounts, seq: Int64) {
        self.entries = entries
        self.total = total
        self.counts = counts
        self.seq = seq
    }
}

/// Figures over everything open in the store.
public struct QueueCounts: Sendable, Hashable {
    /// Everything open.
    public var open = 0
    /// Open items of class IRREV.
    public var irreversible = 0
    /// Open items of class HIGH.
    public var high = 0
    /// Open items of class MED.
    public var medium = 0
    /// Open items of class LOW.
    public var low = 0
    /// Items whose undo chain waits for a person.
    public var stuck = 0
    /// Stuck, IRREV or HIGH, or with less than two minutes left.
    public var urgent = 0
    /// Open items that the query's viewer put out of sight; they count everywhere else too.
    public var snoozed = 0
    /// When the first of these comes back; nil: there is none.
    public var nextReturn: Instant?
    /// The open item that runs out first.
    public var nextDeadline: Instant?
    /// The number of the item that runs out first.
    public var nextDeadlineNumber: Int64?
    /// When the oldest open item was opened.
    public var oldest: Instant?

    /// Nothing is open.
    public init() {}
}

/// What is taken on or put off at some time, of each the first so many.
public struct CourtesyWindow: Sendable, Hashable {
    /// Open items that somebody is on, by the end of the claim, then by number.
    public var claimed: [QueueEntry]
    /// How many there are.
    public var claimedTotal: Int
    /// Open items out of somebody's sight, by when they come back, then by number and account.
    public var snoozed: [SnoozedEntry]
    /// How many there are.
    public var snoozedTotal: Int

    /// A window of these parts.
    public init(
        claimed: [QueueEntry],
        claimedTotal: Int,
        snoozed: [SnoozedEntry],
        snoozedTotal: Int
    ) {
        self.claimed = claimed
        self.claimedTotal = claimedTotal
        self.snoozed = snoozed
        self.snoozedTotal = snoozedTotal
    }
}

/// One item that one reviewer put out of sight.
public struct SnoozedEntry: Sendable, Hashable {
    /// Who, and until when.
    public var snooze: Snooze
    /// The item.
    public var entry: QueueEntry

    /// An item out of this reviewer's sight.
    public init(snooze: Snooze, entry: QueueEntry) {
        self.snooze = snooze
        self.entry = entry
    }
}
