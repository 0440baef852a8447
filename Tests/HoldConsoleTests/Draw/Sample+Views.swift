import HoldCore
import TestAccounts

@testable import HoldConsole

/// What the screens of their own show in the pictures.
extension Sample {
    static func open(_ number: Int64, waited: Double, left: Double) -> WorkflowLine.OpenItem {
        WorkflowLine.OpenItem(
            number: number,
            createdAt: Scene.night + Span(seconds: -waited),
            deadline: Scene.night + Span(seconds: left)
        )
    }

    /// The workflows of a bad night: one is stuck, one is at its limit, one is halted.
    static let busyWorkflows: [WorkflowLine] = {
        var lines = stuckWorkflows
        let items: [Int: WorkflowLine.OpenItem] = [
            0: open(4819, waited: 401, left: 401), 1: open(4821, waited: 488, left: 112),
            2: open(4826, waited: 90, left: 190), 3: open(4830, waited: 40, left: 680),
            4: open(4831, waited: 232, left: 1_368), 5: open(4834, waited: 25, left: 5_475),
        ]
        for (index, item) in items {
            lines[index].oldest = item
            lines[index].next = item
        }
        for index in lines.indices {
            lines[index].openedAt = Scene.night + Span(seconds: -1_900)
            lines[index].inFlight = index % 3
        }
        lines[6].parked = 2
        lines[6].pending = 5
        lines[6].oldest = Sample.open(4837, waited: 751, left: 900)
        lines[6].next = Sample.open(4838, waited: 120, left: 840)
        lines[7].status = .halted
        lines[2].title = "Weekly index care"
        return lines
    }()

    static func step(
        _ number: Int,
        _ action: String,
        _ mode: Mode,
        at seconds: Double,
        ran: ClosedRange<Double>? = nil,
        item: Int64? = nil,
        state: ItemState? = nil,
        undo: UndoLink.State? = nil,
        outcome: StepOutcome? = .succeeded
    ) -> WorkflowStep {
        WorkflowStep(
            step: StepID("step-\(number)"),
            action: action,
            mode: mode,
            number: item,
            state: state,
            outcome: ran == nil ? nil : outcome,
            undo: undo,
            decision: state == .approved || state == .rejected
                ? DecisionLine(
                    outcome: state == .approved ? .approved : .rejected,
                    reviewedBy: "alice",
                    reviewedAt: Scene.night + Span(seconds: seconds + 30),
                    reason: state == .rejected ? "wrong hire" : nil
                ) : nil,
            proposedAt: Scene.night + Span(seconds: seconds),
            beganAt: ran.map { Scene.night + Span(seconds: $0.lowerBound) },
            finishedAt: ran.map { Scene.night + Span(seconds: $0.upperBound) }
        )
    }

    static let janitor: WorkflowDetail = {
        var running = step(4, "stats.analyze", .async, at: -170)
        running.beganAt = Scene.night + Span(seconds: -152)
        running.isInFlight = true
        running.undo = .recorded
        running.number = 4827
        running.state = .pendingReview
        var waiting = step(6, "sql.exec", .sync, at: -90, item: 4826, state: .pendingReview)
        waiting.summary = "Drop an index that nothing has used for 31 days"
        var parked = step(5, "sql.vacuum", .autonomous, at: -120)
        parked.isParked = true
        return WorkflowDetail(
            line: busyWorkflows[2],
            steps: [
                step(1, "stats.snapshot", .autonomous, at: -1_880, ran: -1_880 ... -1_877),
                step(
                    2,
                    "sql.set_autovacuum",
                    .async,
                    at: -1_500,
                    ran: -1_498 ... -1_400,
                    item: 4790,
                    state: .approved,
                    undo: .recorded
                ),
                step(
                    3,
                    "sql.reindex",
                    .sync,
                    at: -1_200,
                    ran: -800 ... -420,
                    item: 4801,
                    state: .approved,
                    undo: .recorded,
                    outcome: .failed
                ),
                running, parked, waiting,
            ],
            items: [index],
            undoChain: indexDetail.undoChain
        )
    }()

    static func onboarding(agreedBy: String? = nil) -> WorkflowDetail {
        var chain = chain(.undoFailed, error: "409 locked by payroll run 2026-11")
        chain[0].detail = "message retracted"
        chain[2].detail = "lock expires 04:00Z"
        chain[2].skipAgreedBy = agreedBy
        var line = busyWorkflows[8]
        line.stuckAt = chain[2]
        return WorkflowDetail(
            line: line,
            steps: chain.reversed().map { link in
                WorkflowStep(
                    step: link.step,
                    action: link.action,
                    mode: .async,
                    number: link.step.text == "step-3" ? 4809 : nil,
                    state: link.step.text == "step-3" ? .rejected : nil,
                    outcome: .succeeded,
                    undo: link.state
                )
            },
            items: [stuckItem],
            undoChain: chain
        )
    }

