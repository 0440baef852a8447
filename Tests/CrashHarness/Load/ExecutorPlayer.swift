import HoldClient
import HoldCore
import HoldWire

/// An undo executor that keeps its contract, and now and then fails first.
struct ExecutorPlayer: Sendable {
    let load: Load

    private struct Busy: Error {}

    func serve(_ client: AgentClient) async {
        do {
            try await client.serveUndos(["put_back", "get_stuck"]) { call in try await undo(call) }
        } catch {
            if !load.isEnded { load.notes.complain("the executor: \(error)") }
        }
    }

    private func undo(_ call: UndoRun.Params) async throws -> UndoRun.Reply {
        load.notes.take(.undoCalled(call))
        var dice = Dice(seed: load.seed, call.key)
        await pause(dice.milliseconds(0...3))
        let isFirst = call.attempt == 1
        if load.mix.isTroubled, isFirst {
            if call.operation == "get_stuck" {
                throw UndoProblem.terminal("it cannot be undone by itself")
            }
            if dice.isTrue(0.1) { throw Busy() }
        }
        switch load.world.undo(call.workflow, call.step) {
        case .undone: return UndoRun.Reply(outcome: .undone)
        case .alreadyUndone: return UndoRun.Reply(outcome: .alreadyUndone)
        case .notApplied: return UndoRun.Reply(outcome: .notApplied)
        }
    }
}
