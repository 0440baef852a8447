import HoldCore
import TestAccounts

@testable import HoldConsole

/// What waits in the pictures.
enum Sample {
    static func item(
        _ number: Int64,
        _ agent: String,
        _ action: String,
        _ summary: String,
        _ risk: RiskClass,
        left: Double,
        mode: Mode = .sync
    ) -> QueueItem {
        let workflow = WorkflowKey("\(agent)-7f2")
        return QueueItem(
            reference: ItemReference(workflow: workflow, step: StepID("step-\(number % 10)")),
            number: number,
            action: action,
            summary: summary,
            agent: agent,
            requestedBy: "svc-\(agent.prefix { $0 != "-" })",
            queue: "ops",
            mode: mode,
            risk: risk == .low ? 0.2 : risk == .medium ? 0.55 : 0.9,
            riskClass: risk,
            createdAt: Scene.night + Span(seconds: -90),
            deadline: Scene.night + Span(seconds: left),
            tier: "primary",
            digest: Digest(of: Array(action.utf8)),
            confirm: risk == .irreversible ? .type : .key,
            depth: Depth(current: 2, limit: 6)
        )
    }

    static let items: [QueueItem] = {
        var items = [
            item(
                4821,
                "refund-bot",
                "refund.create",
                "18,400.00 USD to account ending 8812",
                .irreversible,
                left: 112
            ),
            index,
            item(
                4819,
                "infra-agent",
                "terraform.apply",
                "3 add, 1 change, 2 destroy",
                .high,
                left: 401
            ),
            item(
                4830,
                "mail-drafter",
                "mail.send",
                "1,214 recipients: \"Outage notice\"",
                .medium,
                left: 680
            ),
            item(4828, "infra-agent", "k8s.scale", "checkout 12 -> 30", .medium, left: 845),
            item(4831, "docs-sync", "git.push", "docs/main  4 files", .low, left: 1_368),
            item(4832, "docs-sync", "git.push", "docs/main  1 file", .low, left: 1_680),
            item(4834, "crm-merge", "crm.merge", "2 contacts", .low, left: 5_475),
            item(4815, "crm-merge", "crm.merge", "2 contacts, same mail", .low, left: 6_000),
            item(4811, "mail-drafter", "mail.send", "3 recipients", .medium, left: -300),
        ]
        items[2].revision = 2
        items[7].approvalsNeeded = 2
        items[7].approvalsGiven = 1
        items[8].claimedBy = "bob"
        items[9].state = .timeout
        return items
    }()

    /// The item as it was before it changed.
    static func first(_ item: QueueItem) -> QueueItem {
        var item = item
        item.revision = 1
        return item
    }

    static var index: QueueItem {
        var item = item(
            4826,
            "db-janitor",
            "sql.exec",
            "Drop an index that nothing has used for 31 days",
            .high,
            left: 190
        )
        item.claimedBy = "alice"
        item.undoSteps = 2
        item.undoProvenAt = Scene.night + Span(seconds: -86_400 * 3)
        return item
    }

    static func window(_ items: [QueueItem], for query: QueueQuery) -> QueueWindow {
        let open = items.filter { $0.state.isPending }
        return QueueWindow(
            query: query,
            items: items,
            total: items.count,
            counts: [
                "pending_review": open.count, "urgent": open.isEmpty ? 0 : 2,
                "stuck": items.count { $0.isStuck },
            ],
            sequence: 1
        )
    }

    static let indexDetail = ItemDetail(
        item: index,
        arguments: [
            "cluster": "prod-eu", "database": "orders",
            "statement":
                "DROP INDEX CONCURRENTLY orders_customer_id_ix7;\n-- unused 31 d: idx_scan = 0",
        ],
        undoOperation: "sql.create_index",
        undoArguments: ["index": "orders_customer_id_ix7"],
        context: [
            ContextPart(
                kind: .markdown,
                title: "Why",
                body: """
                    Disk 91% on prod-eu-3. Index unused per pg_stat for 31 d.
                    Alternatives considered: vacuum full (locks), resize (slow).
                    """
            ),
            ContextPart(
                kind: .diff,
                title: "schema.sql",
                body: """
                    @@ -41,3 +41,2 @@
                     CREATE TABLE orders (
                    -CREATE INDEX orders_customer_id_ix7
                    +-- dropped: unused
                    """
            ),
            ContextPart(
                kind: .table,
                title: "pg_stat_user_indexes",
                body: [
                    "columns": ["index", "scans", "size"],
                    "rows": [
                        ["orders_customer_id_ix7", 0, "212 GB"], ["orders_pk", 8812, "40 GB"],
                    ],
                ]
            ),
        ],
        policy: [
            PolicyPart(
                key: "approval_required",
                value: "true",
                origin: "manifest.yaml:12:5 actions"
            ),
            PolicyPart(key: "risk_threshold", value: "0.8", origin: "default"),
        ],
        undoChain: [
            UndoLine(
                step: StepID("step-2"),
                action: "sql.set_autovacuum",
                operation: "sql.reset",
                state: .recorded
            ),
            UndoLine(
                step: StepID("step-1"),
                action: "stats.snapshot",
                operation: "stats.delete",
                state: .recorded
            ),
        ],
        history: [
            HistoryLine(at: Scene.night + Span(seconds: -90), user: nil, what: "item_opened"),
            HistoryLine(
                at: Scene.night + Span(seconds: -60),
                user: "bob",
                what: HistoryLine.noted,
                reason: "ok if the backup job is paused"
            ),
        ],
        wouldUndo: [
            UndoPreviewLine(
                step: StepID("step-2"),
                action: "sql.set_autovacuum",
                operation: "sql.reset",
                age: Span(seconds: 80),
                provenAt: Scene.night + Span(seconds: -86_400 * 3)
            ),
            UndoPreviewLine(
                step: StepID("step-1"),
                action: "stats.snapshot",
                operation: "stats.delete",
                age: Span(seconds: 400),
                isInDoubt: true
            ),
        ],
        tiers: ["primary", "db-core", "incident-lead"]
    )

