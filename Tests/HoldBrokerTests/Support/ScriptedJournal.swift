import HoldCore
import HoldJournal
import Synchronization

/// A journal in memory whose appends go as a script says, and that can be away.
final class ScriptedJournal: Journal {
    enum Turn {
        case good
        /// Nothing is there, and the store says so.
        case refused
        /// Everything is there, and nobody knows.
        case unknownApplied
        /// Nothing is there, and nobody knows.
        case unknownLost
        /// Everything is there, nobody knows, and the store goes away.
        case appliedThenAway
        /// Nothing is there, nobody knows, and the store goes away.
        case lostThenAway
    }

    struct State {
        var script: [Turn] = []
        var isAway = false
        /// Whether only the question what is due fails.
        var isDueAway = false
        var appends = 0
        var reopens = 0
        /// How many events each append held.
        var sizes: [Int] = []
    }

    static let fault = JournalFault(.io, "the disk is on fire")
    let memory = MemoryJournal()
    let state = Mutex(State())

    var checksHashes: Bool { memory.checksHashes }
    var appends: Int { state.withLock { $0.appends } }
    var reopens: Int { state.withLock { $0.reopens } }
    var sizes: [Int] { state.withLock { $0.sizes } }

    func next(_ turns: Turn...) { state.withLock { $0.script = turns } }
    func isAway(_ isAway: Bool) { state.withLock { $0.isAway = isAway } }
    func isDueAway(_ isAway: Bool) { state.withLock { $0.isDueAway = isAway } }

    func append(_ batch: Batch) -> AppendOutcome {
        let turn = state.withLock { state in
            state.appends += 1
            state.sizes.append(batch.events.count)
            return state.script.isEmpty ? .good : state.script.removeFirst()
        }
        switch turn {
        case .good: return memory.append(batch)
        case .refused: return .refused(Self.fault)
        case .unknownLost: return .unknown(Self.fault)
        case .appliedThenAway:
            _ = memory.append(batch)
            isAway(true)
            return .unknown(Self.fault)
        case .lostThenAway:
            isAway(true)
            return .unknown(Self.fault)
        case .unknownApplied:
            _ = memory.append(batch)
            return .unknown(Self.fault)
        }
    }

    private func here() throws(JournalFault) {
        if state.withLock({ $0.isAway }) { throw Self.fault }
    }

    func reopen() throws(JournalFault) {
        state.withLock { $0.reopens += 1 }
        try here()
    }

    func head() throws(JournalFault) -> JournalHead {
        try here()
        return try memory.head()
    }

    func entries(of workflow: WorkflowKey, after version: Int) throws(JournalFault) -> [Entry] {
        try here()
        return try memory.entries(of: workflow, after: version)
    }

    func entries(after seq: Int64, limit: Int) throws(JournalFault) -> [Entry] {
        try here()
        return try memory.entries(after: seq, limit: limit)
    }

    func entries(_ query: EntryQuery) throws(JournalFault) -> EntryWindow {
        try memory.entries(query)
    }
    func rows(
        of items: Set<ItemReference>
    ) throws(JournalFault) -> [ItemReference: ItemRow] {
        try memory.rows(of: items)
    }
    func figures(_ query: FigureQuery) throws(JournalFault) -> FigureSource {
        try memory.figures(query)
    }
    func blob(_ digest: Digest) throws(JournalFault) -> [UInt8]? { try memory.blob(digest) }
    func queue(_ query: QueueQuery) throws(JournalFault) -> QueueWindow { try memory.queue(query) }
    func courtesies(at now: Instant, limit: Int) throws(JournalFault) -> CourtesyWindow {
        try memory.courtesies(at: now, limit: limit)
    }
    func item(number: Int64) throws(JournalFault) -> ItemReference? {
        try memory.item(number: number)
    }
    func workflows(_ query: WorkflowQuery) throws(JournalFault) -> WorkflowWindow {
        try memory.workflows(query)
    }
    func workflows(named text: String) throws(JournalFault) -> [WorkflowRow] {
        try memory.workflows(named: text)
    }
    func due(by now: Instant) throws(JournalFault) -> DueWork {
        try here()
        if state.withLock({ $0.isDueAway }) { throw Self.fault }
        return try memory.due(by: now)
    }
    func unwinding() throws(JournalFault) -> [WorkflowKey] { try memory.unwinding() }
    func openItems(of account: Account) throws(JournalFault) -> Int {
        try memory.openItems(of: account)
    }
    func proofs() throws(JournalFault) -> [String: Instant] { try memory.proofs() }
    func setting(_ name: String) throws(JournalFault) -> [UInt8]? { try memory.setting(name) }
    func keep(_ value: [UInt8], as name: String) throws(JournalFault) {
        try here()
        try memory.keep(value, as: name)
    }
    func size() throws(JournalFault) -> Int64 { try memory.size() }
}
