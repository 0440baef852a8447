import HoldCore
import HoldJournal
import Synchronization

/// A journal that fails as the world has it, and notes what became part of it.
///
/// The real one behind it is either kind of store; what it holds survives a crash of the service.
final class FaultJournal: Journal {
    /// What is to become of an append.
    enum Fate: Sendable {
        case good
        /// Nothing is there, and the store says so.
        case refused
        /// Nothing is there, and nobody knows.
        case lost
        /// Everything is there, and nobody knows.
        case applied
        /// The process dies before the commit.
        case crashBefore
        /// The process dies after the commit.
        case crashAfter
    }

    private struct State {
        var inner: any Journal
        var fates: [Fate] = []
        var isAway = false
        var hasCrashed = false
        var commits: [[Entry]] = []
        var drafts: [[EventDraft]] = []
        var fault = JournalFault(.io, "the disk is on fire")
        var spent: [Fate] = []
    }

    private let state: Mutex<State>

    init(_ inner: any Journal) { state = Mutex(State(inner: inner)) }

    var checksHashes: Bool { inner.checksHashes }

    /// The store itself, whatever fails just now.
    var inner: any Journal { state.withLock { $0.inner } }

    /// Whether the process is to be taken for dead: nothing that it does any more reaches anyone.
    var hasCrashed: Bool { state.withLock { $0.hasCrashed } }

    /// The fates of the appends to come, in order; behind them all is well.
    func plan(_ fates: [Fate], fault: JournalFault) {
        state.withLock {
            $0.fates = fates
            $0.fault = fault
            $0.spent = []
        }
    }

    /// The fates that came true since they were planned.
    var spent: [Fate] { state.withLock { $0.spent } }

    func goAway(_ isAway: Bool) { state.withLock { $0.isAway = isAway } }

    /// The process is gone; the next one opens what is there.
    func restart(on inner: (any Journal)? = nil) {
        state.withLock { state in
            state.hasCrashed = false
            state.fates = []
            if let inner { state.inner = inner }
        }
    }

    /// What was committed since the last call, told or not.
    func takeCommits() -> [(entries: [Entry], drafts: [EventDraft])] {
        state.withLock { state in
            defer {
                state.commits = []
                state.drafts = []
            }
            return Array(zip(state.commits, state.drafts))
        }
    }

    func append(_ batch: Batch) -> AppendOutcome {
        state.withLock { state in
            guard !state.hasCrashed, !state.isAway else { return .refused(state.fault) }
            let fate = state.fates.isEmpty ? .good : state.fates.removeFirst()
            state.spent.append(fate)
            switch fate {
            case .refused: return .refused(state.fault)
            case .lost: return .unknown(state.fault)
            case .crashBefore:
                state.hasCrashed = true
                return .refused(state.fault)
            case .good, .applied, .crashAfter: break
            }
            let outcome = state.inner.append(batch)
            guard case .durable(let entries) = outcome else { return outcome }
            if !entries.isEmpty {
                state.commits.append(entries)
                state.drafts.append(batch.events)
            }
            switch fate {
            case .applied: return .unknown(state.fault)
            case .crashAfter:
                state.hasCrashed = true
                return outcome
            case .good, .refused, .lost, .crashBefore: return outcome
            }
        }
    }

    /// The store, if it can be reached.
    private func here() throws(JournalFault) -> any Journal {
        let (inner, fault) = state.withLock { state in
            (state.inner, state.isAway || state.hasCrashed ? state.fault : nil)
        }
        if let fault { throw fault }
        return inner
    }

    func reopen() throws(JournalFault) { try here().reopen() }
    func head() throws(JournalFault) -> JournalHead { try here().head() }
    func entries(of workflow: WorkflowKey, after version: Int) throws(JournalFault) -> [Entry] {
        try here().entries(of: workflow, after: version)
    }
    func entries(after seq: Int64, limit: Int) throws(JournalFault) -> [Entry] {
        try here().entries(after: seq, limit: limit)
    }
    func entries(_ query: EntryQuery) throws(JournalFault) -> EntryWindow {
        try here().entries(query)
    }
    func rows(
        of items: Set<ItemReference>
    ) throws(JournalFault) -> [ItemReference: ItemRow] {
        try here().rows(of: items)
    }
    func figures(_ query: FigureQuery) throws(JournalFault) -> FigureSource {
        try here().figures(query)
    }
    func blob(_ digest: Digest) throws(JournalFault) -> [UInt8]? { try here().blob(digest) }
    func queue(_ query: QueueQuery) throws(JournalFault) -> QueueWindow {
        try here().queue(query)
    }
    func courtesies(at now: Instant, limit: Int) throws(JournalFault) -> CourtesyWindow {
        try here().courtesies(at: now, limit: limit)
    }
    func item(number: Int64) throws(JournalFault) -> ItemReference? {
        try here().item(number: number)
    }
    func workflows(_ query: WorkflowQuery) throws(JournalFault) -> WorkflowWindow {
        try here().workflows(query)
    }
    func workflows(named text: String) throws(JournalFault) -> [WorkflowRow] {
        try here().workflows(named: text)
    }
    func due(by now: Instant) throws(JournalFault) -> DueWork { try here().due(by: now) }
    func unwinding() throws(JournalFault) -> [WorkflowKey] { try here().unwinding() }
    func openItems(of account: Account) throws(JournalFault) -> Int {
        try here().openItems(of: account)
    }
    func proofs() throws(JournalFault) -> [String: Instant] { try here().proofs() }
    func setting(_ name: String) throws(JournalFault) -> [UInt8]? { try here().setting(name) }
    func keep(_ value: [UInt8], as name: String) throws(JournalFault) {
        try here().keep(value, as: name)
    }
    func size() throws(JournalFault) -> Int64 { try here().size() }
}
