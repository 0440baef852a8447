import HoldCore
import HoldWire

/// What a detailed answer needs beside the workflow.
struct DetailSources {
    var provenAt: [String: Instant]
    /// Who asks, and when.
    var viewer: Viewer
}

extension WireItemDetail {
    /// Everything about one item; nil when the step has none.
    init?(
        _ step: Step,
        in workflow: Workflow,
        context: [WireContextPart],
        sources: DetailSources
    ) {
        guard let item = step.item, let row = workflow.itemRow(of: step) else { return nil }
        self.init(
            summary: WireItem(
                row,
                depth: WireDepth(current: workflow.depth, max: workflow.depthLimit),
                provenAt: step.undo.flatMap { sources.provenAt[$0.operation] },
                decision: item.decision,
                to: sources.viewer
            ),
            arguments: step.arguments,
            proposedArguments: step.proposedArguments,
            undoSpec: step.undo.map {
                WireUndoSpec(operation: $0.operation, arguments: $0.arguments)
            },
            context: context,
            policy: item.policy.parts.map {
                WirePolicyPart(key: $0.key, value: .string($0.value), origin: $0.origin)
            },
            undoChain: workflow.undoChain.map { WireUndoLink($0) },
            history: itemHistory(of: step, item),
            wouldUndo: WireUndoPreview(of: step, in: workflow, sources: sources),
            modify: item.policy.modify,
            dependsOn: step.dependsOn.map(\.text),
            deps: step.deps.sorted().map(\.text)
        )
    }
}

/// What happened to an item, oldest first; late reviews marked as having changed nothing.
private func itemHistory(of step: Step, _ item: Item) -> [WireHistoryEntry] {
    let requester = Actor(
        kind: .agent,
        user: step.requester.user,
        account: step.requester.account
    )
    // Reviewers are accounts of this host, as the requester is.
    let realm = step.requester.account.realm
    func person(_ user: String, _ uid: UInt32) -> Actor {
        Actor(kind: .reviewer, user: user, account: Account(realm: realm, uid: uid))
    }
    var entries = [
        WireHistoryEntry(at: step.proposedAt, actor: requester, what: "proposed", effect: true)
    ]
    for (reviews, effect) in [(item.reviews, true), (item.lateReviews, false)] {
        entries += reviews.map { review in
            WireHistoryEntry(
                at: review.at,
                actor: person(review.reviewer, review.uid),
                what: review.verdict.rawValue,
                reason: review.reason,
                digest: review.digest,
                effect: effect
            )
        }
    }
    entries += item.notes.map { note in
        WireHistoryEntry(
            at: note.at,
            actor: person(note.by, note.uid),
            what: "noted",
            reason: note.text,
            effect: true
        )
    }
    if let began = step.beganAt {
        entries.append(
            WireHistoryEntry(at: began, actor: .service, what: "permit given", effect: true)
        )
    }
    if let finished = step.finishedAt, let outcome = step.outcome {
        entries.append(
            WireHistoryEntry(at: finished, actor: requester, what: outcome.rawValue, effect: true)
        )
    }
    if let decision = item.decision {
        let by = decision.reviewedBy.map { Actor(kind: .reviewer, user: $0, account: nil) }
        entries.append(
            WireHistoryEntry(
                at: decision.reviewedAt,
                actor: by ?? .service,
                what: decision.outcome.rawValue,
                reason: decision.reason,
                tier: decision.tier,
                digest: decision.digest,
                effect: true
            )
        )
    }
    return entries.sorted { $0.at < $1.at }
}

extension WireUndoPreview {
    /// What a rejection of this item would undo now, newest first, and withdraw with it.
    init(of step: Step, in workflow: Workflow, sources: DetailSources) {
        // What is decided cannot be rejected any more: nothing would come of it.
        guard step.item?.state.isPending == true else {
            self.init(steps: [], withdraws: [])
            return
        }
        let steps = workflow.unwindSet(rejecting: step.id).compactMap { id in
            workflow.step(id).map { undone in
                WireUndoPreviewStep(
                    step: id.text,
                    action: undone.action,
                    operation: undone.undo?.operation,
                    ageSeconds: (sources.viewer.now - (undone.beganAt ?? undone.proposedAt))
                        .seconds,
                    provenAt: undone.undo.flatMap { sources.provenAt[$0.operation] },
                    inDoubt: undone.isInDoubt
                )
            }
        }
        let withdraws = workflow.steps.filter {
            $0.id != step.id && !$0.isDead && $0.deps.contains(step.id)
                && ($0.permit == nil || $0.item?.state.isPending == true)
        }
        self.init(
            steps: steps,
            withdraws: withdraws.map {
                WireStepReference(workflow: workflow.id.text, step: $0.id.text)
            }
        )
    }
}

extension WireUndoLink {
    init(_ step: Step) {
        self.init(
            step: step.id.text,
            action: step.action,
            operation: step.undo?.operation,
            state: WireUndoState(step.link.state),
            attempts: step.link.attempts,
            error: step.link.error,
            inDoubt: step.link.isInDoubt || step.isInDoubt,
            nextAttemptAt: step.link.isClosed ? nil : step.link.retryAt,
            detail: step.link.detail,
            skipAgreedBy: step.link.isClosed ? nil : step.link.skipAgreed.map(\.nameForPeople),
            closedBy: step.link.closedBy.map(\.nameForPeople),
            evidence: step.link.evidence
        )
    }
}

extension Actor {
    /// The account's name, or what kind of party it was.
    var nameForPeople: String { user ?? kind.rawValue }
}
