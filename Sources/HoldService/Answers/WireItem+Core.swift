import HoldCore
import HoldJournal
import HoldWire

extension WireItem {
    /// One line of the queue.
    init(_ entry: QueueEntry) {
        self.init(
            entry.item,
            depth: WireDepth(current: entry.depth, max: entry.depthLimit),
            provenAt: entry.provenAt,
            decision: nil
        )
    }

    init(_ row: ItemRow, depth: WireDepth, provenAt: Instant?, decision: Decision?) {
        self.init(
            number: Int(clamping: row.number),
            workflow: row.workflow.text,
            step: row.step.text,
            action: row.action,
            summary: row.summary,
            state: WireItemState(row.state),
            mode: WireMode(row.mode),
            queue: row.queue,
            agent: row.agent,
            requestedBy: row.requestedBy,
            risk: row.risk,
            riskClass: WireRiskClass(row.riskClass),
            createdAt: row.createdAt,
            deadline: row.deadline,
            tier: row.tier,
            digest: row.digest,
            revision: row.revision,
            approvals: WireApprovals(given: row.approvalsGiven, needed: row.approvalsNeeded),
            confirm: row.confirm,
            depth: depth,
            undo: WireUndoSummary(steps: row.undoSteps, provenAt: provenAt),
            attention: row.isStuck ? .undoStuck : nil,
            separation: row.separation,
            decision: decision.map { WireDecision($0) }
        )
    }
}

extension HoldWire.QueueWindow {
    init(_ window: HoldJournal.QueueWindow) {
        let counts = window.counts
        var figures = [
            "open": counts.open, "pending_review": counts.open - counts.stuck,
            "irrev": counts.irreversible, "high": counts.high,
            "med": counts.medium, "low": counts.low, "stuck": counts.stuck,
            "urgent": counts.urgent,
        ]
        // Times stand here as milliseconds since 1970, because figures are whole numbers.
        figures["next_deadline_ms"] = counts.nextDeadline.map { Int(clamping: $0.milliseconds) }
        figures["next_deadline_number"] = counts.nextDeadlineNumber.map { Int(clamping: $0) }
        figures["oldest_ms"] = counts.oldest.map { Int(clamping: $0.milliseconds) }
        self.init(
            items: window.entries.map { WireItem($0) },
            total: window.total,
            counts: figures,
            seq: Int(clamping: window.seq)
        )
    }
}

extension HoldJournal.QueueQuery {
    /// What a client asks for, at a time, by an account.
    init(
        _ query: HoldWire.QueueQuery,
        at now: Instant,
        by asker: String
    ) throws(RPCError) {
        let filter: ItemFilter
        do throws(FieldProblem) { filter = try query.filter } catch {
            throw RPCError(.invalidParams, "params.\(error)")
        }
        self.init(
            states: query.states?.map { ItemState($0) },
            queue: query.queue,
            workflow: query.workflow.map { WorkflowID($0) },
            filter: filter,
            sort: query.sort.map { word($0, else: .urgency) } ?? .urgency,
            offset: query.offset ?? 0,
            limit: query.limit ?? 50,
            now: now,
            asker: asker
        )
    }
}
