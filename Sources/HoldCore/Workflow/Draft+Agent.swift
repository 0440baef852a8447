/// What agents ask for: opening, proposing, taking permits, reporting.
extension Draft {
    mutating func open(title: String?, labels: JSONValue?, agent: AgentIdentity) {
        let labels = labels?.unlessNull
        guard workflow.version > 0 else {
            recordOpening(title: title, labels: labels, agent: agent)
            return
        }
        if let title, title != workflow.title {
            recordOpening(title: title, labels: labels, agent: agent)
        } else if let labels, labels != workflow.labels {
            recordOpening(title: title, labels: labels, agent: agent)
        }
    }

    private mutating func recordOpening(
        title: String?,
        labels: JSONValue?,
        agent: AgentIdentity
    ) {
        record(
            .workflowOpened(
                WorkflowOpened(
                    title: title,
                    labels: labels,
                    agent: agent,
                    depthLimit: circumstances.manifest.defaults.maxAsyncDepth.value
                )
            )
        )
    }

    mutating func propose(_ proposal: Proposal, agent: AgentIdentity) throws(Refusal) {
        if let standing = workflow.step(proposal.step) {
            try guardSame(standing, proposal)
            return try collect(proposal.step)
        }
        if let risk = proposal.risk {
            guard (0...1).contains(risk) else {
                throw .invalid(field: "params.risk", "\(risk) is not within 0…1")
            }
        }
        try guardMayStart(agent)
        let manifest = circumstances.manifest
        let gate = try manifest.resolveGate(
            GateRequest(
                action: proposal.action,
                arguments: proposal.arguments,
                risk: proposal.risk,
                agent: agent.name,
                depth: workflow.depth,
                provenAt: circumstances.provenAt,
                now: now,
                separation: circumstances.separation
            )
        )
        let redaction = Redaction(patterns: gate.redact, key: circumstances.redactionKey)
        let arguments = redaction.applied(to: proposal.arguments)
        let undo = try undoPlan(
            for: proposal,
            gate: gate,
            arguments: arguments,
            redaction: redaction
        )
        let digest = Step.digest(
            workflow: workflow.id,
            step: proposal.step,
            action: proposal.action,
            arguments: arguments,
            undo: undo
        )
        let deps = try dependencies(of: proposal, independentOf: gate.independentOf)
        if workflow.version == 0 { recordOpening(title: nil, labels: nil, agent: agent) }
        let isSampled = isSampled(gate, digest: digest, undo: undo)
        let opensItem = gate.needsApproval || isSampled
        let limit = manifest.defaults.openItemsPerAgent.value
        if opensItem, circumstances.openItemsOfAccount >= limit {
            throw .tooMany(
                "\(agent.user) has \(limit) items open, the most that the manifest allows one"
                    + " account: wait for decisions, then propose again.",
                retryAfter: Span(seconds: 5)
            )
        }
        record(
            .stepProposed(
                StepProposed(
                    step: proposal.step,
                    action: proposal.action,
                    arguments: arguments,
                    summary: proposal.summary,
                    context: proposal.context,
                    risk: proposal.risk,
                    undo: undo,
                    dependsOn: proposal.dependsOn,
                    mode: gate.mode,
                    reasons: gate.reasons,
                    digest: digest,
                    hasSideEffects: gate.hasSideEffects,
                    depthLimit: gate.depthLimit,
                    independentOf: gate.independentOf,
                    redact: gate.redact,
                    deps: (opensItem ? deps.union([proposal.step]) : deps).sorted(),
                    requester: agent,
                    isSampled: isSampled
                )
            )
        )
        if opensItem { openItem(proposal.step, policy: gate.policy) }
        if let checkpoint = proposal.checkpoint { record(.checkpointSaved(checkpoint)) }
        try collect(proposal.step)
    }

    private mutating func openItem(_ step: StepID, policy: ItemPolicy) {
        let span = policy.tiers.first?.span ?? .zero
        record(
            .itemOpened(
                ItemOpened(
                    step: step,
                    number: circumstances.nextItemNumber,
                    policy: policy,
                    deadline: now + span
                )
            )
        )
    }

    /// Which autonomous runs are put up for review afterwards: fixed by the digest, so that an
    /// agent cannot draw again, and by the store's key, so that it cannot foresee the draw.
    ///
    /// Only what can be undone, and only while the depth allows it (I5).
    private func isSampled(_ gate: GateResolution, digest: Digest, undo: UndoPlan?) -> Bool {
        guard gate.mode == .autonomous, gate.sample > 0 else { return false }
        guard undo != nil || !gate.hasSideEffects, workflow.depth < gate.depthLimit else {
            return false
        }
        let drawn = Digest.keyed(digest.bytes, key: circumstances.redactionKey)
        let draw = drawn.utf8.prefix(12).reduce(0.0) { $0 * 16 + Double(Hex.value(of: $1) ?? 0) }
        return draw / 0x1p48 < gate.sample
    }

