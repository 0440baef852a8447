import HoldCore
import HoldJournal
import HoldWire
import TestAccounts

/// Holds what clients were told against what the journal says.
struct Oracle {
    private(set) var model = Model()
    private var copy = StoreCopy()
    /// Items whose summary was held against the journal already.
    private var seen: Set<Int> = []
    private(set) var notes = 0

    /// The end of the chain as last read.
    var head: (seq: Int64, hash: Digest) { copy.last }

    /// Reads what a dead service left, and checks everything that was told before it died.
    ///
    /// - Throws: ``Violation``.
    mutating func check(_ site: Site, _ book: Notes) throws {
        try book.check()
        let told = book.drain()
        var model = model
        try copy.read(site) { try model.take($0) }
        try model.checkEnd()
        self.model = model
        for note in told { try check(note) }
        notes += told.count
        try book.check()
    }

    private mutating func check(_ note: Note) throws {
        switch note {
        case .proposed(let proposal, let answer): try check(proposal, answer)
        case .answered(let answer): _ = try check(answer)
        case .ran(let workflow, let step, let digest): try checkRun(workflow, step, digest)
        case .finished(let report): try check(report)
        case .settled(let reply): try check(reply)
        case .closed(let workflow, let outcome):
            guard model.flows[WorkflowKey(workflow)]?.outcome == outcome else {
                throw Violation(
                    "lost: the end of \(workflow) as \(outcome), which was acknowledged"
                )
            }
        case .reviewed(let review, let reply): try check(review, reply)
        case .late(let review, let decision):
            let (workflow, step) = try names(review.item)
            try check(decision, of: workflow, step, "a late reviewer")
        case .noticed(let params):
            guard let decision = params.decision else { break }
            try check(decision, of: params.workflow, params.step, "a notice")
        case .unwound(let params):
            guard let flow = model.flows[WorkflowKey(params.workflow)], flow.unwinds > 0,
                flow.exceptions != nil
            else { throw Violation("told that \(params.workflow) is unwound, and it is not") }
        case .seen(let item):
            guard seen.insert(item.number).inserted else { return }
            let step = try told(item.workflow, item.step, "a reviewer saw")
            guard step.number == Int64(item.number), step.proposed.action == item.action else {
                throw Violation("\(item.step): the queue showed another item than is recorded")
            }
        case .undoCalled(let call):
            let step = try told(call.workflow, call.step, "an executor was called for")
            guard step.attempts >= call.attempt else {
                throw Violation(
                    "\(call.step): attempt \(call.attempt) was run and not recorded (I1)"
                )
            }
        case .steered(let workflow, let step, let act):
            let step = try told(workflow, step, "an operator steered")
            switch (act, step.link) {
            case (.skip, .skipped), (.resolve, .resolved): break
            case (.retry, _) where step.attempts > 1: break
            default: throw Violation("lost: \(act) of \(workflow), which was acknowledged")
            }
        case .halted(let workflow):
            guard model.flows[WorkflowKey(workflow)]?.halts ?? 0 > 0 else {
                throw Violation("lost: the halt of \(workflow), which was acknowledged (I20)")
            }
        }
    }

    // MARK: - What is there

    func told(_ workflow: String, _ step: String, _ who: String) throws -> Model.Step {
        guard let found = model.step(workflow, step) else {
            throw Violation("lost: \(step), of which \(who); it is not in the journal")
        }
        return found
    }

    private func names(_ item: WireItemReference) throws -> (String, String) {
        guard case .step(let pair) = item else { throw Violation("a review by number") }
        return (pair.workflow, pair.step)
    }

    private func check(_ proposal: StepPropose.Params, _ answer: StepAnswer) throws {
        let step = try told(proposal.workflow, proposal.step, "an agent was told")
        let recorded = step.proposed
        guard recorded.action == proposal.action,
            recorded.arguments == proposal.arguments ?? .object([:]),
            recorded.risk == proposal.risk, recorded.summary == proposal.summary,
            recorded.dependsOn.map(\.text) == proposal.dependsOn ?? []
        else {
            throw Violation("\(proposal.step): recorded with other content than proposed (I15)")
        }
        try check(answer)
    }

    private func check(_ answer: StepAnswer) throws {
        let step = try told(answer.workflow, answer.step, "an agent was told")
        if let number = answer.number, step.number != Int64(number) {
            throw Violation("\(answer.step): told number \(number), recorded \(step.number ?? 0)")
        }
        if let permit = answer.permit {
            guard let began = step.began, began.permit.id == permit.id,
                began.permit.validUntil == permit.validUntil, began.permit.digest == answer.digest
            else { throw Violation("\(answer.step): a permit was told that is not recorded (I6)") }
        }
        if let decision = answer.decision {
            try check(decision, of: answer.workflow, answer.step, "an agent")
        }
        switch answer.state {
        case .approved, .rejected, .timeout:
            guard step.decided?.state.rawValue == answer.state?.rawValue else {
                throw Violation("\(answer.step): told \(answer.state?.rawValue ?? "") (I2)")
            }
        case .pendingReview, .modified, .withdrawn, nil: break
        }
    }

    private func checkRun(_ workflow: String, _ id: String, _ digest: Digest) throws {
        let step = try told(workflow, id, "an agent ran")
        guard step.began?.permit.digest == digest else {
            throw Violation("\(id) was run, and its permit is not recorded (I6)")
        }
        guard step.proposed.mode != .sync || step.decided?.decision.digest == digest else {
            throw Violation("\(id) was run without its approval (I12)")
        }
    }

    private func check(_ report: StepFinish.Params) throws {
        let step = try told(report.workflow, report.step, "an agent reported")
        guard step.finished?.outcome.rawValue == report.outcome.rawValue,
            step.finished?.result == report.result
        else { throw Violation("lost: the report of \(report.step), which was acknowledged") }
    }

    private func check(_ reply: WorkflowSettle.Reply) throws {
        for step in reply.steps {
            guard let decision = step.decision else { continue }
            try check(decision, of: reply.workflow, step.step, "an agent that settled")
        }
    }

    private func check(_ review: ItemReview, _ reply: ItemDecideReply) throws {
        let (workflow, id) = try names(review.item)
        let step = try told(workflow, id, "a reviewer was told")
        guard let decision = reply.decision, let decided = step.decided else {
            throw Violation("lost: the decision on \(id), which was acknowledged")
        }
        try check(decision, of: workflow, id, "its reviewer")
        let wanted: ItemState = review.decision == .reject ? .rejected : .approved
        guard decided.state == wanted else {
            throw Violation("\(id): acknowledged as \(wanted), recorded as \(decided.state) (I2)")
        }
    }

    /// A decision, once told, is the one decision.
    func check(
        _ told: WireDecision,
        of workflow: String,
        _ id: String,
        _ whom: String
    ) throws {
        let step = try self.told(workflow, id, "\(whom) was told")
        guard let decision = step.decided?.decision else {
            throw Violation("lost: the decision on \(id) that \(whom) was told")
        }
        guard decision.outcome.rawValue == told.outcome.rawValue,
            decision.reviewedBy == told.reviewedBy, decision.reviewedAt == told.reviewedAt,
            decision.digest == told.digest, decision.reason == told.reason,
            decision.modified == told.modified
        else {
            throw Violation(
                "\(id): \(whom) was told \(told.outcome), \(decision.outcome) stands (I2)"
            )
        }
    }
}
