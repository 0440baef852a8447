public import HoldCore

/// Everything that one transaction makes durable.
public struct Batch: Sendable {
    /// The events in their order.
    public var events: [EventDraft] = []
    /// For each touched workflow, the version that the events were decided on.
    public var expected: [WorkflowKey: Int] = [:]
    /// Big things by digest; one that is there already stays.
    public var blobs: [Digest: [UInt8]] = [:]
    /// The projections that changed.
    public var items: [ItemRow] = []
    /// The workflows.
    public var workflows: [WorkflowRow] = []
    /// When an operation undid something for certain.
    public var proofs: [String: Instant] = [:]

    /// A batch with nothing in it.
    public init() {}

    /// Whether there is anything to make durable.
    public var isEmpty: Bool { events.isEmpty && blobs.isEmpty }
}

/// What became of an append.
public enum AppendOutcome: Sendable {
    /// Durable, all of it.
    case durable([Entry])
    /// Nothing of it is there: another writer was first with this workflow.
    case lostRace(WorkflowKey)
    /// Nothing of it is there, and why.
    case refused(JournalFault)
    /// Nobody knows: reopen, read back by key, and only then answer (I1).
    case unknown(JournalFault)
}

/// A failure of the store, for logs and for a plain sentence to agents.
public struct JournalFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What to branch on; the words are those that clients are told.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// No room left.
        case full = "store_full"
        /// Another process holds the store.
        case busy = "store_busy"
        /// The store may not be written.
        case readOnly = "store_read_only"
        /// The disk or the server failed.
        case io = "io_error"
        /// What was read is not what was written.
        case corrupt = "store_corrupt"
        /// The store was written by another version, or is no journal.
        case foreign = "store_foreign"
    }

    /// What to branch on.
    public var code: Code
    /// The whole story, for the log.
    public var context: String

    /// A fault with its story.
    public init(_ code: Code, _ context: String) {
        self.code = code
        self.context = context
    }

    /// The fault in one line.
    public var description: String { "\(code.rawValue): \(context)" }
}
