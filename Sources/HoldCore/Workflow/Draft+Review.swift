/// What people decide about items. The table of `semantics.md` § the gate of one item.
extension Draft {
    mutating func review(_ draft: ReviewDraft, by peer: Peer) throws(Refusal) {
        let (step, item) = try knownItem(draft.step)
        let review = Review(
            reviewer: peer.user,
            uid: peer.uid,
            verdict: draft.verdict,
            digest: draft.digest,
            reason: draft.reason,
            at: now
        )
        try guardInTime(item)
        switch (item.state, draft.verdict) {
        case (.pendingReview, .approve), (.modified, .approve):
            try guardMayDecide(step, item, by: peer)
            try approve(step, item, review, confirm: draft.confirm)
        case (.pendingReview, .reject), (.modified, .reject):
            try guardMayDecide(step, item, by: peer)
            try reject(step, review)
        case (.pendingReview, .modify):
            try guardMayDecide(step, item, by: peer)
            try modify(step, item, draft, review)
        case (.modified, .modify):
            throw .conflict(
                "The arguments were already edited: approve them as they are, or reject them."
            )
        case (.approved, _), (.rejected, _), (.timeout, _), (.withdrawn, _):
            try noteLate(step, item, review, by: peer)
        }
    }

    /// A review after the decision is kept in the history, once a person, and changes nothing.
    private mutating func noteLate(
        _ step: Step,
        _ item: Item,
        _ review: Review,
        by peer: Peer
    ) throws(Refusal) {
        let isSaid = item.reviews.contains { $0.uid == review.uid && $0.verdict == review.verdict }
        let isNoted = item.lateReviews.contains { $0.uid == review.uid }
        guard !isSaid, !isNoted, mayDecide(step, item, peer) else {
            throw .alreadyDecided(item.state, item.decision)
        }
        record(.lateReviewNoted(ItemReviewed(step: step.id, review: review)))
    }

    private func mayDecide(_ step: Step, _ item: Item, _ peer: Peer) -> Bool {
        do {
            try guardMayDecide(step, item, by: peer)
            return true
        } catch { return false }
    }

    func guardMayDecide(_ step: Step, _ item: Item, by peer: Peer) throws(Refusal) {
        if item.policy.separation == .enforced, step.requester.account == peer.account {
            throw .forbidden(
                "Nobody approves their own: this was asked by \(step.requester.user), and you are"
                    + " \(peer.user)."
            )
        }
        let reached = item.policy.tiers.prefix(item.tierIndex + 1)
        guard reached.contains(where: { $0.asks(peer) }) else {
            throw .forbidden(
                "\(item.tier.name) is asked now, and \(peer.user) is not one of them."
            )
        }
    }

    private mutating func approve(
        _ step: Step,
        _ item: Item,
        _ review: Review,
        confirm: String?
    ) throws(Refusal) {
        guard review.digest == step.digest else { throw .stale(current: step.digest) }
        try guardConfirmed(item.policy.confirm, by: confirm, action: step.action)
        guard item.modifiedBy != review.uid else {
            throw .forbidden(
                "You edited these arguments yourself: another person must approve them."
            )
        }
        let given = item.approvals(of: step.digest)
        guard !given.contains(where: { $0.uid == review.uid }) else {
            throw .conflict(
                "You have already approved this: \(item.approvalsNeeded - given.count) more of"
                    + " other people needed."
            )
        }
        record(.itemReviewed(ItemReviewed(step: step.id, review: review)))
        decideIfThresholdMet(step.id, last: review)
    }

    private func guardConfirmed(
        _ confirmation: Confirmation,
        by confirm: String?,
        action: String
    ) throws(Refusal) {
        switch confirmation {
        case .none: break
        case .key:
            guard confirm?.isEmpty == false else { throw .confirmRequired(.key, expected: "y") }
        case .type:
            guard confirm == action else { throw .confirmRequired(.type, expected: action) }
        }
    }

