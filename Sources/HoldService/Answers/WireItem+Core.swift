import HoldCore
import HoldJournal
import HoldWire

/// Who is shown something, and when: claims and snoozes end by themselves.
struct Viewer: Sendable {
    /// The reviewer's account; nil: nobody in particular.
    var uid: UInt32?
    /// The account's name.
    var user: String?
    var now: Instant
}

extension WireItem {
    /// One line of the queue.
    init(_ entry: QueueEntry, to viewer: Viewer) {
        self.init(
            entry.item,
            depth: WireDepth(current: entry.depth, max: entry.depthLimit),
            provenAt: entry.provenAt,
            decision: nil,
            to: viewer
        )
    }

    init(
        _ row: ItemRow,
        depth: WireDepth,
        provenAt: Instant?,
        decision: Decision?,
        to viewer: Viewer
    ) {
        let claim = row.claim(at: viewer.now)
        self.init(
            number: Int(clamping: row.number),
            account: row.workflow.account,
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
            claimedBy: claim?.by,
            claimedUntil: claim?.until,
            snoozedUntil: viewer.uid.flatMap { row.snoozedUntil(for: $0, at: viewer.now) },
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
    init(_ window: HoldJournal.QueueWindow, to viewer: Viewer) {
        let counts = window.counts
        var figures = [
            "open": counts.open, "pending_review": counts.open - counts.stuck,
            "irrev": counts.irreversible, "high": counts.high,
            "med": counts.medium, "low": counts.low, "stuck": counts.stuck,
            "urgent": counts.urgent, "snoozed": counts.snoozed,
        ]
        // Times stand here as milliseconds since 1970, because figures are whole numbers.
        figures["next_deadline_ms"] = counts.nextDeadline.map { Int(clamping: $0.milliseconds) }
        figures["next_deadline_number"] = counts.nextDeadlineNumber.map { Int(clamping: $0) }
        figures["oldest_ms"] = counts.oldest.map { Int(clamping: $0.milliseconds) }
        self.init(
            items: window.entries.map { WireItem($0, to: viewer) },
            total: window.total,
            counts: figures,
            seq: Int(clamping: window.seq)
        )
    }
}

extension HoldJournal.QueueQuery {
    /// What a client asks for, at a time, by an account.
    init(_ query: HoldWire.QueueQuery, for viewer: Viewer) throws(RPCError) {
        let filter: ItemFilter
        do throws(FieldProblem) { filter = try query.filter } catch {
            throw RPCError(.invalidParams, "params.\(error)")
        }
        self.init(
            states: query.states?.map { ItemState($0) },
            queue: query.queue,
            filter: filter,
            sort: query.sort.map { word($0, else: .urgency) } ?? .urgency,
            offset: query.offset ?? 0,
            limit: query.limit ?? 50,
            now: viewer.now,
            asker: viewer.user,
            viewer: viewer.uid,
            showsSnoozed: query.snoozed ?? false
        )
    }
}
