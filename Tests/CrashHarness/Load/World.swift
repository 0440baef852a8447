import HoldCore
import Synchronization

/// What agents really did, and what was undone: an executor that keeps its contract (I10).
final class World: Sendable {
    private enum Mark { case applied, undone, neverAgain }

    private struct State {
        var marks: [String: Mark] = [:]
        var undone: [String: [String]] = [:]
        var runs = 0
        var undos = 0
        var refused = 0
    }

    private let state = Mutex(State())

    /// Does a step; false when an undo has left its mark.
    func run(_ workflow: String, _ step: String) throws(Violation) -> Bool {
        let problem = state.withLock { state -> (isDone: Bool, problem: Violation?) in
            switch state.marks[step] {
            case nil:
                state.marks[step] = .applied
                state.runs += 1
                return (true, nil)
            case .applied: return (false, Violation("\(step) is run a second time"))
            case .undone, .neverAgain:
                state.refused += 1
                return (false, nil)
            }
        }
        if let violation = problem.problem { throw violation }
        return problem.isDone
    }

    /// Undoes a step, once in effect; what was never done cannot be done later.
    func undo(_ workflow: String, _ step: String) -> UndoOutcome {
        state.withLock { state in
            switch state.marks[step] {
            case .applied:
                state.marks[step] = .undone
                state.undone[workflow, default: []].append(step)
                state.undos += 1
                return .undone
            case .undone: return .alreadyUndone
            case nil, .neverAgain:
                state.marks[step] = .neverAgain
                return .notApplied
            }
        }
    }

    /// Takes over what a command undid, from what it wrote down itself.
    func adopt(_ steps: [String], undoneIn workflow: String) {
        state.withLock { state in
            for step in steps { state.marks[step] = .undone }
            state.undone[workflow] = steps
            state.undos += steps.count
        }
    }

    func isApplied(_ step: String) -> Bool { state.withLock { $0.marks[step] == .applied } }

    /// What was undone in a workflow, in effect and in order.
    func undone(_ workflow: String) -> [String] { state.withLock { $0.undone[workflow] ?? [] } }

    /// Steps run, steps undone, late runs refused.
    var figures: (runs: Int, undos: Int, refused: Int) {
        state.withLock { ($0.runs, $0.undos, $0.refused) }
    }
}