    private mutating func decideIfThresholdMet(_ id: StepID, last review: Review) {
        guard let step = workflow.step(id), let item = step.item,
            item.approvals(of: step.digest).count >= item.approvalsNeeded
        else { return }
        decide(
            id,
            state: .approved,
            Decision(
                outcome: .approved,
                modified: item.isModified,
                reviewedBy: review.reviewer,
                reviewedAt: now,
                reason: review.reason,
                digest: step.digest,
                tier: item.tier.name
            )
        )
    }

    private mutating func decide(_ id: StepID, state: ItemState, _ decision: Decision) {
        record(.itemDecided(ItemDecided(step: id, state: state, decision: decision)))
    }

    private mutating func reject(_ step: Step, _ review: Review) throws(Refusal) {
        guard review.digest == step.digest else { throw .stale(current: step.digest) }
        _ = try reasonGiven(review.reason)
        record(.itemReviewed(ItemReviewed(step: step.id, review: review)))
        decide(
            step.id,
            state: .rejected,
            Decision(
                outcome: .rejected,
                modified: step.item?.isModified ?? false,
                reviewedBy: review.reviewer,
                reviewedAt: now,
                reason: review.reason,
                digest: step.digest,
                tier: step.item?.tier.name ?? ""
            )
        )
        unwind(because: step.id, word: "rejected")
    }

    /// A rejection or a timeout: the dead branch is withdrawn and its undo planned, in one transaction.
    mutating func unwind(because cause: StepID, word: String) {
        let plan = workflow.unwindSet(rejecting: cause)
        withdrawDependents(of: cause, cause: word)
        guard !plan.isEmpty else { return }
        record(.unwindPlanned(UnwindPlanned(cause: cause, steps: plan)))
    }

    /// Nobody can approve on a dead branch: what depends on the item is withdrawn with it.
    mutating func withdrawDependents(of cause: StepID, cause word: String) {
        #if PlantedFaults
            if PlantedFault.active == .dependentsStayOpen { return }
        #endif
        let reason = "depends on \(cause.text), which was \(word)"
        let dependents = workflow.dependents(on: cause).filter {
            $0.id != cause && !$0.isDead
                && ($0.permit == nil || $0.item?.state.isPending == true)
        }
        for step in dependents { withdrawStep(step, reason: reason) }
    }

    mutating func withdrawStep(_ step: Step, reason: String) {
        if let item = step.item, item.state.isPending {
            decide(
                step.id,
                state: .withdrawn,
                Decision(
                    outcome: .withdrawn,
                    modified: item.isModified,
                    reviewedBy: nil,
                    reviewedAt: now,
                    reason: reason,
                    digest: step.digest,
                    tier: item.tier.name
                )
            )
        }
        if step.permit == nil {
            record(.stepWithdrawn(StepReasoned(step: step.id, reason: reason)))
        }
    }

    private mutating func modify(
        _ step: Step,
        _ item: Item,
        _ draft: ReviewDraft,
        _ review: Review
    ) throws(Refusal) {
        guard review.digest == step.digest else { throw .stale(current: step.digest) }
        guard item.policy.modify != .forbid else {
            throw .forbidden("The manifest forbids editing \(step.action): approve or reject it.")
        }
        guard step.permit == nil else {
            throw .conflict(
                "The step already runs with its arguments: reject it to have it undone."
            )
        }
        guard let written = draft.arguments else {
            throw .invalid(field: "params.arguments", "is required to modify an item")
        }
        _ = try reasonGiven(review.reason)
        let modified = try modification(of: step, item, to: written)
        if modified.isDirect {
            try guardConfirmed(modified.policy.confirm, by: draft.confirm, action: step.action)
        }
        record(.itemReviewed(ItemReviewed(step: step.id, review: review)))
        record(.itemModified(modified))
        guard modified.isDirect else { return }
        var approval = review
        approval.verdict = .approve
        approval.digest = modified.digest
        record(.itemReviewed(ItemReviewed(step: step.id, review: approval)))
        decideIfThresholdMet(step.id, last: approval)
    }

