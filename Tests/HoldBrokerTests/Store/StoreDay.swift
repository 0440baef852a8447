import HoldBroker
import HoldCore
import HoldJournal
import HoldJournalSQLite
import TestAccounts
import Testing

/// A fixed day of agents, people and executors over a journal that fails.
///
/// Whoever is told "not done, or nobody knows" asks again with the same ids, as clients do. What anybody
/// was told is kept, and compared with the journal in the end (I1).
struct StoreDay {
    /// What one asks for, given what clients know.
    typealias Ask = @Sendable (StoreDay) -> (workflow: WorkflowKey, Party, Submission.Request)

    private(set) var journal: SQLiteJournal?
    private(set) var broker: Broker
    private(set) var now = Instant(milliseconds: 1_795_262_400_000)
    /// How far the script has come.
    private(set) var place = 0
    /// What clients last heard of each workflow.
    private(set) var known: [WorkflowKey: Workflow] = [:]
    /// Every state that anybody was told.
    private(set) var told: [Workflow] = []
    /// Every event that was published.
    private(set) var published: [Int64: Digest] = [:]
    /// Every undo that an executor ran, in order.
    private(set) var undone: [UndoCall] = []
    private(set) var faults: [JournalFault] = []
    private var tickets: UInt64 = 0

    /// Before the first service of the day has started.
    init() throws { broker = try StoreDay.broker(MemoryJournal()) }

    private static func broker(_ journal: any Journal) throws -> Broker {
        try Broker(
            journal: journal,
            manifest: .sample,
            separation: .enforced,
            redactionKey: [1]
        )
    }

    /// The process ends here: nothing but what clients were told outlives it.
    mutating func end() throws {
        journal?.close()
        // The broker holds its journal too, so it gets another.
        broker = try StoreDay.broker(MemoryJournal())
        journal = nil
    }

    /// Another process takes over.
    ///
    /// - Throws: What keeps it from starting; then nothing has started.
    mutating func start(_ open: () throws -> SQLiteJournal) throws {
        let opened = try open()
        do {
            var started = try StoreDay.broker(opened)
            let effects = try started.resume(at: now)
            journal = opened
            broker = started
            carry(effects)
        } catch {
            opened.close()
            throw error
        }
    }

    // MARK: - The script

    private static let a = WorkflowKey("a")
    private static let b = WorkflowKey("b")
    private static let c = WorkflowKey("c")

    /// P0–P8 of the store, each at least once: proposals, runs, decisions by people and by time, undos.
    static let script: [Ask] = [
        { _ in (a, .bot, proposal("1", "deploy")) },
        { $0.finish("1", in: a) },
        { _ in (a, .bot, proposal("2", "deploy")) },
        { $0.finish("2", in: a) },
        { _ in (b, .bot, proposal("1", "change")) },
        { _ in (b, .ann, .command(.claim("1", nil))) },
        { _ in (b, .ben, .command(.snooze("1", Span(seconds: 60)))) },
        { _ in (b, .ben, .command(.note("1", "look"))) },
        { _ in (a, .bot, proposal("3", "note")) },
        { $0.finish("3", in: a) },
        { $0.review("1", .approve, in: b, by: .ann) },
        { _ in (b, .bot, .command(.collect("1"))) },
        { $0.finish("1", in: b) },
        { $0.review("2", .approve, in: a, by: .ben) },
        { $0.review("1", .reject, in: a, by: .ann) },
        { _ in (a, .bot, .settle) },
        { _ in (c, .bot, proposal("1", "deploy")) },
        { $0.finish("1", in: c) },
        { _ in (c, .bot, proposal("2", "change")) },
        { _ in (Workflow.control, .ann, .command(.noteShift("see you"))) },
        { _ in (Workflow.control, .ann, .command(.halt(.everything, reason: "lunch"))) },
        { _ in (Workflow.control, .ben, .command(.resume(.everything, reason: "back"))) },
        { _ in (c, .bot, .command(.withdraw("2", reason: "not needed"))) },
        { _ in (c, .bot, proposal("3", "change")) },
    ]

    private func finish(
        _ step: StepID,
        in id: WorkflowKey
    ) -> (workflow: WorkflowKey, Party, Submission.Request) {
        let permit = known[id]?.step(step)?.permit?.id ?? ""
        let report = StepReport(step: step, permit: permit, outcome: .succeeded)
        return (id, .bot, .command(.finish(report)))
    }

    private func review(
        _ step: StepID,
        _ verdict: Review.Verdict,
        in id: WorkflowKey,
        by party: Party
    ) -> (workflow: WorkflowKey, Party, Submission.Request) {
        let digest = known[id]?.step(step)?.digest ?? Digest(of: [UInt8]())
        let draft = ReviewDraft(step: step, verdict: verdict, digest: digest, reason: "so")
        return (id, party, .command(.review(draft)))
    }

    /// Plays the script on to a place in it, or until it is told to stop.
    mutating func play(
        to end: Int = StoreDay.script.count,
        until isOver: (StoreDay) -> Bool = { _ in false }
    ) {
        while place < end {
            let isDone = ask(StoreDay.script[place])
            if isOver(self) { return }
            if isDone { place += 1 } else { passTime(Span(seconds: 1)) }
            if isOver(self) { return }
            guard faults.count < 200 else {
                Issue.record("it does not heal: \(faults.prefix(6)) … \(faults.suffix(1))")
                return
            }
        }
    }

