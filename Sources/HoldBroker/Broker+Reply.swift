package import HoldCore
package import HoldJournal

/// What will be said to one submission, once the batch is durable.
struct Reply: Sendable {
    var ticket: Ticket?
    /// What it depends on: refused with the batch if any of these has events in it.
    var workflows: [WorkflowKey]
    var content: Content

    enum Content: Sendable {
        case answer(Answer)
        /// The workflow as it is at the end of the batch.
        case state(WorkflowKey, events: [Event])
        /// A waiter whose goal is not reached yet: answered when it is.
        case later
    }

    /// Whether something is refused: for what holds in the whole batch, such as a halt or a count.
    var isRefusal: Bool {
        guard case .answer(.refused) = content else { return false }
        return true
    }

    func effect(in draft: BatchDraft) -> Effect? {
        guard let ticket else { return nil }
        switch content {
        case .answer(let answer): return .answer(ticket, answer)
        case .state(let id, let events):
            return .answer(ticket, .done(draft.workflow(id), events: events))
        case .later: return nil
        }
    }
}

extension Broker {
    /// Decides one submission into the draft.
    mutating func reply(
        to submission: Submission,
        draft: inout BatchDraft,
        waiters: inout Waiters
    ) -> Reply {
        do {
            return try replyOrFault(to: submission, draft: &draft, waiters: &waiters)
        } catch {
            untaken += Broker.reports(among: [submission])
            return Reply(
                ticket: Broker.told(submission, &waiters),
                workflows: [submission.workflow],
                content: .answer(.unavailable(error))
            )
        }
    }

    /// Who is to be told when a submission fails: whoever was to stop waiting, if it still waits.
    static func told(_ submission: Submission, _ waiters: inout Waiters) -> Ticket? {
        guard case .stopWaiting(let ticket) = submission.request else { return submission.ticket }
        return waiters.remove(ticket) == nil ? nil : ticket
    }

    private mutating func replyOrFault(
        to submission: Submission,
        draft: inout BatchDraft,
        waiters: inout Waiters
    ) throws(JournalFault) -> Reply {
        let id = submission.workflow
        try load(id, into: &draft)
        var reply = Reply(
            ticket: submission.ticket,
            workflows: [id],
            content: .state(id, events: [])
        )
        switch submission.request {
        case .command(let command):
            try countOpenItems(of: submission.party, into: &draft)
            do throws(Refusal) {
                try admit(command, by: submission.party, at: draft.now)
                let events = try draft.decide(command, in: id, by: submission.party)
                if !events.isEmpty { draft.add(submission.blobs) }
                try draft.guardNotLate(events, in: id)
                reply.content = .state(id, events: events)
            } catch {
                reply.content = .answer(.refused(error))
            }
        case .reviews(let reviews):
            let results = try decide(reviews, by: submission.party, into: &draft)
            reply.workflows = reviews.map(\.workflow)
            reply.content = .answer(.reviewed(results))
        case .wait(let step):
            reply.content = wait(for: .step(step), submission, &draft, &waiters)
        case .settle:
            reply.content = wait(for: .settled, submission, &draft, &waiters)
        case .awaitDrill(let key):
            reply.content = wait(for: .drill(key), submission, &draft, &waiters)
        case .stopWaiting(let ticket):
            // The answer goes to the ticket that waits, unless it was answered in the meantime.
            reply.ticket = waiters.remove(ticket) == nil ? nil : ticket
        case .look:
            do throws(Refusal) {
                try guardMayLook(submission.party, into: draft.workflow(id))
            } catch {
                reply.content = .answer(.refused(error))
            }
        case .peek: break
        case .passTime:
            draft.passTime(in: id)
        }
        return reply
    }

    private func wait(
        for goal: Waiters.Goal,
        _ submission: Submission,
        _ draft: inout BatchDraft,
        _ waiters: inout Waiters
    ) -> Reply.Content {
        let id = submission.workflow
        do throws(Refusal) {
            if case .step(let step) = goal {
                _ = try draft.decide(.collect(step), in: id, by: submission.party)
            } else {
                draft.passTime(in: id)
                try guardMayLook(submission.party, into: draft.workflow(id))
            }
        } catch {
            return .answer(.refused(error))
        }
        guard let ticket = submission.ticket, !goal.isReached(in: draft.workflow(id)) else {
            return .state(id, events: [])
        }
        waiters.add(ticket, in: id, for: goal)
        return .later
    }

    func guardMayLook(_ party: Party, into workflow: Workflow) throws(Refusal) {
        guard workflow.version > 0 else { throw .unknownWorkflow(workflow.id) }
        if case .agent(let agent) = party { try workflow.guardOwner(agent) }
    }

    private mutating func decide(
        _ reviews: [(workflow: WorkflowKey, review: ReviewDraft)],
        by party: Party,
        into draft: inout BatchDraft
    ) throws(JournalFault) -> [Result<Workflow, Refusal>] {
        // All are read before any is decided: a store that fails then leaves nothing half done.
        for (id, _) in reviews { try load(id, into: &draft) }
        var results: [Result<Workflow, Refusal>] = []
        for (id, review) in reviews {
            do throws(Refusal) {
                let events = try draft.decide(.review(review), in: id, by: party)
                try draft.guardNotLate(events, in: id)
                results.append(.success(draft.workflow(id)))
            } catch {
                results.append(.failure(error))
            }
        }
        return results
    }

    /// Steps that somebody waits for begin in the commit that lets them: one commit less to wait.
    mutating func collectForWaiters(
        _ draft: inout BatchDraft,
        _ waiters: Waiters
    ) throws(JournalFault) {
        let isControlChanged = draft.isTouched(Workflow.control)
        for id in isControlChanged ? waiters.workflows : draft.touched {
            try load(id, into: &draft)
            for step in waiters.steps(in: id) {
                // A refusal here only says that the step still has to wait.
                _ = try? draft.decide(.collect(step), in: id, by: .service)
            }
        }
    }

    private mutating func admit(
        _ command: Command,
        by party: Party,
        at now: Instant
    ) throws(Refusal) {
        guard case .propose = command, case .agent(let agent) = party else { return }
        if rates.count > 1024 { rates = rates.filter { !$0.value.isIdle(at: now) } }
        try rates[agent.account, default: ProposalRate()].admit(
            at: now,
            limit: manifest.defaults.proposalsPerSecond.value,
            account: agent.user
        )
    }

    private func countOpenItems(
        of party: Party,
        into draft: inout BatchDraft
    ) throws(JournalFault) {
        guard case .agent(let agent) = party, draft.openItems[agent.account] == nil else { return }
        draft.openItems[agent.account] = try journal.openItems(of: agent.account)
    }

    private mutating func load(
        _ id: WorkflowKey,
        into draft: inout BatchDraft
    ) throws(JournalFault) {
        guard !draft.isLoaded(id) else { return }
        draft.load(try load(id))
    }

    /// A workflow from memory, or folded from its events.
    mutating func load(_ id: WorkflowKey) throws(JournalFault) -> Workflow {
        if let workflow = cache[id] { return workflow }
        let workflow = try Broker.fold(id, from: journal)
        if workflow.version > 0 { cache.put(workflow) }
        return workflow
    }

    /// State is a fold of events, and of nothing else (I17).
    package static func fold(
        _ id: WorkflowKey,
        from journal: any Journal
    ) throws(JournalFault) -> Workflow {
        var workflow = Workflow(id: id)
        for entry in try journal.entries(of: id, after: 0) {
            workflow.evolve(try event(of: entry), at: entry.at, by: entry.actor)
        }
        return workflow
    }
}