    private func undoPlan(
        for proposal: Proposal,
        gate: GateResolution,
        arguments: JSONValue,
        redaction: Redaction
    ) throws(Refusal) -> UndoPlan? {
        if let named = proposal.undo?.operation, named != gate.undoOperation {
            let there = gate.undoOperation ?? "none"
            throw .invalid(
                field: "params.undo.operation",
                "\(named) is not the undo of \(proposal.action) in the manifest (\(there))"
            )
        }
        guard let operation = gate.undoOperation else { return nil }
        guard let own = proposal.undo?.arguments?.unlessNull else {
            return UndoPlan(operation: operation, arguments: arguments, followsArguments: true)
        }
        return UndoPlan(
            operation: operation,
            arguments: redaction.applied(to: own),
            followsArguments: false
        )
    }

    /// The same id must mean the same thing (I15), whatever the manifest says by now: the same
    /// action, arguments, undo, risk and dependencies.
    ///
    /// Words for people may differ.
    private func guardSame(_ standing: Step, _ proposal: Proposal) throws(Refusal) {
        let redaction = Redaction(patterns: standing.redact, key: circumstances.redactionKey)
        let arguments = redaction.applied(to: proposal.arguments)
        let undo = standing.proposedUndo.map { undo in
            let own = proposal.undo?.arguments?.unlessNull.map { redaction.applied(to: $0) }
            return UndoPlan(
                operation: undo.operation,
                arguments: own ?? arguments,
                followsArguments: own == nil
            )
        }
        let operation = proposal.undo?.operation
        let digest = Step.digest(
            workflow: workflow.id,
            step: proposal.step,
            action: proposal.action,
            arguments: arguments,
            undo: undo
        )
        guard digest == standing.proposedDigest, standing.dependsOn == proposal.dependsOn,
            standing.risk == proposal.risk, operation == nil || operation == undo?.operation
        else {
            throw .conflict(
                "The step \(proposal.step.text) was already proposed with other content:"
                    + " give a new step a new id."
            )
        }
    }

    /// Nothing new while halted, unwinding or finished (I9, I20).
    private func guardMayStart(_ agent: AgentIdentity) throws(Refusal) {
        try guardNotHalted(agent)
        #if PlantedFaults
            if PlantedFault.active == .noFreeze { return }
        #endif
        if workflow.phase.isUnwinding { throw .unwinding(workflow.phase) }
        if let outcome = workflow.outcome {
            throw .conflict(
                "The workflow \(workflow.id.text) is finished (\(outcome)): open a new one."
            )
        }
    }

    func guardNotHalted(_ agent: AgentIdentity) throws(Refusal) {
        let halts = circumstances.halts
        if let halt = halts.everything { throw .halted(scope: "all", reason: halt.reason) }
        if let halted = halts.accounts[agent.account] {
            throw .halted(scope: "account \(halted.user)", reason: halted.halt.reason)
        }
        if let (name, halt) = circumstances.manifest.halt(of: agent, among: halts) {
            throw .halted(scope: "agent \(name)", reason: halt.reason)
        }
        if let halt = workflow.halt {
            throw .halted(scope: "workflow \(workflow.id.text)", reason: halt.reason)
        }
    }

    /// The pending items less the independent ones, and the dependencies of the declared steps (I8).
    private func dependencies(
        of proposal: Proposal,
        independentOf: [String]
    ) throws(Refusal) -> Set<StepID> {
        var deps = workflow.pendingDeps(independentOf: independentOf)
        for (position, id) in proposal.dependsOn.enumerated() {
            let field = "params.depends_on[\(position)]"
            guard let step = workflow.step(id) else {
                throw .invalid(field: field, "there is no step \(id.text) in this workflow")
            }
            guard !step.isDead else {
                throw .invalid(
                    field: field,
                    "the step \(id.text) will not run or was undone: nothing can depend on it"
                )
            }
            if let dead = step.deps.sorted().first(where: workflow.wasRefused) {
                throw .invalid(
                    field: field,
                    "the step \(id.text) depends on \(dead.text), which was not approved:"
                        + " nothing can build on it"
                )
            }
            deps.formUnion(step.deps)
        }
        return deps
    }

