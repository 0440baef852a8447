package import HoldCore
package import HoldJournal

/// The one writer: decides everything queued, appends it in one commit, then answers.
///
/// A value with neither clock, threads nor sockets, so that a simulator can drive what production runs.
/// Whoever owns it calls ``process(_:at:)`` and carries the effects out in their order. Effects may run
/// twice after a crash: each is harmless the second time.
package struct Broker: Sendable {
    /// The most commands in one commit.
    package static let batchLimit = 512

    let journal: any Journal
    package private(set) var manifest: Manifest
    package let separation: Separation
    let redactionKey: [UInt8]
    var cache: WorkflowCache
    var nextItemNumber: Int64
    package internal(set) var provenAt: [String: Instant]
    var openItems: [Account: Int] = [:]
    var rates: [Account: ProposalRate] = [:]
    package internal(set) var halts: Halts
    package internal(set) var drills: [String: Drills]
    var waiters = Waiters()
    private var nextWake: Instant?
    /// The journal's end as far as it was published.
    var publishedSeq: Int64
    /// Whether nobody knows what became of an append; everything is read anew before anything else.
    var isInDoubt = false
    /// Why nothing can be written at present, as the last attempt had it; nil when it was taken.
    package internal(set) var obstacle: JournalFault?
    /// When it was last tried to write something.
    private var triedAt: Instant?
    /// Undo reports that a failing store could not take: no executor says them twice, so they are kept.
    var untaken: [Submission] = []

    /// A broker over a journal, with what it says folded.
    ///
    /// - Throws: `JournalFault` when the journal cannot be read.
    package init(
        journal: any Journal,
        manifest: Manifest,
        separation: Separation,
        redactionKey: [UInt8],
        cacheLimit: Int = 4096
    ) throws(JournalFault) {
        self.journal = journal
        self.manifest = manifest
        self.separation = separation
        self.redactionKey = redactionKey
        cache = WorkflowCache(limit: cacheLimit)
        let head = try journal.head()
        nextItemNumber = head.nextItemNumber
        publishedSeq = head.seq
        provenAt = try journal.proofs()
        let control = try Broker.fold(Workflow.control, from: journal)
        (halts, drills) = (control.halts, control.drills)
    }

    /// Puts another manifest in force: for what is proposed from now on.
    package mutating func use(_ manifest: Manifest) { self.manifest = manifest }

    /// What a start has to do: undos that were running go on with the same key (I10).
    ///
    /// - Throws: `JournalFault` when the journal cannot be read.
    package mutating func resume(at now: Instant) throws(JournalFault) -> [Effect] {
        var effects: [Effect] = []
        if let drill = try load(Workflow.control).drillToRun(isInDoubt: true) {
            effects.append(.runDrill(drill))
        }
        for id in try journal.unwinding() {
            let workflow = try load(id)
            if let call = workflow.runningUndo {
                effects.append(.runUndo(call, owner: workflow.id.account))
            }
        }
        return effects + passTime(at: now)
    }

    /// Does what is due in every workflow, and says when to come again.
    package mutating func passTime(at now: Instant) -> [Effect] {
        var effects: [Effect] = []
        do {
            effects = try recover()
            let due = try journal.due(by: now)
            nextWake = due.next
            let submissions =
                untaken
                + due.workflows.prefix(Broker.batchLimit).map {
                    Submission(ticket: nil, workflow: $0, party: .service, request: .passTime)
                }
            untaken = []
            if !submissions.isEmpty { effects += process(submissions, at: now) }
            if due.workflows.count > Broker.batchLimit {
                // What got on goes on at once; a store that fails is not asked in a tight circle.
                let isDone = effects.contains(where: \.isPublication)
                nextWake = isDone ? now : now + Broker.pause
            }
            if let nextWake { effects.append(.wake(at: nextWake)) }
        } catch {
            // The store is away: nothing is lost by asking again soon.
            obstacle = error
            return effects + [askAgainSoon(after: now)]
        }
        // Else a store that heals while nobody asks for anything would look broken for ever.
        return obstacle == nil ? effects : effects + probe(at: now)
    }

    /// Writes something that nobody asked for, unless it was tried just now: whether the store can be
    /// written is tried, not supposed.
    package mutating func probe(at now: Instant) -> [Effect] {
        if let triedAt, now < triedAt + Broker.pause { return [] }
        var effects: [Effect] = []
        do {
            effects = try recover()
            triedAt = now
            let time = String(now.milliseconds)
            try journal.keep([UInt8](time.utf8), as: "probe")
            obstacle = nil
            return effects
        } catch {
            obstacle = error
        }
        if obstacle?.code == .io {
            // Opened anew, it says what stands in its way.
            isInDoubt = true
            do { effects += try recover() } catch { obstacle = error }
        }
        return effects + [askAgainSoon(after: now)]
    }

    /// How long a store that failed is left alone.
    private static let pause = Span(seconds: 1)

    private mutating func askAgainSoon(after now: Instant) -> Effect {
        let soon = now + Broker.pause
        // A moment that has passed is what could not be done just now.
        let next = nextWake.map { now < $0 ? min($0, soon) : soon } ?? soon
        nextWake = next
        return .wake(at: next)
    }

    /// Decides a batch, makes it durable, and says what to do next.
    ///
    /// Nothing in the effects is untrue if the process dies before it is carried out.
    package mutating func process(_ submissions: [Submission], at now: Instant) -> [Effect] {
        let attempt = decide(submissions, at: now)
        guard attempt.isKept else {
            untaken += Broker.reports(among: submissions)
            return attempt.effects
        }
        return untaken.isEmpty ? attempt.effects : attempt.effects + [askAgainSoon(after: now)]
    }

    private mutating func decide(
        _ submissions: [Submission],
        at now: Instant
    ) -> (effects: [Effect], isKept: Bool) {
        var recovered: [Effect] = []
        do {
            recovered = try recover()
        } catch {
            obstacle = error
            return (turnAway(submissions, error, at: now), false)
        }
        let standing = rates
        // A lost race reloads and decides again; with one writer a store this never happens.
        for _ in 0..<8 {
            rates = standing
            var draft = BatchDraft(
                manifest: manifest,
                separation: separation,
                redactionKey: redactionKey,
                now: now,
                nextItemNumber: nextItemNumber,
                provenAt: provenAt,
                openItems: openItems,
                halts: halts,
                drills: drills
            )
            var registering = waiters
            let replies = submissions.map { submission in
                reply(to: submission, draft: &draft, waiters: &registering)
            }
            do {
                try collectForWaiters(&draft, registering)
            } catch {
                return (recovered + refuse(draft, error, replies, registering), false)
            }
            switch append(draft) {
            case .durable(let entries):
                return (recovered + settle(draft, entries, replies, registering), true)
            case .lostRace:
                do {
                    try readAnew()
                } catch {
                    return (recovered + refuse(draft, error, replies, registering), false)
                }
            case .refused(let fault):
                return (recovered + refuse(draft, fault, replies, registering), false)
            case .unknown(let fault):
                isInDoubt = true
                return (recovered + refuse(draft, fault, replies, registering), false)
            }
        }
        let fault = JournalFault(.busy, "other writers were first eight times in a row")
        return (recovered + turnAway(submissions, fault, at: now), false)
    }

    /// Reports of undos and drills among submissions: what nobody would say again.
    static func reports(among submissions: [Submission]) -> [Submission] {
        submissions.filter { submission in
            switch submission.request {
            case .command(.reportUndo), .command(.reportDrill): return submission.ticket == nil
            case .command, .reviews, .wait, .settle, .awaitDrill, .stopWaiting, .look, .peek,
                .passTime:
                return false
            }
        }
    }

    /// Nothing was decided: everyone is told so.
    private mutating func turnAway(
        _ submissions: [Submission],
        _ fault: JournalFault,
        at now: Instant
    ) -> [Effect] {
        var effects: [Effect] = []
        for submission in submissions {
            guard let ticket = Broker.told(submission, &waiters) else { continue }
            effects.append(.answer(ticket, seen(submission) ?? .unavailable(fault)))
        }
        return effects + [askAgainSoon(after: now)]
    }

    /// What may be seen while nothing can be decided: what is durable, and nothing in doubt is.
    private mutating func seen(_ submission: Submission) -> Answer? {
        let isLook: Bool
        switch submission.request {
        case .look: isLook = true
        case .peek: isLook = false
        case .command, .reviews, .wait, .settle, .awaitDrill, .stopWaiting, .passTime: return nil
        }
        guard let workflow = try? load(submission.workflow) else { return nil }
        do throws(Refusal) {
            if isLook { try guardMayLook(submission.party, into: workflow) }
            return .done(workflow, events: [])
        } catch {
            return .refused(error)
        }
    }

    // MARK: - After the commit

    private mutating func settle(
        _ draft: BatchDraft,
        _ entries: [Entry],
        _ replies: [Reply],
        _ registered: Waiters
    ) -> [Effect] {
        adopt(draft)
        waiters = registered
        var effects = replies.compactMap { $0.effect(in: draft) }
        for id in draft.touched {
            let workflow = draft.workflow(id)
            effects += waiters.release(in: workflow).map {
                .answer($0, .done(workflow, events: []))
            }
            if let wake = workflow.row?.nextWake, nextWake.map({ wake < $0 }) ?? true {
                nextWake = wake
                effects.append(.wake(at: wake))
            }
        }
        if let last = entries.last {
            publishedSeq = last.seq
            effects.append(
                .publish(
                    Publication(
                        seq: last.seq,
                        entries: entries,
                        changes: draft.touched.map {
                            Publication.Change(
                                workflow: draft.workflow($0),
                                events: draft.happened[$0] ?? []
                            )
                        }
                    )
                )
            )
        }
        if draft.happened[Workflow.control]?.contains(where: \.startsDrill) == true,
            let drill = draft.workflow(Workflow.control).drillToRun(isInDoubt: false)
        {
            effects.append(.runDrill(drill))
        }
        for id in draft.touched where draft.happened[id]?.contains(where: \.startsUndo) == true {
            let workflow = draft.workflow(id)
            if let call = workflow.runningUndo {
                effects.append(.runUndo(call, owner: workflow.id.account))
            }
        }
        return effects
    }

    private mutating func adopt(_ draft: BatchDraft) {
        for workflow in draft.current.values where workflow.version > 0 { cache.put(workflow) }
        nextItemNumber = draft.nextItemNumber
        provenAt = draft.provenAt
        // What is counted is bounded, and read again when needed.
        openItems = draft.openItems.count > 1024 ? [:] : draft.openItems
        (halts, drills) = (draft.halts, draft.drills)
    }

    /// Nothing of the batch is there: what touched it is told so, the rest is answered from what is.
    private mutating func refuse(
        _ draft: BatchDraft,
        _ fault: JournalFault,
        _ replies: [Reply],
        _ registered: Waiters
    ) -> [Effect] {
        for id in draft.touched { cache.drop(id) }
        openItems = [:]
        waiters = registered
        var effects: [Effect] = replies.compactMap { reply in
            guard let ticket = reply.ticket else { return nil }
            #if PlantedFaults
                if PlantedFault.active == .answerBeforeCommit, let told = reply.effect(in: draft) {
                    return told
                }
            #endif
            if reply.workflows.contains(where: draft.isTouched)
                || (reply.isRefusal && !draft.touched.isEmpty)
            {
                waiters.remove(ticket)
                return .answer(ticket, .unavailable(fault))
            }
            return reply.effect(in: draft)
        }
        // What was due before the batch is still due.
        if !draft.touched.isEmpty || obstacle != nil {
            effects.append(askAgainSoon(after: draft.now))
        }
        return effects
    }

    /// Appends, and after an unknown outcome finds out what is there (I1).
    private mutating func append(_ draft: BatchDraft) -> AppendOutcome {
        let batch = draft.finished()
        guard !batch.isEmpty else { return .durable([]) }
        triedAt = draft.now
        var outcome = journal.append(batch)
        if case .unknown(let fault) = outcome { outcome = settled(batch, after: fault) }
        switch outcome {
        case .durable: obstacle = nil
        case .refused(let fault), .unknown(let fault): obstacle = fault
        case .lostRace: break
        }
        return outcome
    }

    /// What became of an append that nobody knows the outcome of.
    private func settled(_ batch: Batch, after fault: JournalFault) -> AppendOutcome {
        #if PlantedFaults
            if PlantedFault.active == .trustCommitError { return .refused(fault) }
        #endif
        return readBack(batch, after: fault)
    }

    private func readBack(_ batch: Batch, after fault: JournalFault) -> AppendOutcome {
        do {
            try journal.reopen()
            var found: [Entry] = []
            for (id, version) in batch.expected {
                let wanted = batch.events.filter { $0.workflow == id }
                let there = try journal.entries(of: id, after: version)
                guard there.count >= wanted.count else { return .refused(fault) }
                for (draft, entry) in zip(wanted, there) {
                    let (type, data) = try draft.event.encoded()
                    guard entry.type == type, entry.data == data, entry.at == draft.at,
                        entry.actor == draft.actor, entry.manifest == draft.manifest
                    else { return .refused(fault) }
                }
                found += there.prefix(wanted.count)
            }
            return .durable(found.sorted { $0.seq < $1.seq })
        } catch {
            return .unknown(fault)
        }
    }
}

extension Effect {
    fileprivate var isPublication: Bool {
        if case .publish = self { return true }
        return false
    }
}