    /// Everything still open runs out of its time, and what that undoes is undone.
    mutating func rest(until isOver: (StoreDay) -> Bool = { _ in false }) {
        for _ in 0..<6 {
            passTime(Span(minutes: 60))
            if isOver(self) { return }
            for _ in 0..<4 {
                passTime(Span(seconds: 1))
                if isOver(self) { return }
            }
        }
    }

    /// Whether it was answered, one way or the other.
    private mutating func ask(_ ask: Ask) -> Bool {
        tickets += 1
        let ticket = Ticket(tickets)
        let (workflow, party, request) = ask(self)
        let effects = broker.process(
            [Submission(ticket: ticket, workflow: workflow, party: party, request: request)],
            at: now
        )
        carry(effects)
        for case .answer(ticket, .unavailable) in effects { return false }
        return true
    }

    mutating func passTime(_ span: Span) {
        now = now + span
        carry(broker.passTime(at: now))
    }

    private mutating func carry(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .answer(_, .done(let workflow, _)):
                told.append(workflow)
                known[workflow.id] = workflow
            case .answer(_, .unavailable(let fault)): faults.append(fault)
            case .answer(_, .refused(let refusal)):
                // What was done in doubt is done: who asks again learns that.
                if case .alreadyDecided = refusal { continue }
                if case .conflict = refusal { continue }
                Issue.record("refused: \(refusal)")
            case .answer(_, .reviewed): break
            case .publish(let publication):
                for entry in publication.entries { published[entry.seq] = entry.hash }
                for change in publication.changes { told.append(change.workflow) }
            case .runUndo(let call, _):
                undone.append(call)
                let report = Submission(
                    ticket: nil,
                    workflow: call.workflow,
                    party: .service,
                    request: .command(
                        .reportUndo(call.step, attempt: call.attempt, .done(.undone, detail: nil))
                    )
                )
                carry(broker.process([report], at: now))
            case .wake, .runDrill: break
            }
        }
    }

    // MARK: - What must be true

    /// Compares everything that was told with what a journal holds.
    func check(_ journal: any Journal, _ story: String) throws {
        let entries = try journal.entries(after: 0, limit: 10_000)
        var states: [WorkflowKey: [Workflow]] = [:]
        for entry in entries {
            var state = states[entry.workflow]?.last ?? Workflow(id: entry.workflow)
            state.evolve(
                try Event(type: entry.type, data: entry.data),
                at: entry.at,
                by: entry.actor
            )
            states[entry.workflow, default: []].append(state)
        }
        for state in told where state.version > 0 {
            let stored = states[state.id]?.dropFirst(state.version - 1).first
            let isThere = stored == state
            #expect(isThere, "told of version \(state.version) of \(state.id.text): \(story)")
        }
        for (seq, hash) in published {
            let entry = entries.dropFirst(Int(seq) - 1).first
            #expect(entry?.hash == hash, "published what is not there: \(story)")
        }
        for call in undone {
            let isThere = states[call.workflow]?.contains {
                $0.step(call.step)?.link.state == .undoStarted
            }
            #expect(isThere == true, "undone before it was written: \(story)")
        }
        #expect(try AuditVerifier.verify(journal).ok, "the chain is broken: \(story)")
    }

    /// Where the day must end, whatever happened in it.
    func checkEnd(_ story: String) throws {
        let journal = try #require(journal)
        try check(journal, story)
        #expect(broker.obstacle == nil, "it still says that it cannot write: \(story)")
        let (a, b, c) = (StoreDay.a, StoreDay.b, StoreDay.c)
        for id in [a, b, c] {
            let state = try fold(id)
            let isSettled = state.pendingItems.isEmpty && !state.phase.isUnwinding
            #expect(isSettled, "\(id.text) has not come to rest: \(story)")
        }
        let (one, two, three) = (try fold(a), try fold(b), try fold(c))
        #expect(one.step("1")?.item?.state == .rejected, "\(story)")
        #expect(one.step("2")?.item?.state == .approved, "\(story)")
        #expect(one.phase == .rolledBack, "\(one.phase) \(story)")
        #expect(two.step("1")?.item?.state == .approved, "\(story)")
        #expect(two.step("1")?.outcome == .succeeded, "\(story)")
        #expect(three.step("1")?.item?.state == .timeout, "\(story)")
        #expect(three.step("2")?.item?.state == .withdrawn, "\(story)")
        #expect(three.phase == .rolledBack, "\(three.phase) \(story)")
        // Newest first, each with one key however often it was run (I7, I10).
        var order: [StepID] = []
        for call in undone where call.workflow == a && order.last != call.step {
            order.append(call.step)
        }
        #expect(order == ["3", "2", "1"] || order == ["2", "1"], "\(order) \(story)")
    }

    private func fold(_ id: WorkflowKey) throws -> Workflow {
        let entries = try journal?.entries(of: id, after: 0) ?? []
        return try entries.reduce(into: Workflow(id: id)) { state, entry in
            state.evolve(
                try Event(type: entry.type, data: entry.data),
                at: entry.at,
                by: entry.actor
            )
        }
    }
}
