/// What time brings: warnings, next tiers, timeouts, leases; and the stop button.
extension Draft {
    mutating func reach(_ wake: Wake) throws(Refusal) {
        guard workflow.wakes.contains(where: { $0.kind == wake.kind && $0.at <= now }) else {
            throw .conflict("Nothing is due: the moment has moved.")
        }
        switch wake.kind {
        case .warning(let id): record(.itemWarned(StepNamed(step: id)))
        case .deadline(let id): passDeadline(of: id)
        case .lease(let id): record(.leaseEnded(StepNamed(step: id)))
        case .undo(let id): startUndo(of: id)
        }
    }

    private mutating func passDeadline(of id: StepID) {
        guard let step = workflow.step(id), let item = step.item else { return }
        // Counted from the deadline: time that passed while the service was down counts (I3).
        guard item.nextTier == nil else {
            return passToNextTier(id, from: item.deadline, reason: nil)
        }
        record(
            .itemDecided(
                ItemDecided(
                    step: id,
                    state: .timeout,
                    decision: Decision(
                        outcome: .timeout,
                        modified: item.isModified,
                        reviewedBy: nil,
                        reviewedAt: now,
                        reason: nil,
                        digest: step.digest,
                        tier: item.tier.name
                    )
                )
            )
        )
        unwind(because: id, word: "timed out")
    }

    mutating func halt(_ scope: HaltScope, reason: String) throws(Refusal) {
        // Who asks comes first: whoever has no role learns nothing of what there is.
        try guardHasRole(to: "halt")
        let reason = try reasonGiven(reason)
        try guardHolds(scope)
        switch scope {
        case .everything:
            guard workflow.halts.everything == nil else { return }
            record(.everythingHalted(Reasoned(reason: reason)))
        case .account(let account, let user):
            guard workflow.halts.accounts[account] == nil else { return }
            record(
                .accountHalted(AccountReasoned(account: account, user: user, reason: reason))
            )
        case .agent(let name):
            guard workflow.halts.agents[name] == nil else { return }
            guard circumstances.manifest.agents[name] != nil else {
                throw .invalid(
                    field: "params.id",
                    "the manifest gives the name \(name) to no account, so any agent can drop it:"
                        + " halt the account (account), or everything"
                )
            }
            record(.agentHalted(AgentReasoned(agent: name, reason: reason)))
        case .workflow:
            guard workflow.halt == nil else { return }
            record(.workflowHalted(Reasoned(reason: reason)))
        }
    }

    /// What holds everywhere or for one agent is recorded in the control workflow, and only there.
    private func guardHolds(_ scope: HaltScope) throws(Refusal) {
        let isControl = workflow.id == Workflow.control
        switch scope {
        case .everything, .account, .agent:
            guard isControl else {
                throw .conflict("A halt beyond one workflow is not recorded in one.")
            }
        case .workflow:
            guard !isControl, workflow.version > 0 else { throw .unknownWorkflow(workflow.id) }
        }
    }

    /// Nobody resumes what their own account asked for (I13).
    private func guardNotOwn(_ scope: HaltScope) throws(Refusal) {
        guard circumstances.separation == .enforced, case .reviewer(let peer) = party else {
            return
        }
        let isOwn =
            switch scope {
            case .everything: false
            case .account(let account, _): account == peer.account
            case .agent(let name): circumstances.manifest.isVerified(agent: name, user: peer.user)
            case .workflow: workflow.id.account == peer.account
            }
        guard !isOwn else {
            throw .forbidden(
                "\(peer.user) is the account that is halted: another person must resume it."
            )
        }
    }

    mutating func resume(_ scope: HaltScope, reason: String) throws(Refusal) {
        try guardHasRole(to: "resume")
        try guardNotOwn(scope)
        let reason = try reasonGiven(reason)
        try guardHolds(scope)
        switch scope {
        case .everything:
            guard workflow.halts.everything != nil else { return }
            record(.everythingResumed(Reasoned(reason: reason)))
        case .account(let account, let user):
            guard workflow.halts.accounts[account] != nil else { return }
            record(
                .accountResumed(AccountReasoned(account: account, user: user, reason: reason))
            )
        case .agent(let name):
            guard workflow.halts.agents[name] != nil else { return }
            record(.agentResumed(AgentReasoned(agent: name, reason: reason)))
        case .workflow:
            guard workflow.halt != nil else { return }
            record(.workflowResumed(Reasoned(reason: reason)))
        }
    }
}

extension Workflow {
    /// Every moment at which something here falls due, earliest first.
    public var wakes: [Wake] {
        var wakes = steps.flatMap { $0.wakes }
        if let undo = undoWake { wakes.append(undo) }
        return wakes.sorted { $0.at < $1.at }
    }

    /// The next attempt at the head link: at once when it is free to start.
    private var undoWake: Wake? {
        guard chain.isRunning, !chain.isStuck, let id = head, let step = step(id),
            !step.isInFlight
        else { return nil }
        switch step.link.state {
        case .recorded: return Wake(at: updatedAt ?? Instant(milliseconds: 0), kind: .undo(id))
        case .undoFailed: return step.link.retryAt.map { Wake(at: $0, kind: .undo(id)) }
        case .undoStarted, .undone, .skipped, .resolved: return nil
        }
    }
}

extension Step {
    fileprivate var wakes: [Wake] {
        var wakes: [Wake] = []
        if let item, item.state.isPending {
            wakes.append(Wake(at: item.deadline, kind: .deadline(id)))
            if !item.isWarned, item.warnAt < item.deadline {
                wakes.append(Wake(at: item.warnAt, kind: .warning(id)))
            }
        }
        if let end = leaseEnd { wakes.append(Wake(at: end, kind: .lease(id))) }
        return wakes
    }

    /// When the permit, or an approval that was not used, ends.
    private var leaseEnd: Instant? {
        guard !isLeaseOver, outcome == nil, !isWithdrawn else { return nil }
        if let permit { return permit.validUntil }
        guard let item, item.state == .approved, let decision = item.decision else { return nil }
        return decision.reviewedAt + item.policy.runWithin
    }
}
