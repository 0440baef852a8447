import HoldConsole
import HoldCore
import HoldWire

/// What the wire says, as the console's values. Texts of agents stay raw here: the console filters them.

/// The words of the wire and of the core are the same.
func sameWord<Word: RawRepresentable<String>>(
    _ other: some RawRepresentable<String>,
    else fallback: Word
) -> Word {
    Word(rawValue: other.rawValue) ?? fallback
}

extension WireItemReference {
    init(_ item: ItemReference) {
        self.init(
            account: item.workflow.account.text,
            workflow: item.workflow.text,
            step: item.step.text
        )
    }
}

extension ItemState {
    init(_ state: WireItemState) { self = sameWord(state, else: .pendingReview) }
}

extension WireVerdict {
    /// The wire's word; escalating is no review and goes another way.
    init(_ kind: Verdict.Kind) { self = sameWord(kind, else: .reject) }
}

extension DecisionLine {
    init(_ decision: WireDecision) {
        self.init(
            outcome: sameWord(decision.outcome, else: .rejected),
            modified: decision.modified,
            reviewedBy: decision.reviewedBy,
            reviewedAt: decision.reviewedAt,
            reason: decision.reason
        )
    }
}

extension HoldConsole.QueueWindow {
    init(_ window: HoldWire.QueueWindow, for query: HoldConsole.QueueQuery) {
        self.init(
            query: query,
            items: window.items.map { QueueItem($0) },
            total: window.total,
            counts: window.counts,
            sequence: Int64(window.seq)
        )
    }
}

extension QueueItem {
    init(_ item: WireItem) {
        self.init(
            reference: ItemReference(
                workflow: WorkflowKey(account: item.account, text: item.workflow),
                step: StepID(item.step)
            ),
            number: Int64(item.number),
            action: item.action,
            summary: item.summary,
            agent: item.agent,
            requestedBy: item.requestedBy,
            queue: item.queue,
            state: ItemState(item.state),
            mode: sameWord(item.mode, else: .sync),
            risk: item.risk,
            riskClass: sameWord(item.riskClass, else: .high),
            createdAt: item.createdAt,
            deadline: item.deadline,
            tier: item.tier,
            digest: item.digest,
            revision: item.revision,
            approvalsGiven: item.approvals.given,
            approvalsNeeded: item.approvals.needed,
            confirm: item.confirm,
            separation: item.separation,
            depth: Depth(current: item.depth.current, limit: item.depth.max),
            undoSteps: item.undo.steps,
            undoProvenAt: item.undo.provenAt,
            isStuck: item.attention == .undoStuck,
            claimedBy: item.claimedBy,
            claimedUntil: item.claimedUntil,
            snoozedUntil: item.snoozedUntil,
            decision: item.decision.map { DecisionLine($0) }
        )
    }
}

extension ItemDetail {
    init(_ detail: WireItemDetail) {
        let path = detail.policy.first { $0.key == "escalation" }?.value.text
        self.init(
            item: QueueItem(detail.summary),
            arguments: detail.arguments,
            proposedArguments: detail.proposedArguments,
            undoOperation: detail.undoSpec?.operation,
            undoArguments: detail.undoSpec?.arguments,
            context: detail.context.map {
                ContextPart(kind: sameWord($0.kind, else: .text), title: $0.title, body: $0.body)
            },
            policy: detail.policy.map {
                PolicyPart(key: $0.key, value: $0.value.text ?? "", origin: $0.origin)
            },
            undoChain: detail.undoChain.map { UndoLine($0) },
            history: detail.history.map {
                HistoryLine(
                    at: $0.at,
                    user: $0.actor.user,
                    what: $0.what,
                    reason: $0.reason,
                    hadEffect: $0.effect
                )
            },
            wouldUndo: detail.wouldUndo.steps.map {
                UndoPreviewLine(
                    step: StepID($0.step),
                    action: $0.action,
                    operation: $0.operation,
                    age: Span(seconds: $0.ageSeconds),
                    provenAt: $0.provenAt,
                    isInDoubt: $0.inDoubt
                )
            },
            wouldWithdraw: detail.wouldUndo.withdraws.map {
                ItemReference(
                    workflow: WorkflowKey(account: detail.summary.account, text: $0.workflow),
                    step: StepID($0.step)
                )
            },
            modify: detail.modify,
            dependsOn: detail.dependsOn.map { StepID($0) },
            tiers: path.map { $0.split(separator: ">").map { ConsoleText.trimmed($0) } } ?? []
        )
    }
}

enum ConsoleText {
    /// Without the blanks around it.
    static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

extension UndoLine {
    init(_ link: WireUndoLink) {
        self.init(
            step: StepID(link.step),
            action: link.action,
            operation: link.operation,
            state: sameWord(link.state, else: .recorded),
            attempts: link.attempts,
            error: link.error,
            isInDoubt: link.inDoubt,
            nextAttemptAt: link.nextAttemptAt
        )
        // An agent that has nothing to add sends no words.
        detail = link.detail.flatMap { $0.isEmpty ? nil : $0 }
        skipAgreedBy = link.skipAgreedBy
        closedBy = link.closedBy
        evidence = link.evidence
    }
}

extension WorkflowLine {
    init(_ workflow: WireWorkflow) {
        self.init(
            workflow: WorkflowKey(account: workflow.account, text: workflow.workflow),
            title: workflow.title,
            agent: workflow.agent,
            status: sameWord(workflow.status, else: .running),
            pending: workflow.pending,
            depth: Depth(current: workflow.depth.current, limit: workflow.depth.max),
            updatedAt: workflow.updatedAt,
            stuckAt: workflow.stuckUndo.map { UndoLine($0) },
            unwinding: workflow.unwinding.map {
                Unwinding(closed: $0.closed, planned: $0.planned)
            }
        )
        openedAt = workflow.openedAt
        parked = workflow.parked ?? 0
        inFlight = workflow.inFlight ?? 0
        oldest = workflow.oldest.map { OpenItem($0) }
        next = workflow.next.map { OpenItem($0) }
    }
}
