import HoldJournal
import TestAccounts
import Testing

@testable import HoldCore

/// Made-up events and rows.
enum Sample {
    static let noon = Instant(milliseconds: 1_763_719_200_000)
    static let manifest = Digest(of: Array("manifest".utf8))
    static let agent = AgentIdentity(name: "loader", user: "agent", uid: 1001)

    static func opened(
        _ workflow: WorkflowKey,
        at: Instant = noon,
        actor: Actor = .agent(peer)
    ) -> EventDraft {
        EventDraft(
            workflow: workflow,
            event: .workflowOpened(
                WorkflowOpened(title: "Ünïcode \u{0} \u{1A}", agent: agent, depthLimit: 3)
            ),
            at: at,
            actor: actor,
            manifest: manifest
        )
    }

    static func saved(
        _ workflow: String,
        bytes: Int = 10,
        at: Instant = noon,
        actor: Actor = .agent(peer)
    ) -> EventDraft {
        EventDraft(
            workflow: WorkflowKey(workflow),
            event: .checkpointSaved(
                CheckpointSaved(step: nil, blob: Digest(of: [UInt8(bytes & 255)]), bytes: bytes)
            ),
            at: at,
            actor: actor,
            manifest: manifest
        )
    }

    static let peer = Peer(uid: 1001, user: "agent", groups: [], pid: 7)

    /// A batch that opens a workflow and saves so many checkpoints in it.
    static func batch(_ workflow: String, events: Int = 2, expected: Int? = 0) -> Batch {
        var batch = Batch()
        if let expected { batch.expected = [WorkflowKey(workflow): expected] }
        batch.events = (0..<events).map { place in
            place == 0 && (expected ?? 0) == 0
                ? opened(WorkflowKey(workflow)) : saved(workflow, bytes: place)
        }
        return batch
    }

    static func item(
        _ number: Int64,
        workflow: String = "w",
        of account: Account = .bots,
        state: ItemState = .pendingReview,
        riskClass: RiskClass = .low,
        deadline: Int64 = 3600,
        isStuck: Bool = false,
        agent: String = "loader",
        action: String = "load"
    ) -> ItemRow {
        ItemRow(
            number: number,
            workflow: WorkflowKey(account: account, text: workflow),
            step: StepID("s\(number)"),
            action: action,
            summary: "Load \(number) rows",
            state: state,
            mode: .async,
            queue: "default",
            agent: agent,
            requestedBy: "agent",
            risk: 0.25,
            riskClass: riskClass,
            createdAt: noon,
            deadline: noon + Span(seconds: Double(deadline)),
            tier: "team",
            digest: Digest(of: Array("\(number)".utf8)),
            revision: 1,
            approvalsGiven: 0,
            approvalsNeeded: 1,
            confirm: .key,
            separation: .enforced,
            undoSteps: 2,
            undoOperation: "unload",
            isStuck: isStuck,
            decidedAt: nil,
            decidedBy: nil
        )
    }

    static func workflow(
        _ id: String,
        status: Workflow.Status = .waiting,
        depth: Int = 1,
        limit: Int = 3,
        updated: Int64 = 0,
        phase: UndoPhase = .idle,
        wake: Int64? = nil
    ) -> WorkflowRow {
        WorkflowRow(
            workflow: WorkflowKey(id),
            title: "Run of \(id)",
            agent: "loader",
            user: "agent",
            status: status,
            pending: 1,
            depth: depth,
            depthLimit: limit,
            openedAt: noon,
            updatedAt: noon + Span(milliseconds: updated),
            version: 2,
            stuckAt: phase == .stuck ? StepID("s1") : nil,
            undoneLinks: 1,
            plannedLinks: 2,
            phase: phase,
            nextWake: wake.map { noon + Span(milliseconds: $0) }
        )
    }

    private static func claim(using random: inout SeededRandom) -> Claim {
        let left = Span(seconds: Double(Int.random(in: -300..<300, using: &random)))
        return Claim(by: "b\u{0}o", uid: .max, until: noon + left)
    }

    private static func snoozes(using random: inout SeededRandom) -> [Snooze] {
        [UInt32](arrayLiteral: 7, 8, .max).compactMap { uid in
            guard Int.random(in: 0..<3, using: &random) == 0 else { return nil }
            let left = Span(seconds: Double(Int.random(in: -300..<900, using: &random)))
            return Snooze(by: "person \(uid)", uid: uid, until: noon + left)
        }
    }

    /// Rows in which everything that lists order or filter by varies, with many ties.
    static func items(_ count: Int, seed: UInt64) -> [ItemRow] {
        var random = SeededRandom(seed: seed)
        let words = ["alpha", "Beta", "gamma", "Ωmega", "\u{0}nil", "Straße"]
        func pick<Value>(_ values: [Value]) throws -> Value {
            try #require(values.randomElement(using: &random))
        }
        return (1...Int64(count)).compactMap { number in
            guard let state = try? pick(ItemState.allCases + [.pendingReview, .pendingReview]),
                let riskClass = try? pick(RiskClass.allCases), let word = try? pick(words),
                let agent = try? pick(words), let action = try? pick(words)
            else { return nil }
            var row = item(
                number,
                workflow: "w\(Int.random(in: 0..<40, using: &random))",
                of: .test(UInt32(number % 3))
            )
            row.state = state
            row.riskClass = riskClass
            row.risk = Bool.random(using: &random) ? Double(number % 5) / 4 : nil
            row.isStuck = Int.random(in: 0..<12, using: &random) == 0
            row.deadline = noon + Span(seconds: Double(Int.random(in: -60..<600, using: &random)))
            row.createdAt = noon + Span(seconds: Double(Int.random(in: -50..<0, using: &random)))
            row.agent = agent
            row.action = action
            row.queue = number % 3 == 0 ? "night" : "default"
            row.summary = number % 7 == 0 ? nil : "says \(word)"
            row.undoOperation = number % 4 == 0 ? nil : "op\(number % 4)"
            row.decidedAt = state.isPending ? nil : noon
            row.decidedBy = state.isPending ? nil : "ada"
            row.tier = number % 5 == 0 ? "Leads" : "team"
            row.isModified = number % 9 == 0
            row.escalations = Int(number % 3)
            row.outcome = number % 2 == 0 ? .succeeded : nil
            row.beganAt = number % 2 == 0 ? noon : nil
            row.finishedAt = number % 4 == 0 ? noon + Span(seconds: 3) : nil
            row.undoState = number % 8 == 0 ? .undone : nil
            row.claim = Int.random(in: 0..<4, using: &random) == 0 ? claim(using: &random) : nil
            row.snoozes = snoozes(using: &random)
            return row
        }
    }
}
