import HoldCore
import TestAccounts

@testable import HoldConsole

/// What the screens of their own need of a console under test.
extension ConsoleDriver {
    /// A console that shows an item of a workflow whose undo is stuck.
    static func stuck(_ item: QueueItem, separation: Separation = .enforced) -> Self {
        var driver = Self.showing([item, .sample(3)])
        driver.send(.connected(Connection(place: "", user: "alice", separation: separation)))
        driver.isStuck(item)
        driver.history = (0..<3).map { HistoryEvent.sample(Int64(90 - $0), about: item) }
        driver.settle()
        driver.advance(ms: 1_000)
        driver.requests = []
        return driver
    }

    /// The undo of the item's workflow gets stuck.
    mutating func isStuck(_ item: QueueItem, agreedBy: String? = nil) {
        let detail = WorkflowDetail.stuck(item.reference.workflow, agreedBy: agreedBy)
        workflowDetails[item.reference.workflow] = detail
        send(.workflowsLoaded([detail.line, .sample("wf-2"), .sample("wf-3")]))
    }

    /// Answers one question of a screen of its own.
    mutating func answerViews(_ request: Request) {
        switch request {
        case .loadWorkflow(let id):
            guard let detail = workflowDetails[id] else { return }
            send(.workflowLoaded(detail))
        case .loadHistory(let query):
            send(
                .historyLoaded(
                    HistoryPage(query: query, events: history, lastSequence: 90, reached: nil)
                )
            )
        default: break
        }
    }

    /// Every order that was sent.
    var steerings: [Steering] {
        requests.compactMap {
            if case .steer(let order) = $0 { return order }
            return nil
        }
    }

    /// Whether no order went out without a reason.
    var steersWithReason: Bool { steerings.allSatisfy { !$0.reason.isEmpty } }

    var steerSheet: SteerSheet? {
        if case .steer(let sheet) = model.sheet { return sheet }
        return nil
    }
}

extension WorkflowLine {
    static func sample(_ id: String, status: Workflow.Status = .running) -> WorkflowLine {
        WorkflowLine(
            workflow: WorkflowKey(id),
            agent: "agent-of-\(id)",
            status: status,
            pending: 1,
            depth: Depth(current: 2, limit: 5),
            updatedAt: Instant(milliseconds: 1_790_000_000_000)
        )
    }
}

extension WorkflowDetail {
    /// A workflow of three steps whose second undo failed for good.
    static func stuck(_ id: WorkflowKey, agreedBy: String? = nil) -> WorkflowDetail {
        var chain = [
            UndoLine(
                step: StepID("\(id.text)/9"),
                action: "notify",
                operation: "retract",
                state: .undone,
                attempts: 1
            ),
            UndoLine(
                step: StepID("\(id.text)/8"),
                action: "pay",
                operation: "unpay",
                state: .undoFailed,
                attempts: 3,
                error: "locked"
            ),
            UndoLine(
                step: StepID("\(id.text)/7"),
                action: "plan",
                operation: "unplan",
                state: .recorded
            ),
        ]
        chain[1].skipAgreedBy = agreedBy
        var line = WorkflowLine.sample(id.text, status: .stuck)
        line.stuckAt = chain[1]
        line.unwinding = WorkflowLine.Unwinding(closed: 1, planned: 3)
        return WorkflowDetail(
            line: line,
            steps: chain.reversed().map {
                WorkflowStep(step: $0.step, action: $0.action, mode: .async)
            },
            undoChain: chain
        )
    }
}

extension HistoryEvent {
    static func sample(_ sequence: Int64, about item: QueueItem) -> HistoryEvent {
        HistoryEvent(
            sequence: sequence,
            workflow: item.reference.workflow,
            version: Int(sequence),
            type: "item_decided",
            at: Instant(milliseconds: 1_790_000_000_000),
            actor: Actor(kind: .reviewer, user: "bob", uid: 7),
            data: [
                "step": .string(item.reference.step.text),
                "decision": ["outcome": "rejected", "reason": "no", "modified": false],
            ],
            item: HistoryItem(
                number: item.number,
                action: item.action,
                agent: item.agent,
                riskClass: item.riskClass,
                state: .rejected
            )
        )
    }
}
