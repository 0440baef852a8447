import HoldCore
import HoldWire
import Synchronization

/// What a client was told, or did because of it.
enum Note: Sendable {
    /// A proposal was answered.
    case proposed(StepPropose.Params, StepAnswer)
    /// A wait was answered.
    case answered(StepAnswer)
    /// The world was changed, under this permit.
    case ran(workflow: String, step: String, digest: Digest)
    case finished(StepFinish.Params)
    case settled(WorkflowSettle.Reply)
    case closed(workflow: String, outcome: String)
    /// A review was answered.
    case reviewed(ItemReview, ItemDecideReply)
    /// A review came after this decision.
    case late(ItemReview, WireDecision)
    /// An agent was told of a decision unasked.
    case noticed(HoldWire.ItemDecided.Params)
    case unwound(WorkflowUnwound.Params)
    /// A reviewer saw an item.
    case seen(WireItem)
    /// An executor was called.
    case undoCalled(UndoRun.Params)
    case steered(workflow: String, step: String, Steering)
    case halted(workflow: String)

    enum Steering: Sendable { case retry, skip, resolve }

    /// Whether it counts as an operation that the service answered.
    var isOperation: Bool {
        switch self {
        case .ran, .noticed, .unwound, .seen: false
        default: true
        }
    }
}

/// The notes that all clients take, and what went wrong for them.
final class Notes: Sendable {
    private struct State {
        var fresh: [Note] = []
        var operations = 0
        var kept = 0
        var problem: Violation?
    }

    private let state = Mutex(State())

    func take(_ note: Note) {
        state.withLock { state in
            state.fresh.append(note)
            state.kept += 1
            if note.isOperation { state.operations += 1 }
        }
    }

    /// Something that a client must never see; the first counts.
    func complain(_ sentence: String) {
        state.withLock { state in
            if state.problem == nil { state.problem = Violation(sentence) }
        }
    }

    /// What came since the last time.
    func drain() -> [Note] {
        state.withLock { state in
            defer { state.fresh = [] }
            return state.fresh
        }
    }

    /// How many requests were answered so far.
    var operations: Int { state.withLock { $0.operations } }

    /// - Throws: What a client complained of.
    func check() throws {
        if let problem = state.withLock({ $0.problem }) { throw problem }
    }
}