    /// The edit with its terms: the policy is resolved again on the new arguments, and comes out as
    /// strict as what was asked, or stricter.
    private func modification(
        of step: Step,
        _ item: Item,
        to written: JSONValue
    ) throws(Refusal) -> ItemModified {
        let gate = try circumstances.manifest.resolveGate(
            GateRequest(
                action: step.action,
                arguments: written,
                risk: step.risk,
                agent: step.requester.name,
                depth: workflow.depth,
                provenAt: circumstances.provenAt,
                now: now,
                separation: circumstances.separation
            )
        )
        let asked = gate.policy.tiers.map(\.name)
        guard asked == item.policy.tiers.map(\.name) else {
            throw .conflict(
                "With these arguments others have to be asked (\(asked.joined(separator: ", "))):"
                    + " reject the item, and have the agent propose the step anew."
            )
        }
        guard gate.policy.modify != .forbid else {
            throw .forbidden("The manifest forbids editing \(step.action) to these arguments.")
        }
        let redact = step.redact + gate.redact.filter { !step.redact.contains($0) }
        let redaction = Redaction(patterns: redact, key: circumstances.redactionKey)
        let arguments = redaction.applied(to: written)
        try guardKeepsSecrets(from: step, in: arguments, redaction)
        guard arguments.canonical != step.arguments.canonical else {
            throw .conflict("The new arguments are the old ones: approve them instead.")
        }
        let undo = modifiedUndo(of: step, arguments: arguments, gate: gate, redaction: redaction)
        let hasSideEffects = step.hasSideEffects || gate.hasSideEffects
        var policy = item.policy.tightened(by: gate.policy)
        if hasSideEffects, undo == nil { policy.riskClass = .irreversible }
        return ItemModified(
            step: step.id,
            arguments: arguments,
            undo: undo,
            digest: Step.digest(
                workflow: workflow.id,
                step: step.id,
                action: step.action,
                arguments: arguments,
                undo: undo
            ),
            policy: policy,
            hasSideEffects: hasSideEffects,
            depthLimit: min(step.depthLimit, gate.depthLimit),
            independentOf: step.independentOf.filter(gate.independentOf.contains),
            redact: redact,
            isDirect: policy.modify == .direct
        )
    }

    /// A value that is never stored in clear cannot be put in or moved by a reviewer: the agent, which
    /// alone has the clear ones, could only run its own in its place (I12).
    private func guardKeepsSecrets(
        from step: Step,
        in arguments: JSONValue,
        _ redaction: Redaction
    ) throws(Refusal) {
        let standing = redaction.replaced(in: redaction.applied(to: step.arguments))
        for (path, value) in redaction.replaced(in: arguments) where standing[path] != value {
            throw .invalid(
                field: "params.arguments.\(path.joined(separator: "."))",
                "the manifest redacts this value, so it cannot be edited: leave it as it is shown,"
                    + " or reject the item"
            )
        }
    }

    /// Never looser than what was asked: an undo that the new arguments lose is lost, none is gained.
    private func modifiedUndo(
        of step: Step,
        arguments: JSONValue,
        gate: GateResolution,
        redaction: Redaction
    ) -> UndoPlan? {
        guard var undo = step.undo, gate.undoOperation == undo.operation else { return nil }
        undo.arguments = undo.followsArguments ? arguments : redaction.applied(to: undo.arguments)
        return undo
    }

    mutating func escalate(_ id: StepID, by peer: Peer, reason: String?) throws(Refusal) {
        let (_, item) = try knownItem(id)
        guard item.state.isPending else { throw .alreadyDecided(item.state, item.decision) }
        try guardInTime(item)
        guard item.policy.tiers.contains(where: { $0.asks(peer) }) else {
            throw .forbidden("\(peer.user) is on no tier of this item.")
        }
        guard item.nextTier != nil else { throw .lastTier(item.tier.name) }
        passToNextTier(id, from: now, reason: reason)
    }

    mutating func passToNextTier(_ id: StepID, from start: Instant, reason: String?) {
        guard let item = workflow.step(id)?.item, let next = item.nextTier else { return }
        record(
            .itemEscalated(
                ItemEscalated(
                    step: id,
                    tier: item.tierIndex + 1,
                    deadline: start + next.span,
                    reason: reason
                )
            )
        )
    }
}
