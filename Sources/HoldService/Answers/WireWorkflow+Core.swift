import HoldCore
import HoldJournal
import HoldWire

extension WireWorkflow {
    /// A workflow as lists show it; nil before its first event.
    init?(_ workflow: Workflow) {
        guard let row = workflow.row else { return nil }
        self.init(row, waiting: workflow.waiting)
        stuckUndo = row.stuckAt.flatMap { workflow.step($0) }.map { WireUndoLink($0) }
    }

    init(_ row: WorkflowRow, waiting: WaitingItems?) {
        self.init(
            account: row.workflow.account,
            workflow: row.workflow.text,
            title: row.title,
            agent: row.agent,
            status: WireWorkflowStatus(row.status),
            pending: row.pending,
            depth: WireDepth(current: row.depth, max: row.depthLimit),
            updatedAt: row.updatedAt,
            unwinding: row.phase.isUnwinding
                ? WireUnwinding(closed: row.undoneLinks, planned: row.plannedLinks) : nil,
            openedAt: row.openedAt,
            parked: row.parked,
            inFlight: row.inFlight,
            oldest: waiting.map { WireOpenItem($0.oldest) },
            next: waiting.map { WireOpenItem($0.next) }
        )
    }
}

extension WireOpenItem {
    init(_ item: WaitingItem) {
        self.init(
            number: Int(clamping: item.number),
            createdAt: item.createdAt,
            deadline: item.deadline
        )
    }
}

extension Workflow {
    /// The items that wait for a decision, in short; nil when none does.
    var waiting: WaitingItems? {
        var waiting: WaitingItems?
        for item in steps.compactMap(\.item) where item.state.isPending {
            let found = WaitingItem(
                number: item.number,
                createdAt: item.openedAt,
                deadline: item.deadline
            )
            if waiting?.add(found) == nil { waiting = WaitingItems(found) }
        }
        return waiting
    }
}

extension WireWorkflowDetail {
    /// A workflow in full; nil before its first event.
    init?(_ workflow: Workflow, entries: [Entry], sources: DetailSources) {
        guard let summary = WireWorkflow(workflow) else { return nil }
        let depth = WireDepth(current: workflow.depth, max: workflow.depthLimit)
        self.init(
            summary: summary,
            labels: workflow.labels?.stringMembers ?? [:],
            rollback: WireRollback(workflow.phase),
            steps: workflow.steps.map { WireStep($0, isParked: workflow.isParked($0)) },
            items: workflow.steps.compactMap { step in
                workflow.itemRow(of: step).map {
                    WireItem(
                        $0,
                        depth: depth,
                        provenAt: step.undo.flatMap { sources.provenAt[$0.operation] },
                        decision: step.item?.decision,
                        to: sources.viewer
                    )
                }
            },
            undoChain: workflow.undoChain.map { WireUndoLink($0) },
            events: entries.map { WireAuditEvent($0) }
        )
    }
}

extension WireStep {
    init(_ step: Step, isParked: Bool) {
        self.init(
            step: step.id.text,
            action: step.action,
            number: step.item.map { Int(clamping: $0.number) },
            mode: WireMode(step.mode),
            state: step.isWithdrawn ? .withdrawn : step.item.map { WireItemState($0.state) },
            outcome: step.outcome.map { word($0, else: .failed) },
            undo: step.undo == nil || step.permit == nil
                ? nil : WireUndoState(step.link.state),
            decision: step.item?.decision.map { WireDecision($0) },
            summary: step.summary,
            proposedAt: step.proposedAt,
            beganAt: step.beganAt,
            finishedAt: step.finishedAt,
            inFlight: step.isInFlight ? true : nil,
            parked: isParked ? true : nil
        )
    }
}

extension WireAuditEvent {
    init(_ entry: Entry, item: ItemRow? = nil) {
        self.init(
            seq: Int(clamping: entry.seq),
            account: entry.workflow.account,
            workflow: entry.workflow.text,
            version: entry.version,
            type: entry.type,
            at: entry.at,
            actor: entry.actor,
            manifest: entry.manifest,
            data: entry.data,
            previous: entry.previous.description,
            hash: entry.hash.description,
            item: item.map { WireAuditItem($0) }
        )
    }
}

extension WireAuditItem {
    init(_ row: ItemRow) {
        self.init(
            number: Int(clamping: row.number),
            step: row.step.text,
            action: row.action,
            summary: row.summary,
            agent: row.agent,
            riskClass: WireRiskClass(row.riskClass),
            state: WireItemState(row.state),
            decidedBy: row.decidedBy,
            outcome: row.outcome.map { word($0, else: .failed) },
            beganAt: row.beganAt,
            finishedAt: row.finishedAt,
            undo: row.undoState.map { WireUndoState($0) }
        )
    }
}

extension JSONValue {
    /// The members of an object whose values are strings.
    var stringMembers: [String: String] {
        guard case .object(let members) = self else { return [:] }
        return members.compactMapValues(\.text)
    }
}