    // MARK: - History

    private static func event(
        _ sequence: Int64,
        _ seconds: Double,
        _ user: String?,
        _ type: String,
        _ data: JSONValue,
        _ item: HistoryItem? = nil,
        workflow: WorkflowKey = "infra-agent-7f2"
    ) -> HistoryEvent {
        HistoryEvent(
            sequence: sequence,
            workflow: workflow,
            version: Int(sequence % 100),
            type: type,
            at: Scene.night + Span(seconds: seconds),
            actor: user.map { Actor(kind: .reviewer, user: $0, uid: 1_000) } ?? .service,
            manifest: Digest(of: [9]),
            previous: Digest(of: [UInt8(sequence % 250)]).description,
            hash: Digest(of: [UInt8(sequence % 250), 1]).description,
            data: data,
            item: item
        )
    }

    private static func about(
        _ number: Int64,
        _ action: String,
        _ summary: String,
        _ risk: RiskClass,
        _ state: ItemState,
        undo: UndoLink.State? = nil,
        took: Double? = nil
    ) -> HistoryItem {
        HistoryItem(
            number: number,
            action: action,
            summary: summary,
            agent: "infra-agent",
            riskClass: risk,
            state: state,
            outcome: took == nil ? nil : .succeeded,
            beganAt: took == nil ? nil : Scene.night,
            finishedAt: took.map { Scene.night + Span(seconds: $0) },
            undo: undo
        )
    }

    private static func decided(_ outcome: String, _ reason: String?, modified: Bool = false)
        -> JSONValue
    {
        var decision: [String: JSONValue] = [
            "outcome": .string(outcome), "modified": .bool(modified),
            "digest": .string(Digest(of: [7]).description),
        ]
        decision["reason"] = reason.map { .string($0) }
        return ["step": "step-2", "state": .string(outcome), "decision": .object(decision)]
    }

    static let history: [HistoryEvent] = [
        event(
            10_412,
            -32,
            "alice",
            "item_decided",
            decided("approved", "restart asked in INC-77"),
            about(4822, "k8s.restart", "api", .medium, .approved, undo: .recorded, took: 3)
        ),
        event(
            10_398,
            -322,
            nil,
            "item_decided",
            decided("timeout", nil),
            about(4811, "mail.send", "3 recipients", .medium, .timeout),
            workflow: "mail-drafter-7f2"
        ),
        event(
            10_390,
            -430,
            "alice",
            "item_decided",
            decided("rejected", "wrong target or environment: ticket says dev"),
            about(4809, "s3.put", "prod-logs", .high, .rejected),
            workflow: "log-triage-7f2"
        ),
        event(
            10_377,
            -582,
            "alice",
            "item_decided",
            decided("approved", "40 is above quota", modified: true),
            about(4806, "k8s.scale", "40 -> 20", .medium, .approved, undo: .undone, took: 5)
        ),
        event(
            10_360,
            -800,
            nil,
            "undo_stuck",
            ["step": "step-3", "attempts": 3, "error": "409 locked by payroll run 2026-11"],
            about(4809, "payroll.create", "Record for j.doe", .high, .rejected, undo: .undoFailed),
            workflow: "onboard-hr-7f2"
        ),
        event(
            10_355,
            -802,
            nil,
            "unwind_planned",
            ["cause": "step-4", "steps": ["step-5", "step-4", "step-3"]],
            workflow: "onboard-hr-7f2"
        ),
        event(
            10_301,
            -1_032,
            "bob",
            "item_escalated",
            ["step": "step-1", "tier": 1, "reason": "above my limit"],
            about(4801, "refund.create", "2,100.00 USD", .irreversible, .pendingReview),
            workflow: "refund-bot-7f2"
        ),
        event(
            10_290,
            -1_990,
            "carol",
            "workflow_halted",
            ["reason": "watch the disk first"],
            workflow: "log-triage-7f2"
        ),
        event(
            10_284,
            -2_004,
            "carol",
            "everything_resumed",
            ["reason": "false alarm"],
            workflow: Workflow.control
        ),
    ]

    static var decidedDetail: ItemDetail {
        var detail = indexDetail
        detail.item.reference = ItemReference(
            workflow: WorkflowKey("infra-agent-7f2"),
            step: StepID("step-2")
        )
        detail.item.number = 4822
        detail.item.state = .approved
        detail.item.decision = DecisionLine(
            outcome: .approved,
            reviewedBy: "alice",
            reviewedAt: Scene.night + Span(seconds: -32),
            reason: "restart asked in INC-77"
        )
        detail.history.append(
            HistoryLine(
                at: Scene.night + Span(seconds: -32),
                user: "alice",
                what: "human_approve",
                reason: "restart asked in INC-77"
            )
        )
        return detail
    }
}