    static let refundDetail = ItemDetail(
        item: items[0],
        arguments: [
            "account": "ending 8812", "amount": "18400.00", "currency": "USD",
            "memo": "duplicate charge 2026-10",
        ],
        tiers: ["primary"]
    )

    static func workflow(
        _ agent: String,
        _ status: Workflow.Status,
        _ used: Int,
        _ limit: Int,
        pending: Int = 1
    ) -> WorkflowLine {
        WorkflowLine(
            workflow: WorkflowKey("\(agent)-7f2"),
            agent: agent,
            status: status,
            pending: pending,
            depth: Depth(current: used, limit: limit),
            updatedAt: Scene.night
        )
    }

    static let workflows: [WorkflowLine] = {
        var lines = [
            workflow("infra-agent", .waiting, 7, 8, pending: 2),
            workflow("refund-bot", .waiting, 3, 4), workflow("db-janitor", .waiting, 2, 6),
            workflow("mail-drafter", .running, 4, 10), workflow("docs-sync", .running, 1, 12),
            workflow("crm-merge", .running, 2, 6), workflow("cost-cutter", .running, 5, 5),
            workflow("log-triage", .running, 0, 6, pending: 0),
            workflow("onboard-hr", .unwinding, 3, 5, pending: 0),
        ]
        lines[8].unwinding = WorkflowLine.Unwinding(closed: 2, planned: 5)
        return lines
    }()

    static var unwindingItem: QueueItem {
        var item = item(
            4809,
            "onboard-hr",
            "payroll.create",
            "Record for j.doe",
            .high,
            left: -60
        )
        item.state = .rejected
        return item
    }

    static func chain(_ state: UndoLink.State, error: String? = nil) -> [UndoLine] {
        [
            UndoLine(
                step: StepID("step-5"),
                action: "chat.post",
                operation: "chat.retract",
                state: .undone
            ),
            UndoLine(
                step: StepID("step-4"),
                action: "order.laptop",
                operation: "order.cancel",
                state: .undone
            ),
            UndoLine(
                step: StepID("step-3"),
                action: "payroll.create",
                operation: "payroll.delete",
                state: state,
                attempts: 3,
                error: error,
                isInDoubt: true
            ),
            UndoLine(
                step: StepID("step-2"),
                action: "mailbox.create",
                operation: "mailbox.delete",
                state: .recorded
            ),
            UndoLine(
                step: StepID("step-1"),
                action: "sms.send",
                operation: nil,
                state: .recorded
            ),
        ]
    }

    static let unwindingDetail = ItemDetail(
        item: unwindingItem,
        arguments: ["person": "j.doe"],
        undoOperation: "payroll.delete",
        undoChain: chain(.undoStarted)
    )

    static var stuckItem: QueueItem {
        var item = unwindingItem
        item.isStuck = true
        return item
    }

    static let stuckDetail = ItemDetail(
        item: stuckItem,
        arguments: ["person": "j.doe"],
        undoOperation: "payroll.delete",
        undoChain: chain(.undoFailed, error: "409 locked by payroll run 2026-11")
    )

    static let stuckWorkflows: [WorkflowLine] = {
        var lines = workflows
        lines[8].status = .stuck
        lines[8].stuckAt = chain(.undoFailed, error: "409 locked by payroll run 2026-11")[2]
        return lines
    }()

    static let activity: [ActivityLine] = [
        line(1, -1_400, "carol", "handed over", note: "watch cost-cutter"),
        line(2, -980, "bob", "commented", 4826, note: "ok if the backup job is paused"),
        line(3, -720, nil, "undo failed", note: "409 locked by payroll run", isLoud: true),
        line(4, -440, "alice", "rejected", 4809, "s3.put", note: "wrong target or environment"),
        line(5, -310, nil, "expired", 4811, "mail.send"),
        line(6, -180, "bob", "claimed", 4815, "crm.merge"),
        line(7, -40, "alice", "approved", 4822, "k8s.restart"),
    ]

    private static func line(
        _ sequence: Int64,
        _ seconds: Double,
        _ user: String?,
        _ what: String,
        _ number: Int64? = nil,
        _ action: String? = nil,
        note: String? = nil,
        isLoud: Bool = false
    ) -> ActivityLine {
        ActivityLine(
            sequence: sequence,
            at: Scene.night + Span(seconds: seconds),
            user: user,
            what: what,
            workflow: WorkflowKey("onboard-hr-7f2"),
            number: number,
            action: action,
            note: note,
            isLoud: isLoud
        )
    }
}
