import HoldBroker
import HoldCore
import HoldWire

/// What a client asks of the service.
enum Ask: Hashable {
    case command(Command)
    case wait(StepID)
    case settle
    case look

    var request: Submission.Request {
        switch self {
        case .command(let command): .command(command)
        case .wait(let step): .wait(step)
        case .settle: .settle
        case .look: .look
        }
    }

    /// The step that it is about; nil when it is about none.
    var step: StepID? {
        switch self {
        case .command(let command): command.step
        case .wait(let step): step
        case .settle, .look: nil
        }
    }
}

extension Command {
    /// The step that it names; nil when it names none.
    var step: StepID? {
        switch self {
        case .propose(let proposal): proposal.step
        case .collect(let step), .withdraw(let step, _), .escalate(let step, _),
            .claim(let step, _), .release(let step), .snooze(let step, _), .note(let step, _),
            .reportUndo(let step, _, _, _), .retryUndo(let step, _), .skipUndo(let step, _),
            .resolveUndo(let step, _):
            step
        case .finish(let report): report.step
        case .review(let review): review.step
        default: nil
        }
    }
}

/// What a client is told.
enum Reply {
    /// How a step stands, as the wire says it.
    case step(StepAnswer)
    /// Something of the workflow as it now durably is.
    case workflow(Workflow)
    case refused(Refusal)
    case unavailable
}

/// One request on its way, until its client has heard of it.
struct Call {
    var client: Client
    var workflow: WorkflowKey
    var ask: Ask
    /// Nothing that its client goes by: asked to see whether it is turned away.
    var isAside = false
    /// Whether its client still waits for this very answer.
    var isOpen = true
}

/// Who asks.
enum Client: Hashable {
    case agent(Int, lane: Int)
    case reviewer(Int)
}
