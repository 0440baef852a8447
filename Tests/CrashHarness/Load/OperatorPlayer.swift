import HoldClient
import HoldWire

/// Moves stuck chains on, and presses the stop button now and then.
struct OperatorPlayer: Sendable {
    let load: Load
    let client: ReviewClient

    func play() async {
        var dice = Dice(seed: load.seed, "operator")
        while !load.isEnded {
            do {
                try await steer(&dice)
                try await release()
                if load.mix.isTroubled, !load.stops, dice.isTrue(0.3) { try await halt(&dice) }
            } catch .refused(let refusal) where refusal.refusalCode != .conflict {
                load.notes.complain("the operator: \(refusal)")
            } catch {
                // Without a service, or the chain has moved; looked at anew.
            }
            await pause(.milliseconds(20))
        }
    }

    private func steer(_ dice: inout Dice) async throws(ClientError) {
        for workflow in try await client.workflows(status: .stuck, limit: 20).workflows {
            guard let link = workflow.stuckUndo else { continue }
            let order = UndoSteer(
                workflow: workflow.workflow,
                step: link.step,
                reason: "looked at by hand"
            )
            let act: Note.Steering
            switch Int.random(in: 0..<4, using: &dice) {
            case 0:
                _ = try await client.skipUndo(order)
                act = .skip
            case 1:
                _ = try await client.resolveUndo(order)
                act = .resolve
            default:
                _ = try await client.retryUndo(order)
                act = .retry
            }
            load.notes.take(.steered(workflow: workflow.workflow, step: link.step, act))
        }
    }

    private func halt(_ dice: inout Dice) async throws(ClientError) {
        let running = try await client.workflows(status: .waiting, limit: 10).workflows
        guard let one = running.randomElement(using: &dice) else { return }
        let order = HaltOrder(scope: .workflow, id: one.workflow, reason: "a closer look")
        _ = try await client.halt(order)
        load.notes.take(.halted(workflow: one.workflow))
    }

    /// Lets go of every stop button, also of one that was pressed before a kill.
    private func release() async throws(ClientError) {
        for workflow in try await client.workflows(status: .halted, limit: 20).workflows {
            let order = HaltOrder(scope: .workflow, id: workflow.workflow, reason: "looked at")
            _ = try await client.resume(order)
        }
    }
}
