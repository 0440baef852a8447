import HoldCore
import HoldJournal
import TestAccounts

/// What reviewers tell each other, about items on their screens and about any step at all.
extension World {
    /// Says something about a step whether it is a person's turn or not, and something to the next shift.
    func talk(_ reviewer: Int) {
        guard let agent = agents.randomElement(using: &courtesyRandom) else { return }
        if has(.earlyHands), courtesyRandom.percent(80) {
            let isUnknown = courtesyRandom.percent(8)
            let step = courtesyRandom.pick(agent.plan.map(\.id), else: StepID("none"))
            say(courtesy(about: isUnknown ? StepID("none") : step), in: agent.workflow, reviewer)
        }
        if courtesyRandom.percent(1) {
            say(.noteShift("note \(courtesyRandom.below(4))"), in: Workflow.control, reviewer)
        }
    }

    /// Now and then says something about an item that is on the screen.
    func talk(_ reviewer: Int, about step: StepID, in workflow: WorkflowKey) {
        let (uid, now) = (reviewers[reviewer].peer.uid, journalTime)
        let known = checker.workflows[workflow]?.steps[step]?.item
        if let claim = known?.claim, claim.uid == uid, claim.until > now {
            // Whoever holds it gives it up, mostly before the claim ends.
            if courtesyRandom.percent(40) { say(.release(step), in: workflow, reviewer) }
            return
        }
        let left = known.map { $0.deadline - now } ?? .zero
        if left > Span(seconds: 150), courtesyRandom.percent(30) {
            return say(.snooze(step, Span(seconds: 20)), in: workflow, reviewer)
        }
        guard courtesyRandom.percent(20) else { return }
        say(courtesy(about: step), in: workflow, reviewer)
    }

    private func say(_ command: Command, in workflow: WorkflowKey, _ reviewer: Int) {
        ask(.command(command), in: workflow, from: .reviewer(reviewer))
    }

    private func courtesy(about step: StepID) -> Command {
        let spans = [0, 5, 60, 600].map { Span(seconds: $0) }
        switch courtesyRandom.below(7) {
        case 0: return .claim(step, nil)
        case 1, 2: return .claim(step, spans[courtesyRandom.below(4)])
        case 3: return .release(step)
        case 4, 5: return .snooze(step, spans[courtesyRandom.below(4)])
        default: return .note(step, "note \(courtesyRandom.below(4))")
        }
    }

    /// Nothing that a person put off is on their screen, and nobody who is gone is on an item.
    func checkShown(_ window: QueueWindow, to reviewer: Int) {
        let (uid, now) = (reviewers[reviewer].peer.uid, journalTime)
        for item in window.entries.map(\.item) {
            let known = checker.workflows[item.workflow]?.steps[item.step]?.item
            if let until = known?.snoozes[uid], until > now {
                checker.note("courtesy", "\(item.step.text) is shown and was put off")
            }
            if item.claim(at: now)?.uid != known?.claim.flatMap({ $0.until > now ? $0.uid : nil }) {
                checker.note("courtesy", "\(item.step.text) shows another claim than the record's")
            }
        }
    }
}
