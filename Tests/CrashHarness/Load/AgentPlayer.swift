import HoldClient
import HoldCore
import HoldWire

/// An agent that runs one workflow after another, and notes what it is told.
struct AgentPlayer: Sendable {
    let load: Load
    let client: AgentClient
    let name: String

    /// How long an answer may take before nobody is believed to work on it.
    private static let patience = Duration.seconds(60)

    func play() async {
        var dice = Dice(seed: load.seed, name)
        var number = 0
        while !load.stops {
            number += 1
            do {
                try await run("\(name)w\(number)", &dice)
            } catch let violation as Violation {
                load.notes.complain("\(name): \(violation)")
                return
            } catch {
                // Sent home in the middle of something.
                guard load.isEnded || Task.isCancelled else {
                    load.notes.complain("\(name): \(error)")
                    return
                }
                return
            }
        }
    }

    private func run(_ workflow: String, _ dice: inout Dice) async throws {
        var before: [String] = []
        for number in 1...Int.random(in: 2...6, using: &dice) {
            let step = "\(workflow)/\(number)"
            let proposal = proposal(workflow, step, after: before, &dice)
            let fate = Double.random(in: 0..<1, using: &dice)
            guard let answer = try await leave(proposal) else { break }
            guard answer.proceed else {
                try await giveBack(answer)
                break
            }
            if try await perform(proposal, answer, fate) { before.append(step) }
        }
        try await end(workflow)
    }

    private func proposal(
        _ workflow: String,
        _ step: String,
        after before: [String],
        _ dice: inout Dice
    ) -> StepPropose.Params {
        let action = load.mix.actions.randomElement(using: &dice) ?? "look"
        let number = Int64.random(in: 0..<1_000_000, using: &dice)
        return StepPropose.Params(
            workflow: workflow,
            step: step,
            action: action,
            arguments: ["number": .integer(number), "name": .string("\(action) \(number)")],
            summary: "\(action) number \(number)",
            risk: dice.isTrue(0.5) ? Double(Int.random(in: 0...80, using: &dice)) / 100 : nil,
            dependsOn: dice.isTrue(0.15) ? before.randomElement(using: &dice).map { [$0] } : nil,
            checkpoint: dice.isTrue(0.1) ? ["at": .integer(number)] : nil
        )
    }

    // MARK: - Leave

    /// Proposes and waits; nil when the workflow takes nothing more.
    private func leave(_ proposal: StepPropose.Params) async throws -> StepAnswer? {
        guard var answer = try await propose(proposal) else { return nil }
        load.notes.take(.proposed(proposal, answer))
        let end = ContinuousClock.now + AgentPlayer.patience
        while !answer.proceed, answer.isOpen {
            answer = try await client.wait(
                workflow: proposal.workflow,
                step: proposal.step,
                timeout: .seconds(5)
            )
            load.notes.take(.answered(answer))
            guard ContinuousClock.now < end else {
                throw Violation("\(proposal.step) waits for \(AgentPlayer.patience) (I3)")
            }
        }
        return answer
    }

    private func propose(_ proposal: StepPropose.Params) async throws -> StepAnswer? {
        let end = ContinuousClock.now + AgentPlayer.patience
        while true {
            do throws(ClientError) {
                return try await client.propose(proposal)
            } catch {
                guard case .refused(let refusal) = error else { throw error }
                switch refusal.refusalCode {
                case .halted where ContinuousClock.now < end: await pause(.milliseconds(20))
                // It began to unwind, or a step that this builds on was undone.
                case .unwinding: return nil
                case nil where refusal.fault == .invalidParams && proposal.dependsOn != nil:
                    return nil
                default: throw error
                }
            }
        }
    }

    // MARK: - Doing it

    /// Does the step as the permit says, and reports; true when later steps can build on it.
    private func perform(
        _ proposal: StepPropose.Params,
        _ answer: StepAnswer,
        _ fate: Double
    ) async throws -> Bool {
        guard let (permit, _) = try granted(answer, proposal) else { return false }
        var report = StepFinish.Params(
            workflow: proposal.workflow,
            step: proposal.step,
            permit: permit.id,
            outcome: .notStarted
        )
        let hasStarted =
            try fate > 0.04 && load.world.run(proposal.workflow, proposal.step)
        if hasStarted {
            load.notes.take(
                .ran(workflow: proposal.workflow, step: proposal.step, digest: answer.digest)
            )
            report.outcome = fate < 0.08 ? .failed : .succeeded
            report.result = ["did": .string(proposal.step)]
        }
        _ = try await client.finish(report)
        load.notes.take(.finished(report))
        return hasStarted
    }

    /// A permit that came too late: this agent knows that it never began.
    private func giveBack(_ answer: StepAnswer) async throws {
        guard let permit = answer.permit else { return }
        let report = StepFinish.Params(
            workflow: answer.workflow,
            step: answer.step,
            permit: permit.id,
            outcome: .notStarted
        )
        _ = try await client.finish(report)
        load.notes.take(.finished(report))
    }

    /// The permit, seen to be for what was asked or edited; nil when its time is over.
    private func granted(
        _ answer: StepAnswer,
        _ proposal: StepPropose.Params
    ) throws -> (permit: WirePermit, arguments: JSONValue)? {
        do {
            return try answer.granted(for: proposal)
        } catch ClientError.refused(let refusal) where refusal.refusalCode == .conflict {
            return nil
        }
    }

    /// Waits until all is decided, and closes the workflow if it can be.
    private func end(_ workflow: String) async throws {
        let limit = ContinuousClock.now + AgentPlayer.patience
        var reply: WorkflowSettle.Reply
        repeat {
            do throws(ClientError) {
                reply = try await client.settle(workflow, timeout: .seconds(5))
            } catch {
                // Nothing of it was ever taken.
                if case .refused(let refusal) = error, refusal.refusalCode == .unknownWorkflow {
                    return
                }
                throw error
            }
            load.notes.take(.settled(reply))
            guard ContinuousClock.now < limit else {
                throw Violation("\(workflow) does not settle within \(AgentPlayer.patience) (I3)")
            }
        } while !reply.settled
        _ = try await client.finishWorkflow(workflow, outcome: "done")
        load.notes.take(.closed(workflow: workflow, outcome: "done"))
    }
}
