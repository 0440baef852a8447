public import HoldCore

/// The ordered, hash-chained list of events, and the projections that lists read.
///
/// The journal is the truth. Its laws (`JournalLaws`) hold for every store: an append is all or nothing
/// and durable when it says so; versions and sequence numbers have no gap; sequence order is commit
/// order; a list shows exactly what the appended rows say.
///
/// One object, one writer: calls do not overlap, but they may come from any thread.
public protocol Journal: AnyObject, Sendable {
    /// Whether every entry that is read has been checked against its hash, as stores on disks do.
    var checksHashes: Bool { get }

    /// Makes a batch durable, or says that it is not.
    func append(_ batch: Batch) -> AppendOutcome

    /// Forgets everything cached and opens the store anew, after an append of unknown outcome.
    func reopen() throws(JournalFault)

    /// The end of the chain.
    func head() throws(JournalFault) -> JournalHead
    /// The events of one workflow after a version, in order.
    func entries(of workflow: WorkflowID, after version: Int) throws(JournalFault) -> [Entry]
    /// The events after a sequence number, in order, at most `limit` (1…10,000).
    func entries(after seq: Int64, limit: Int) throws(JournalFault) -> [Entry]
    /// A stored blob; nil when there is none of this digest.
    func blob(_ digest: Digest) throws(JournalFault) -> [UInt8]?

    /// A window of the queue.
    func queue(_ query: QueueQuery) throws(JournalFault) -> QueueWindow
    /// The item of this number.
    func item(number: Int64) throws(JournalFault) -> ItemReference?
    /// A window of the list of workflows, newest first.
    func workflows(_ query: WorkflowQuery) throws(JournalFault) -> WorkflowWindow

    /// The workflows in which something is due by this time, and when the next is due after it.
    func due(by now: Instant) throws(JournalFault) -> DueWork
    /// The workflows whose undo chain is running or stuck.
    func unwinding() throws(JournalFault) -> [WorkflowID]
    /// Open items by agent account and name.
    func openItems(agent: String) throws(JournalFault) -> Int
    /// When each operation last undid something for certain.
    func proofs() throws(JournalFault) -> [String: Instant]

    /// A setting of the store (its redaction key, its clock's anchor); nil when never set.
    func setting(_ name: String) throws(JournalFault) -> [UInt8]?
    /// Keeps a setting, durably.
    func keep(_ value: [UInt8], as name: String) throws(JournalFault)
    /// How large the store is, in bytes.
    func size() throws(JournalFault) -> Int64
    /// What keeps the store from being written, as far as can be seen without writing; nil: nothing.
    var obstacle: JournalFault? { get }
    /// What about the store needs somebody's attention although it works, in sentences.
    var complaints: [String] { get }
}

extension Journal {
    /// Nothing can be seen of a store that is not on a disk.
    public var obstacle: JournalFault? { nil }
    /// Nothing to complain of.
    public var complaints: [String] { [] }
}

/// The end of the chain.
public struct JournalHead: Sendable, Hashable {
    /// The last event's number; 0 before the first.
    public var seq: Int64
    /// The last event's hash; ``Entry/origin`` before the first.
    public var hash: Digest
    /// The time of the last event; nil before the first.
    public var at: Instant?
    /// The number that the next item gets, from 1.
    public var nextItemNumber: Int64

    /// A head of these parts.
    public init(seq: Int64, hash: Digest, at: Instant?, nextItemNumber: Int64) {
        self.seq = seq
        self.hash = hash
        self.at = at
        self.nextItemNumber = nextItemNumber
    }
}

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
    /// Words that must occur, in any letter case, in number, workflow, step, action, summary or agent.
    public var text: String?
    /// The order.
    public var sort: Sort
    /// From 0.
    public var offset: Int
    /// 1…1,000.
    public var limit: Int
    /// What "less than two minutes left" is measured from.
    public var now: Instant

    /// A query with everything open in it.
    public init(
        states: [ItemState]? = nil,
        queue: String? = nil,
        workflow: WorkflowID? = nil,
        text: String? = nil,
        sort: Sort = .urgency,
        offset: Int = 0,
        limit: Int = 50,
        now: Instant
    ) {
        self.states = states
        self.queue = queue
        self.workflow = workflow
        self.text = text
        self.sort = sort
        self.offset = offset
        self.limit = limit
        self.now = now
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

    /// A window of these parts.
    public init(rows: [WorkflowRow], total: Int) {
        self.rows = rows
        self.total = total
    }
}

/// What is due, and when more will be.
public struct DueWork: Sendable, Hashable {
    /// The workflows.
    public var workflows: [WorkflowID]
    /// When more will be due; nil: never.
    public var next: Instant?

    /// Work of these parts.
    public init(workflows: [WorkflowID], next: Instant?) {
        self.workflows = workflows
        self.next = next
    }
}