    /// Gives the permit if the step may run now.
    mutating func collect(_ id: StepID) throws(Refusal) {
        let step = try known(id)
        guard step.permit == nil, !step.isDead, !step.isLeaseOver,
            workflow.obstacles(to: step).isEmpty, !isFrozen,
            workflow.outcome == nil
        else { return }
        do { try guardNotHalted(step.requester) } catch { return }
        let within = step.item?.policy.runWithin ?? circumstances.manifest.defaults.runWithin.value
        let start = step.item.flatMap { step.mode == .sync ? $0.decision?.reviewedAt : nil } ?? now
        guard now < start + within else { return }
        let deps = workflow.depsBeginningNow(step)
        record(
            .stepBegan(
                StepBegan(
                    step: id,
                    permit: Permit(
                        id: Permit.id(workflow: workflow.id, step: id, digest: step.digest),
                        digest: step.digest,
                        validUntil: start + within
                    ),
                    deps: deps.sorted()
                )
            )
        )
    }

    /// Nothing begins while a chain unwinds (I9).
    private var isFrozen: Bool {
        #if PlantedFaults
            if PlantedFault.active == .noFreeze { return false }
        #endif
        return workflow.phase.isUnwinding
    }

    mutating func finish(_ report: StepReport) throws(Refusal) {
        let step = try known(report.step)
        guard let permit = step.permit else { throw refusalToReport(step) }
        guard permit.id == report.permit else {
            throw .conflict("This is not the permit of the step \(report.step.text).")
        }
        let redaction = Redaction(patterns: step.redact, key: circumstances.redactionKey)
        let result = report.result?.unlessNull.map { redaction.applied(to: $0) }
        let undoArguments =
            step.undo == nil
            ? nil : report.undoArguments?.unlessNull.map { redaction.applied(to: $0) }
        if let outcome = step.outcome {
            guard outcome == report.outcome, step.result == result,
                step.reportedUndoArguments == undoArguments
            else {
                throw .conflict(
                    "The step \(report.step.text) was already reported as \(outcome.rawValue)."
                )
            }
            return
        }
        record(
            .stepFinished(
                StepFinished(
                    step: report.step,
                    outcome: report.outcome,
                    result: result,
                    undoArguments: undoArguments
                )
            )
        )
    }

    /// Why a step that never got its permit cannot be reported.
    private func refusalToReport(_ step: Step) -> Refusal {
        if let item = step.item, !item.state.isPending, item.state != .approved {
            return .alreadyDecided(item.state, item.decision)
        }
        guard workflow.standing(of: step.id) == .waits else {
            return .conflict("The step \(step.id.text) never got a permit, and gets none any more.")
        }
        return .mustWait(workflow.waitsFor(step))
    }

    mutating func withdraw(_ id: StepID, reason: String) throws(Refusal) {
        let step = try known(id)
        if let item = step.item, !item.state.isPending {
            guard item.state != .withdrawn else { return }
            throw .alreadyDecided(item.state, item.decision)
        }
        if let item = step.item { try guardInTime(item) }
        guard step.permit == nil || step.item != nil else {
            throw .conflict("The step \(id.text) has its permit: report it with step.finish.")
        }
        guard step.permit == nil || step.outcome == .notStarted else {
            throw .conflict(
                "The step \(id.text) already runs, so its item stays: a reviewer decides whether"
                    + " it is undone."
            )
        }
        guard !step.isWithdrawn else { return }
        // Its dependents stay: else an agent could take what already runs from under review.
        withdrawStep(step, reason: reason)
    }

    mutating func save(_ saved: CheckpointSaved, agent: AgentIdentity) {
        if workflow.version == 0 { recordOpening(title: nil, labels: nil, agent: agent) }
        guard workflow.checkpoint?.blob != saved.blob || workflow.checkpoint?.step != saved.step
        else { return }
        record(.checkpointSaved(saved))
    }

    mutating func finishWorkflow(_ outcome: String) throws(Refusal) {
        guard workflow.version > 0 else { throw .unknownWorkflow(workflow.id) }
        if let standing = workflow.outcome {
            guard standing == outcome else {
                throw .conflict("The workflow is already finished as \(standing).")
            }
            return
        }
        let pending = workflow.pendingItems
        guard pending.isEmpty else { throw .mustWait(pending) }
        if workflow.phase.isUnwinding { throw .unwinding(workflow.phase) }
        record(.workflowFinished(WorkflowFinished(outcome: outcome)))
    }
}

extension Permit {
    /// A permit's id: the same for the same step and content, so that a repeated answer is the same.
    static func id(workflow: WorkflowKey, step: StepID, digest: Digest) -> String {
        let whole = Digest(of: [
            "permit", .string(workflow.text), .string(step.text),
            .string(digest.description),
        ])
        return String(whole.description.dropFirst(7).prefix(32))
    }
}
