package import HoldCore

extension StepAnswer {
    /// What `step.propose` and `step.wait` say of a step as it now stands.
    package init(_ step: Step, in workflow: Workflow, at now: Instant) {
        let mayRun =
            workflow.standing(of: step.id) == .mayRun
            && step.permit.map { now < $0.validUntil } ?? false
        let waits = workflow.standing(of: step.id) == .waits
        let obstacles = waits ? workflow.obstacles(to: step) : []
        let reasons =
            step.reasons + obstacles.filter { !step.reasons.contains($0) && $0 != .manifest }
        let isApproved = step.item?.state == .approved
        self.init(
            account: workflow.id.account,
            workflow: workflow.id.text,
            step: step.id.text,
            proceed: mayRun,
            digest: step.digest,
            number: step.item.map { Int(clamping: $0.number) },
            mode: WireMode(step.mode),
            state: StepAnswer.state(of: step),
            reasons: (reasons + StepAnswer.expiry(of: step, mayRun: mayRun)).map(\.description),
            waitFor: waits
                ? workflow.waitsFor(step).map {
                    WireStepReference(workflow: workflow.id.text, step: $0.text)
                } : nil,
            arguments: mayRun || isApproved ? step.arguments : Optional<JSONValue>.none,
            undo: step.undo.map { WireUndoSpec(operation: $0.operation, arguments: $0.arguments) },
            permit: mayRun || workflow.awaitsReport(of: step)
                ? step.permit.map { WirePermit(id: $0.id, validUntil: $0.validUntil) } : nil,
            provisional: mayRun && !step.deps.isDisjoint(with: workflow.pendingItems),
            deadline: step.item.flatMap { $0.state.isPending ? $0.deadline : nil },
            tier: step.item?.tier.name,
            depth: WireDepth(current: workflow.depth, max: step.depthLimit),
            decision: step.item?.decision.map { WireDecision($0) }
        )
    }

    private static func state(of step: Step) -> WireItemState? {
        if step.isWithdrawn { return .withdrawn }
        return step.item.map { WireItemState($0.state) }
    }

    /// A spent permit is no leave to run: the step has to be proposed anew, under a new id.
    private static func expiry(of step: Step, mayRun: Bool) -> [Reason] {
        guard !mayRun, step.outcome == nil, !step.isDead else { return [] }
        let isOver = step.isLeaseOver || step.permit != nil
        return isOver ? [.permitExpired] : []
    }
}

extension Workflow {
    /// Whether the unwind waits for the report of a step (I9), which takes the permit's id to say.
    ///
    /// Its agent may never have been told the permit: the rejection came in the same commit, or the
    /// answer was lost.
    fileprivate func awaitsReport(of step: Step) -> Bool {
        chain.isRunning && step.isInFlight && chain.plan.contains(step.id)
    }
}
