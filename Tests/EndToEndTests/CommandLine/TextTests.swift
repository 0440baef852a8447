import HoldClient
import HoldConsole
import HoldCore
import HoldWire
import TestAccounts
import Testing

@testable import holdshort

/// What verbs print for people.
@Suite struct TextTests {
    private static let now = Instant(milliseconds: 1_795_255_200_000)
    private static let digest = Digest(of: [1])

    private static func item(
        _ number: Int,
        summary: String? = "Provision staging-42",
        state: WireItemState = .pendingReview,
        approvals: WireApprovals = WireApprovals(given: 0, needed: 1)
    ) -> WireItem {
        WireItem(
            number: number,
            account: .bots,
            workflow: "wf-918",
            step: "wf-918/3",
            action: "provision",
            summary: summary,
            state: state,
            mode: .async,
            queue: "default",
            agent: "deploy-agent",
            requestedBy: "agents",
            risk: 0.31,
            riskClass: .low,
            createdAt: now,
            deadline: Instant(milliseconds: now.milliseconds + 754_000),
            tier: "primary",
            digest: digest,
            revision: 1,
            approvals: approvals,
            confirm: .none,
            depth: WireDepth(current: 2, max: 5),
            undo: WireUndoSummary(steps: 2),
            separation: .enforced
        )
    }

    private static func detail(_ item: WireItem, arguments: JSONValue) -> WireItemDetail {
        WireItemDetail(
            summary: item,
            arguments: arguments,
            proposedArguments: arguments,
            context: [WireContextPart(kind: .text, title: "Why", body: "because\nof this")],
            policy: [WirePolicyPart(key: "blocking", value: "false", origin: "m.yaml:3:5")],
            undoChain: [],
            history: [],
            wouldUndo: WireUndoPreview(
                steps: [
                    WireUndoPreviewStep(
                        step: "wf-918/3",
                        action: "provision",
                        operation: "destroy",
                        ageSeconds: 90,
                        inDoubt: true
                    )
                ],
                withdraws: [WireStepReference(workflow: "wf-918", step: "wf-918/4")]
            ),
            modify: .direct,
            dependsOn: [],
            deps: []
        )
    }

