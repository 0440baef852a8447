import HoldCore
import HoldWire
import Synchronization

extension Echo {
    // MARK: - Agents

    func play(_ agent: Int, _ numbers: StrideTo<Int>) throws {
        let line = try line(agentPath, "agent-\(agent)")
        var dice = Dice(seed: seed, "play-\(agent)")
        for number in numbers where !isOver {
            let workflow = "x\(number)"
            for position in 1...4 {
                let step = "\(workflow)/\(position)"
                let action = dice.isTrue(0.25) ? "ship" : "build"
                guard try perform(workflow, step, action, line) else { break }
            }
            _ = try line.same(
                WorkflowSettle.method,
                ["workflow": .string(workflow), "timeout_seconds": 30],
                ["settled", "steps", "rollback"]
            )
        }
        count(line)
    }

    /// True when the workflow can go on.
    private func perform(
        _ workflow: String,
        _ step: String,
        _ action: String,
        _ line: RawLine
    ) throws -> Bool {
        let proposal = StepPropose.Params(workflow: workflow, step: step, action: action)
        let params = try JSONValue(encoding: proposal)
        guard let first = try line.same(StepPropose.method, params, ["digest", "number"]) else {
            return false
        }
        state.withLock { $0.steps += 1 }
        var answer = try first.decode(StepAnswer.self)
        notes.take(.proposed(proposal, answer))
        let name: JSONValue = ["workflow": .string(workflow), "step": .string(step)]
        if !answer.proceed, answer.state == .pendingReview {
            let keys = ["state", "decision", "permit", "digest"]
            guard let waited = try line.same(StepWait.method, name, keys) else { return false }
            answer = try waited.decode(StepAnswer.self)
            notes.take(.answered(answer))
        }
        guard let permit = answer.permit else { return false }
        let hasStarted = try answer.proceed && world.run(workflow, step)
        if hasStarted {
            notes.take(.ran(workflow: workflow, step: step, digest: answer.digest))
        }
        let report = StepFinish.Params(
            workflow: workflow,
            step: step,
            permit: permit.id,
            outcome: hasStarted ? .succeeded : .notStarted
        )
        _ = try line.same(StepFinish.method, try JSONValue(encoding: report), [])
        state.withLock { $0.finished += 1 }
        notes.take(.finished(report))
        return hasStarted
    }

    // MARK: - Reviewers

    func review(_ number: Int) throws {
        let line = try line(reviewPath, "reviewer-\(number)")
        var dice = Dice(seed: seed, "review-\(number)")
        while !isOver {
            let answers = try line.ask(QueueList.method, ["sort": "age", "limit": 20], times: 1)
            guard case .success(let value)? = answers.first else { continue }
            for item in try value.decode(QueueWindow.self).items where item.state == .pendingReview
            {
                guard item.number % 2 == number || dice.isTrue(0.2) else { continue }
                try review(item, isRejection: dice.isTrue(0.2), line)
            }
        }
        count(line)
    }

    private func review(_ item: WireItem, isRejection: Bool, _ line: RawLine) throws {
        let review = ItemReview(
            item: WireItemReference(workflow: item.workflow, step: item.step),
            decision: isRejection ? .reject : .approve,
            digest: item.digest,
            reason: isRejection ? "no" : nil
        )
        var decisions: [WireDecision] = []
        var wins = 0
        for answer in try line.ask(ItemDecide.method, try JSONValue(encoding: review)) {
            switch answer {
            case .success(let value):
                let reply = try value.decode(ItemDecideReply.self)
                notes.take(.reviewed(review, reply))
                wins += 1
                decisions += reply.decision.map { [$0] } ?? []
            case .failure(let error):
                guard error.refusalCode == .alreadyDecided else {
                    throw Violation("item.decide said three times: \(error)")
                }
                let decision = try ReviewPlayer.standing(error)
                notes.take(.late(review, decision))
                decisions.append(decision)
            }
        }
        guard wins <= 1, Set(decisions).count == 1 else {
            throw Violation("\(item.step): one review, said three times, counts \(wins) times (I2)")
        }
    }

    // MARK: - The executor

    func execute() throws {
        let line = try line(agentPath, "executor")
        _ = try line.same(UndoServe.method, ["operations": ["put_back"]], [])
        while true {
            try line.serve { call in
                notes.take(.undoCalled(call))
                switch world.undo(call.workflow, call.step) {
                case .undone: return UndoRun.Reply(outcome: .undone)
                case .alreadyUndone: return UndoRun.Reply(outcome: .alreadyUndone)
                case .notApplied: return UndoRun.Reply(outcome: .notApplied)
                }
            }
        }
    }

    private func count(_ line: RawLine) { state.withLock { $0.said += Int(line.requests) } }
}
