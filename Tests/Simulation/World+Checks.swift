import HoldBroker
import HoldCore
import HoldJournal
import HoldWire

/// What is held against the rules at the moment at which somebody is told, or something runs.
extension World {
    /// I1: nobody is told of an event before it is durable.
    func checkTold(_ workflow: Workflow, to call: Call) {
        if workflow.id != call.workflow {
            checker.note("I12", "\(call.workflow.text) was asked, \(workflow.id.text) answered")
        }
        let durable = checker.workflows[workflow.id]
        if workflow.version > durable?.version ?? 0 {
            checker.note(
                "I1",
                "told version \(workflow.version) of \(workflow.id.text),"
                    + " durable is \(durable?.version ?? 0)"
            )
        }
        guard let step = call.ask.step, let told = workflow.step(step)?.item?.decision,
            told != durable?.steps[step]?.item?.decision
        else { return }
        checker.note("I1", "told a decision on \(step.text) that is not the durable one")
    }

    func checkPublication(_ publication: Publication) {
        if let first = publication.entries.first, first.seq != host.publishedSeq + 1 {
            checker.note("I1", "event \(first.seq) is published after \(host.publishedSeq)")
        }
        host.publishedSeq = publication.seq
        for change in publication.changes
        where change.workflow.version > checker.workflows[change.workflow.id]?.version ?? 0 {
            checker.note("I1", "published what is not durable in \(change.workflow.id.text)")
        }
    }

    /// A reply is about what was asked, and repeats it (I12).
    func checkReply(_ reply: Reply, to call: Call) {
        switch reply {
        case .step(let answer):
            if answer.workflow != call.workflow.text || answer.step != call.ask.step?.text {
                checker.note("I12", "\(answer.step) answers \(call.ask)")
            }
        case .workflow(let workflow):
            if workflow.id != call.workflow {
                checker.note("I12", "\(workflow.id.text) answers for \(call.workflow.text)")
            }
            if case .reviewer(let reviewer) = call.client,
                reviewers[reviewer].peer.account == workflow.id.account,
                case .command(.review(let review)) = call.ask
            {
                checker.note("I13", "\(review.step.text) was decided by who asked for it")
            }
        case .refused, .unavailable: break
        }
        guard case .command(.propose(let proposal)) = call.ask, case .step = reply else { return }
        let recorded = checker.workflows[call.workflow]?.steps[proposal.step]
        if let recorded, recorded.proposed != proposal.arguments {
            checker.note("I15", "\(proposal.step.text) was acknowledged with two contents")
        }
    }

    /// I12: what runs is what was decided on.
    func checkPermit(_ answer: StepAnswer, _ permit: WirePermit, _ agent: Int, _ step: Int) {
        let workflow = agents[agent].workflow
        guard let recorded = checker.workflows[workflow]?.steps[agents[agent].plan[step].id] else {
            return checker.note("I1", "a permit for a step that is not recorded")
        }
        if recorded.permit?.id != permit.id || recorded.permit?.digest != answer.digest {
            checker.note("I12", "\(recorded.id.text): the permit told is not the one recorded")
        }
    }

    /// I6, I12: no action without record, permit and consent.
    func checkRun(_ agent: Int, _ step: Int) {
        let planned = agents[agent].plan[step]
        guard let recorded = checker.workflows[agents[agent].workflow]?.steps[planned.id] else {
            return checker.note("I6", "\(planned.id.text) runs and is not recorded")
        }
        guard recorded.permit != nil else {
            return checker.note("I6", "\(planned.id.text) runs without a permit")
        }
        if recorded.mode == .sync, recorded.item?.state != .approved {
            checker.note("I12", "\(planned.id.text) runs without consent")
        }
    }

    /// I6, I10: an undo is recorded before it is called.
    func checkUndoCall(_ call: UndoCall) {
        let step = checker.workflows[call.workflow]?.steps[call.step]
        guard let step, step.attempts >= call.attempt else {
            return checker.note("I1", "the undo of \(call.step.text) is called unrecorded")
        }
    }

    /// I7, I10: an undo takes effect once, and only what is its turn.
    func checkEffect(_ call: UndoCall, before: Int) {
        let reference = ItemReference(workflow: call.workflow, step: call.step)
        let net = deeds.deed(reference).net
        if net < 0 { checker.note("I10", "\(call.step.text) was undone twice: net \(net)") }
        guard net < before, let workflow = checker.workflows[call.workflow],
            let step = workflow.steps[call.step]
        else { return }
        if step.link == .recorded {
            checker.note("I7", "\(call.step.text) was undone out of turn")
        }
        if step.isInFlight { checker.note("I9", "\(call.step.text) was undone in flight") }
    }
}
