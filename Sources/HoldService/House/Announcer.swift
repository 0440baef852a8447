import HoldBroker
import HoldCore
import HoldWire
import Logging

/// Tells the agents of a workflow what was decided and what is being undone there.
struct Announcer: Sendable {
    var switchboard: Switchboard
    var notifiers: NotifierQueue
    var resumes: ResumeStarter
    var logger: Logger

    func announce(_ change: Publication.Change) {
        for event in change.events {
            tellPeople(of: event, in: change.workflow)
            startAgain(after: event, in: change.workflow)
            guard let message = message(for: event, in: change.workflow) else { continue }
            switchboard.notify(change.workflow.id, message)
        }
    }

    /// Runs the manifest's notifiers; none of them can hold anything up.
    private func tellPeople(of event: Event, in workflow: Workflow) {
        switch event {
        case .itemOpened(let data): tell(.itemOpened, data.step, in: workflow)
        case .itemEscalated(let data): tell(.escalated, data.step, in: workflow)
        case .itemWarned(let data): tell(.warned, data.step, in: workflow)
        case .itemDecided(let data): tell(.decided, data.step, in: workflow)
        case .undoStuck: tell(.undoStuck, workflow)
        case .unwindEnded: tell(.unwound, workflow)
        default: break
        }
    }

    private func tell(_ occasion: Notifier.Occasion, _ id: StepID, in workflow: Workflow) {
        guard notifiers.hears(occasion), let step = workflow.step(id), let item = step.item,
            let row = workflow.itemRow(of: step),
            let value = try? JSONValue(
                encoding: WireItem(
                    row,
                    depth: WireDepth(current: workflow.depth, max: workflow.depthLimit),
                    provenAt: nil,
                    decision: item.decision,
                    // Nobody in particular is told, as of the event.
                    to: Viewer(uid: nil, now: workflow.updatedAt ?? item.openedAt)
                )
            )
        else { return }
        notifiers.tell(occasion, .item(value, role: item.tier.name))
    }

    private func tell(_ occasion: Notifier.Occasion, _ workflow: Workflow) {
        guard notifiers.hears(occasion),
            let value = WireWorkflow(workflow).flatMap({ try? JSONValue(encoding: $0) })
        else { return }
        notifiers.tell(occasion, .workflow(value))
    }

    /// A decision lands and the agent is gone: what the manifest names is started.
    private func startAgain(after event: Event, in workflow: Workflow) {
        guard case .itemDecided(let data) = event, let agent = workflow.agent else { return }
        resumes.decided(
            ItemReference(workflow: workflow.id, step: data.step),
            agent: agent,
            decision: Announcer.words(of: data, in: workflow, to: agent)
        )
    }

    /// What an agent that is started again is told of the decision.
    private static func words(
        of data: HoldCore.ItemDecided,
        in workflow: Workflow,
        to agent: AgentIdentity
    ) -> JSONValue? {
        guard let item = workflow.step(data.step)?.item,
            let decision = try? JSONValue(encoding: WireDecision(data.decision))
        else { return nil }
        return [
            "workflow": .string(workflow.id.text), "step": .string(data.step.text),
            "number": .integer(item.number), "agent": .string(agent.name),
            "account": .string(agent.user), "state": .string(data.state.rawValue),
            "decision": decision,
        ]
    }

    private func message(for event: Event, in workflow: Workflow) -> RPCMessage? {
        let id = workflow.id.text
        switch event {
        case .itemDecided(let data):
            guard let item = workflow.step(data.step)?.item else { return nil }
            return try? ItemDecided.notification(
                ItemDecided.Params(
                    workflow: id,
                    step: data.step.text,
                    number: Int(clamping: item.number),
                    state: WireItemState(data.state),
                    decision: WireDecision(data.decision)
                )
            )
        case .unwindPlanned(let data):
            return try? WorkflowUnwinding.notification(
                WorkflowUnwinding.Params(
                    workflow: id,
                    because: WireStepReference(workflow: id, step: data.cause.text),
                    steps: data.steps.map(\.text)
                )
            )
        case .unwindEnded(let data):
            return try? WorkflowUnwound.notification(
                WorkflowUnwound.Params(
                    workflow: id,
                    outcome: data.exceptions.isEmpty ? .rolledBack : .rolledBackWithExceptions,
                    exceptions: data.exceptions.compactMap { workflow.step($0) }.map {
                        WireUndoLink($0)
                    }
                )
            )
        case .undoStuck(let data):
            logger.error(
                "an undo chain is stuck: a person must retry, resolve or skip it",
                metadata: [
                    "workflow": "\(id)", "step": "\(data.step.text)", "error": "\(data.error)",
                ]
            )
            return workflow.step(data.step).flatMap {
                try? WorkflowStuck.notification(
                    WorkflowStuck.Params(workflow: id, link: WireUndoLink($0))
                )
            }
        case .workflowOpened, .workflowFinished, .workflowHalted, .workflowResumed,
            .checkpointSaved, .stepProposed, .stepBegan, .stepFinished, .stepWithdrawn,
            .leaseEnded, .itemOpened, .itemReviewed, .itemModified, .itemEscalated, .itemWarned,
            .lateReviewNoted, .itemClaimed, .itemReleased, .itemSnoozed, .itemNoted, .undoStarted,
            .undone, .undoFailed, .undoRetried, .undoSkipAgreed, .undoSkipped, .undoResolved,
            .everythingHalted, .everythingResumed, .accountHalted, .accountResumed, .agentHalted,
            .agentResumed, .shiftNoted, .drillStarted, .drillPassed:
            return nil
        case .drillFailed(let data):
            logger.warning(
                "a drill failed: an undo is not proven",
                metadata: ["operation": "\(data.operation)", "error": "\(data.error)"]
            )
            return nil
        }
    }
}
