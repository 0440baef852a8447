import HoldBroker
import HoldCore
import HoldWire
import Logging

/// Tells the agents of a workflow what was decided and what is being undone there.
struct Announcer: Sendable {
    var switchboard: Switchboard
    var manifests: ManifestKeeper
    var logger: Logger

    func announce(_ change: Publication.Change) {
        for event in change.events {
            guard let message = message(for: event, in: change.workflow) else { continue }
            switchboard.notify(change.workflow.id.text, message)
        }
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
            .lateReviewNoted, .undoStarted, .undone, .undoFailed, .undoRetried, .undoSkipAgreed,
            .undoSkipped, .undoResolved, .everythingHalted, .everythingResumed, .agentHalted,
            .agentResumed:
            return nil
        }
    }
}
