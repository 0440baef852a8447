import HoldConsole
import HoldCore
import HoldWire

/// What the wire says to the screens of workflows, undo chains and history, as the console's values.

extension WorkflowLine.OpenItem {
    init(_ item: WireOpenItem) {
        self.init(
            number: Int64(item.number),
            createdAt: item.createdAt,
            deadline: item.deadline
        )
    }
}

extension WorkflowDetail {
    init(_ detail: WireWorkflowDetail) {
        self.init(
            line: WorkflowLine(detail.summary),
            steps: detail.steps.map { WorkflowStep($0) },
            items: detail.items.map { QueueItem($0) },
            undoChain: detail.undoChain.map { UndoLine($0) },
            rollback: detail.rollback.flatMap { Rollback(rawValue: $0.rawValue) }
        )
    }
}

extension WorkflowStep {
    init(_ step: WireStep) {
        self.init(
            step: StepID(step.step),
            action: step.action,
            mode: sameWord(step.mode, else: .sync),
            number: step.number.map { Int64($0) },
            state: step.state.map { ItemState($0) },
            outcome: step.outcome.map { sameWord($0, else: .failed) },
            undo: step.undo.map { sameWord($0, else: .recorded) },
            decision: step.decision.map { DecisionLine($0) },
            summary: step.summary,
            proposedAt: step.proposedAt,
            beganAt: step.beganAt,
            finishedAt: step.finishedAt,
            isInFlight: step.inFlight ?? false,
            isParked: step.parked ?? false
        )
    }
}

extension HistoryEvent {
    init(_ event: WireAuditEvent) {
        self.init(
            sequence: Int64(event.seq),
            workflow: WorkflowKey(account: event.account, text: event.workflow),
            version: event.version,
            type: event.type,
            at: event.at,
            actor: event.actor,
            manifest: event.manifest,
            previous: event.previous,
            hash: event.hash,
            data: event.data,
            item: event.item.map { HistoryItem($0) }
        )
    }
}

extension HistoryItem {
    init(_ item: WireAuditItem) {
        self.init(
            number: Int64(item.number),
            action: item.action,
            summary: item.summary,
            agent: item.agent,
            riskClass: sameWord(item.riskClass, else: .high),
            state: ItemState(item.state),
            decidedBy: item.decidedBy,
            outcome: item.outcome.map { sameWord($0, else: .failed) },
            beganAt: item.beganAt,
            finishedAt: item.finishedAt,
            undo: item.undo.map { sameWord($0, else: .recorded) }
        )
    }
}

extension AuditList.Params {
    init(_ query: HistoryQuery) {
        self.init(
            limit: max(1, min(query.limit, 1000)),
            workflow: query.filter.workflow,
            types: query.filter.types.isEmpty ? nil : query.filter.types,
            user: query.filter.user,
            text: query.filter.text,
            order: .newest,
            withItems: true
        )
        switch query.edge {
        case .newest: break
        case .before(let sequence): before = Int(clamping: sequence)
        case .after(let sequence):
            after = Int(clamping: sequence)
            order = .oldest
        }
    }
}

extension HistoryPage {
    init(_ reply: AuditList.Reply, for query: HistoryQuery) {
        // A page of what is newer comes oldest first: the list has the newest on top.
        let events = reply.events.map { HistoryEvent($0) }
        self.init(
            query: query,
            events: events.sorted { $0.sequence > $1.sequence },
            lastSequence: reply.seq.map { Int64($0) },
            reached: reply.reached.map { Int64($0) }
        )
    }
}
