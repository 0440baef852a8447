public import HoldCore

/// Which part of the list of workflows is asked for.
public struct WorkflowQuery: Sendable, Hashable {
    /// The workflow in one word.
    public var status: Workflow.Status?
    /// From 0.
    public var offset: Int
    /// 1…1,000.
    public var limit: Int

    /// A query for all.
    public init(status: Workflow.Status? = nil, offset: Int = 0, limit: Int = 50) {
        self.status = status
        self.offset = offset
        self.limit = limit
    }
}

/// A window of the list of workflows: stuck first, then unwinding, then by share of the depth used,
/// then the most recently changed.
public struct WorkflowWindow: Sendable, Hashable {
    /// The rows of the window.
    public var rows: [WorkflowRow]
    /// How many there are in all.
    public var total: Int
    /// What waits for a decision in those of the window in which anything does.
    public var waiting: [WorkflowKey: WaitingItems]

    /// A window of these parts.
    public init(rows: [WorkflowRow], total: Int, waiting: [WorkflowKey: WaitingItems] = [:]) {
        self.rows = rows
        self.total = total
        self.waiting = waiting
    }
}

/// The two items of a workflow that lists name.
public struct WaitingItems: Sendable, Hashable {
    /// The one that has waited longest; ties by number.
    public private(set) var oldest: WaitingItem
    /// The one that runs out first; ties by number.
    public private(set) var next: WaitingItem

    /// One item alone.
    public init(_ item: WaitingItem) {
        oldest = item
        next = item
    }

    /// Looks at one more.
    public mutating func add(_ item: WaitingItem) {
        if (item.createdAt, item.number) < (oldest.createdAt, oldest.number) { oldest = item }
        if (item.deadline, item.number) < (next.deadline, next.number) { next = item }
    }
}

/// An item that waits for a decision, in short.
public struct WaitingItem: Sendable, Hashable {
    /// Unique in its store, for people to say aloud.
    public var number: Int64
    /// When it was opened.
    public var createdAt: Instant
    /// When the present tier's time is over.
    public var deadline: Instant

    /// An item of these parts.
    public init(number: Int64, createdAt: Instant, deadline: Instant) {
        self.number = number
        self.createdAt = createdAt
        self.deadline = deadline
    }
}

/// What is due, and when more will be.
public struct DueWork: Sendable, Hashable {
    /// The workflows.
    public var workflows: [WorkflowKey]
    /// When more will be due; nil: never.
    public var next: Instant?

    /// Work of these parts.
    public init(workflows: [WorkflowKey], next: Instant?) {
        self.workflows = workflows
        self.next = next
    }
}
