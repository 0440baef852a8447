extension Workflow {
    /// Decides one command and returns what then happened, in order.
    ///
    /// A command takes full effect or none: after a refusal the workflow is exactly as it was. An empty
    /// list says that nothing happened and nothing needs to: the answer is the standing one (I15).
    ///
    /// - Parameters:
    ///   - command: What is wanted.
    ///   - party: Who wants it.
    ///   - now: When the command arrived, in the journal's time.
    ///   - circumstances: The manifest in force, halts, and what else the rules ask for.
    /// - Throws: ``Refusal`` when the command makes no sense in the present state.
    /// - Returns: The events, true only once they are journalled.
    public func decide(
        _ command: Command,
        by party: Party,
        at now: Instant,
        under circumstances: Circumstances
    ) throws(Refusal) -> [Event] {
        if case .agent(let agent) = party { try guardOwner(agent) }
        var draft = Draft(of: self, by: party, at: now, under: circumstances)
        switch (command, party) {
        case (.openWorkflow(let title, let labels), .agent(let agent)):
            draft.open(title: title, labels: labels, agent: agent)
        case (.propose(let proposal), .agent(let agent)): try draft.propose(proposal, agent: agent)
        case (.collect(let step), .agent): try draft.collect(step)
        case (.finish(let report), .agent): try draft.finish(report)
        case (.withdraw(let step, let reason), .agent): try draft.withdraw(step, reason: reason)
        case (.saveCheckpoint(let saved), .agent(let agent)): draft.save(saved, agent: agent)
        case (.finishWorkflow(let outcome), .agent): try draft.finishWorkflow(outcome)
        case (.review(let review), .reviewer(let peer)): try draft.review(review, by: peer)
        case (.escalate(let step, let reason), .reviewer(let peer)):
            try draft.escalate(step, by: peer, reason: reason)
        case (.claim(let step, let span), .reviewer(let peer)):
            try draft.claim(step, for: span, by: peer)
        case (.release(let step), .reviewer(let peer)): try draft.release(step, by: peer)
        case (.snooze(let step, let span), .reviewer(let peer)):
            try draft.snooze(step, for: span, by: peer)
        case (.note(let step, let text), .reviewer(let peer)):
            try draft.note(text, on: step, by: peer)
        case (.noteShift(let text), .reviewer(let peer)): try draft.noteShift(text, by: peer)
        case (.timeReached(let wake), .service): try draft.reach(wake)
        case (.collect(let step), .service): try draft.collect(step)
        case (.reportUndo(let step, let attempt, let report, let executor), .service):
            try draft.take(report, of: step, attempt: attempt, by: executor)
        case (.retryUndo(let step, let reason), .reviewer(let peer)):
            try draft.retryUndo(step, reason: reason, by: peer)
        case (.skipUndo(let step, let reason), .reviewer(let peer)):
            try draft.skipUndo(step, reason: reason, by: peer)
        case (.resolveUndo(let step, let reason), .reviewer(let peer)):
            try draft.resolveUndo(step, reason: reason, by: peer)
        case (.halt(let scope, let reason), .reviewer): try draft.halt(scope, reason: reason)
        case (.resume(let scope, let reason), .reviewer): try draft.resume(scope, reason: reason)
        case (.startDrill(let operation), .reviewer), (.startDrill(let operation), .service):
            try draft.startDrill(of: operation)
        case (.reportDrill(let key, let report, let isLost, let executor), .service):
            try draft.take(report, ofDrill: key, isLost: isLost, by: executor)
        case (.openWorkflow, _), (.propose, _), (.collect, _), (.finish, _), (.withdraw, _),
            (.saveCheckpoint, _), (.finishWorkflow, _), (.review, _), (.escalate, _),
            (.claim, _), (.release, _), (.snooze, _), (.note, _), (.noteShift, _),
            (.timeReached, _), (.reportUndo, _), (.retryUndo, _), (.skipUndo, _),
            (.resolveUndo, _), (.halt, _), (.resume, _), (.startDrill, _),
            (.reportDrill, _):
            throw .forbidden("This is not for \(party.actor.kind.rawValue)s to do.")
        }
        draft.advanceUnwind()
        return draft.events
    }

    /// One workflow belongs to one account: another's agent can neither add to it nor look into it.
    package func guardOwner(_ agent: AgentIdentity) throws(Refusal) {
        guard id != Workflow.control, id != Workflow.drill else {
            throw .forbidden("This workflow is the service's own.")
        }
        // The key names the owner, so that another account's workflow cannot even be asked for.
        guard id.account != agent.account else { return }
        throw .forbidden("The workflow \(id.text) belongs to another account than \(agent.user).")
    }
}

/// A decision in the making: the workflow as it would be, and the events that lead there.
struct Draft {
    let party: Party
    let now: Instant
    let circumstances: Circumstances
    private(set) var workflow: Workflow
    private(set) var events: [Event] = []

    init(
        of workflow: Workflow,
        by party: Party,
        at now: Instant,
        under circumstances: Circumstances
    ) {
        self.workflow = workflow
        self.party = party
        self.now = now
        self.circumstances = circumstances
    }

    mutating func record(_ event: Event) {
        workflow.evolve(event, at: now, by: party.actor)
        events.append(event)
    }

    func known(_ id: StepID) throws(Refusal) -> Step {
        guard workflow.version > 0 else { throw .unknownWorkflow(workflow.id) }
        guard let step = workflow.step(id) else { throw .unknownStep(id) }
        return step
    }

    func knownItem(_ id: StepID) throws(Refusal) -> (Step, Item) {
        let step = try known(id)
        guard let item = step.item else { throw .unknownItem(id) }
        return (step, item)
    }

    /// A decision counts only before the deadline, however late the timer is (I2).
    func guardInTime(_ item: Item) throws(Refusal) {
        guard item.state.isPending, now >= item.deadline else { return }
        throw .conflict(
            "The deadline has passed: \(item.tier.name) was asked until"
                + " \(item.deadline.rfc3339)."
        )
    }

    func reasonGiven(_ reason: String?) throws(Refusal) -> String {
        guard let reason, reason.contains(where: { !$0.isWhitespace }) else {
            throw .reasonRequired
        }
        return reason
    }
}
