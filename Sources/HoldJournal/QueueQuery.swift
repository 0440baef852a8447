public import HoldCore

/// Which part of the queue is asked for.
public struct QueueQuery: Sendable, Hashable {
    /// How the window is ordered; ties by number.
    public enum Sort: String, Sendable, Hashable, CaseIterable {
        case urgency, age, risk, workflow, agent, action
    }

    /// nil: what is open (``ItemRow/isOpen``).
    public var states: [ItemState]?
    /// The queue that it lands in.
    public var queue: String?
    /// The workflow.
    public var workflow: WorkflowID?
    /// What must hold beside; where it asks for items by how they stand, ``states`` left out means all.
    public var filter: ItemFilter
    /// The order.
    public var sort: Sort
    /// From 0.
    public var offset: Int
    /// 1…1,000.
    public var limit: Int
    /// What "less than two minutes left" is measured from.
    public var now: Instant
    /// The account of who asks; nil: nobody in particular.
    public var asker: String?
    /// Who holds a claim now, by the item's number.
    public var claims: [Int64: String]

    /// A query with everything open in it.
    public init(
        states: [ItemState]? = nil,
        queue: String? = nil,
        workflow: WorkflowID? = nil,
        filter: ItemFilter = ItemFilter(),
        sort: Sort = .urgency,
        offset: Int = 0,
        limit: Int = 50,
        now: Instant,
        asker: String? = nil,
        claims: [Int64: String] = [:]
    ) {
        self.states = states
        self.queue = queue
        self.workflow = workflow
        self.filter = filter
        self.sort = sort
        self.offset = offset
        self.limit = limit
        self.now = now
        self.asker = asker
        self.claims = claims
    }
}

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
    /// The open item that runs out first.
    public var nextDeadline: Instant?
    /// The number of the item that runs out first.
    public var nextDeadlineNumber: Int64?
    /// When the oldest open item was opened.
    public var oldest: Instant?

    /// Nothing is open.
    public init() {}
}
