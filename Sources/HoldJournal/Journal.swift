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
    func entries(of workflow: WorkflowKey, after version: Int) throws(JournalFault) -> [Entry]
    /// The events after a sequence number, in order, at most `limit` (1…10,000).
    func entries(after seq: Int64, limit: Int) throws(JournalFault) -> [Entry]
    /// The events that an audit asks for, and how far it has come.
    func entries(_ query: EntryQuery) throws(JournalFault) -> EntryWindow
    /// A stored blob; nil when there is none of this digest.
    func blob(_ digest: Digest) throws(JournalFault) -> [UInt8]?

    /// A window of the queue.
    func queue(_ query: QueueQuery) throws(JournalFault) -> QueueWindow
    /// What is taken on or put off at this time, at most `limit` (1…1,000) of each.
    func courtesies(at now: Instant, limit: Int) throws(JournalFault) -> CourtesyWindow
    /// The item of this number.
    func item(number: Int64) throws(JournalFault) -> ItemReference?
    /// The rows of these items, as far as there are any.
    func rows(of items: Set<ItemReference>) throws(JournalFault) -> [ItemReference: ItemRow]
    /// A window of the list of workflows, newest first.
    func workflows(_ query: WorkflowQuery) throws(JournalFault) -> WorkflowWindow
    /// The workflows that agents call so, of whatever account, in the order of their keys.
    func workflows(named text: String) throws(JournalFault) -> [WorkflowRow]
    /// What figures are worked out from.
    func figures(_ query: FigureQuery) throws(JournalFault) -> FigureSource

    /// The workflows in which something is due by this time, and when the next is due after it.
    func due(by now: Instant) throws(JournalFault) -> DueWork
    /// The workflows whose undo chain is running or stuck.
    func unwinding() throws(JournalFault) -> [WorkflowKey]
    /// How many items of this account wait for a decision.
    func openItems(of account: Account) throws(JournalFault) -> Int
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