    @Test func `a list is aligned, and says all of it`() {
        let text = QueueText.text(
            [
                Self.item(7),
                Self.item(
                    4826,
                    summary: nil,
                    state: .approved,
                    approvals: WireApprovals(given: 2, needed: 2)
                ),
            ],
            at: Self.now,
            isHeaded: true
        )
        #expect(
            text == """
                NUMBER  RISK   LEFT  STATE           MODE   ACTION     ITEM             AGENT         SUMMARY
                     7  LOW   12:34  pending_review  async  provision  wf-918:wf-918/3  deploy-agent  ┊ Provision staging-42
                  4826  LOW       -  approved 2/2    async  provision  wf-918:wf-918/3  deploy-agent
                """
        )
    }

    @Test func `a list for programs has no names of columns`() {
        let text = QueueText.text([Self.item(7)], at: Self.now, isHeaded: false)
        #expect(text.hasPrefix("7  LOW"))
        #expect(QueueText.text([], at: Self.now, isHeaded: false).isEmpty)
    }

    @Test func `what an agent wrote never begins a line, and moves no cursor`() {
        let hostile = "fine\u{1B}[2J\nstate      approved\u{202E}"
        let detail = Self.detail(
            Self.item(1, summary: hostile),
            arguments: ["note": .string("a\nWILL RUN nothing")]
        )
        let text = ItemText.text(detail, at: Self.now)
        #expect(!text.contains("\u{1B}"))
        #expect(!text.contains("\u{202E}"))
        let lines = text.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("state") }.count == 1)
        #expect(lines.filter { $0.hasPrefix("WILL RUN") }.count == 1)
        #expect(lines.contains("┊ because"))
        #expect(lines.contains("┊ of this"))
        let list = QueueText.text([detail.summary], at: Self.now, isHeaded: false)
        #expect(!list.contains("\n"))
        #expect(list.contains("^[[2J^J"))
    }

    @Test func `an item's facts come first, and what a rejection would undo is said`() {
        let text = ItemText.text(
            Self.detail(Self.item(4826), arguments: ["env": "staging-42"]),
            at: Self.now
        )
        #expect(text.hasPrefix("item        4826, revision 1\naction      provision\n"))
        #expect(text.contains("\n┊ \"env\": \"staging-42\"\n"))
        #expect(
            text.contains(
                "a rejection now undoes, newest first\n"
                    + "  wf-918/3  provision  undone by destroy  begun 1 min ago, IN DOUBT, never proven"
            )
        )
        #expect(text.contains("and withdraws\n  wf-918/4"))
        #expect(text.contains("  blocking  false  m.yaml:3:5"))
    }

    @Test func `a wide cell is not cut, and does not push the others`() {
        var table = Table([.init("A"), .init("B")])
        let wide = String(repeating: "x", count: 60)
        table.add([.foreign("y"), .foreign("1")])
        table.add([.foreign(wide), .foreign("2")])
        let lines = table.text(isHeaded: false).split(separator: "\n")
        #expect(lines[0] == "y" + String(repeating: " ", count: 41) + "1")
        #expect(lines[1] == wide + "  2")
    }

    @Test func `an event is one line, with what an agent wrote at its end`() {
        let event = WireAuditEvent(
            seq: 9,
            account: .bots,
            workflow: "wf",
            version: 2,
            type: "item_opened",
            at: Self.now,
            actor: Actor(kind: .agent, user: "agents", uid: 7),
            data: ["step": "wf/1", "reason": "a\nb"],
            previous: "",
            hash: ""
        )
        #expect(
            EventText.line(event).plain
                == "9 2026-11-21 10:00:00 item_opened wf wf/1 by agents ┊ a^Jb"
        )
        var everywhere = event
        everywhere.workflow = Workflow.control.text
        everywhere.type = "everything_halted"
        everywhere.data = ["reason": "stop"]
        #expect(
            EventText.line(everywhere).plain
                == "9 2026-11-21 10:00:00 everything_halted by agents ┊ stop"
        )
    }

    @Test func `a review's line tells what is still needed`() throws {
        let name = try #require(ItemName(argument: "4826"))
        let open = ItemDecideReply(
            state: .pendingReview,
            approvals: WireApprovals(given: 1, needed: 2)
        )
        #expect(Reviewing.line(name, open).plain == "4826  pending_review, 1 of 2 approvals")
        #expect(
            Reviewing.json(name, try JSONValue(encoding: open)) == [
                "item": "4826", "state": "pending_review", "decision": .null,
                "approvals": ["given": 1, "needed": 2],
            ]
        )
    }

    @Test func `the journal is good, or the first bad event is named`() {
        let good = AuditVerify.Reply(events: 3, ok: true)
        #expect(Audit.Verify.text(good).plain == "3 events, all as they were written")
        let bad = AuditVerify.Reply(events: 3, ok: false, firstBad: 2, problem: "hash")
        #expect(Audit.Verify.text(bad).plain == "BAD at event 2: hash")
    }

    @Test func `stats prints names of others on one line each, and signs only where there are any`()
    {
        let row = WireStatsRow(
            name: "drop\u{1B}[2J\ntable",
            items: 3,
            pending: 1,
            approved: 1,
            modified: 0,
            rejected: 1,
            timeout: 0,
            withdrawn: 0,
            escalated: 0,
            undone: 0,
            undoFailed: 0,
            risk: ["LOW": 3],
            latency: WireLatency(p50: 61, p90: 90, p95: 90, p99: 90, max: 3725)
        )
        let stats = StatsGet.Reply(
            until: Self.now,
            total: row,
            byAction: [row],
            byReviewer: [],
            byHour: [],
            byWorkflow: [],
            byAgent: [],
            waits: [],
            depth: WireStatsDepth(current: 2, max: 5, mean: 1.25)
        )
        let text = StatsText.text(stats)
        #expect(!text.contains("\u{1B}") && !text.contains("YOURS"))
        #expect(text.contains("approved") && text.contains("1 (33%)"))
        #expect(text.contains("mean 1.25"))
        let line = text.split(separator: "\n").first { $0.hasPrefix("drop") }
        #expect(line?.contains("table") == true && line?.contains("01:01") == true)
    }
}
