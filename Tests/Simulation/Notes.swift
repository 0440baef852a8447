import HoldCore
import HoldWire

/// What clients were told, for the day of reckoning: none of it may be lost or changed.
struct Notes {
    private(set) var proposed: [ItemReference: Digest] = [:]
    private(set) var decided: [ItemReference: Decision] = [:]
    private(set) var reported: [ItemReference: StepOutcome] = [:]
    private(set) var reviews: [(item: ItemReference, uid: UInt32, verdict: Review.Verdict)] = []
    private(set) var finished: [WorkflowKey: String] = [:]

    /// Takes down what a reply promised.
    mutating func hear(_ reply: Reply, to call: Call, at now: Int64) {
        guard let step = call.ask.step else {
            if case .workflow(let workflow) = reply, let outcome = workflow.outcome {
                finished[call.workflow] = outcome
            }
            return
        }
        let item = ItemReference(workflow: call.workflow, step: step)
        switch reply {
        case .step(let answer):
            proposed[item] = proposed[item] ?? answer.digest
        case .workflow(let workflow):
            if let decision = workflow.step(step)?.item?.decision { note(decision, on: item) }
            if case .command(.finish(let report)) = call.ask { reported[item] = report.outcome }
        case .refused(.alreadyDecided(_, let decision)):
            if let decision { note(decision, on: item) }
        case .refused, .unavailable: break
        }
    }

    /// The first one told is the one that stands; another one later is a broken promise, and kept so.
    private mutating func note(_ decision: Decision, on item: ItemReference) {
        if let standing = decided[item], standing != decision { broken.append((item, decision)) }
        decided[item] = decided[item] ?? decision
    }

    private(set) var broken: [(ItemReference, Decision)] = []
}
