import HoldCore
import HoldJournal
import TestAccounts

/// One person in front of a screen that may be old.
struct SimulatedReviewer {
    let peer: Peer
    /// Who asks and decides with one uid: must never get through.
    let isImpostor: Bool

    static func all(agents: [SimulatedAgent]) -> [SimulatedReviewer] {
        let people = [(1, "ann"), (2, "ben"), (3, "cara")].map { uid, user in
            SimulatedReviewer(peer: Peer(uid: uid, user: user), isImpostor: false)
        }
        let uid = agents.first?.identity.account.uid ?? 0
        return people + [SimulatedReviewer(peer: Peer(uid: uid, user: "ann"), isImpostor: true)]
    }
}

/// What people do: they look, think, and say something of what they saw.
extension World {
    func look(_ reviewer: Int) {
        guard !(isHealed && isQuiet) else { return }
        defer {
            let pause: ClosedRange<Int64> = has(.reviewersAbsent) ? 40_000...90_000 : 3000...14_000
            plan(.look(reviewer: reviewer), in: peopleRandom.within(pause))
        }
        steerStuckChains(reviewer)
        useStopButton(reviewer)
        talk(reviewer)
        meddle(reviewer)
        meddleAtAnyTime()
        let window: QueueWindow
        do {
            let viewer = reviewers[reviewer].peer.uid
            window = try journal.queue(QueueQuery(limit: 20, now: journalTime, viewer: viewer))
        } catch { return }
        checkShown(window, to: reviewer)
        for entry in window.entries where entry.item.state.isPending {
            talk(reviewer, about: entry.item.step, in: entry.item.workflow)
            guard peopleRandom.percent(60) else { continue }
            let ask = Ask.command(verdict(on: entry.item))
            let isOld = has(.staleScreens) && peopleRandom.percent(40)
            let thought = peopleRandom.within(isOld ? 10_000...70_000 : 300...4000)
            plan(.verdict(reviewer: reviewer, entry.item.workflow, ask), in: thought)
            if has(.reviewersRace), peopleRandom.percent(50) {
                let other = peopleRandom.below(3)
                let opposite = Ask.command(verdict(on: entry.item))
                plan(.verdict(reviewer: other, entry.item.workflow, opposite), in: thought)
                coverage.saw(.reviewersRaced)
            }
        }
    }

    private func verdict(on row: ItemRow) -> Command {
        let drawn = peopleRandom.below(100)
        let approves = 100 - swarm.rejections
        func review(_ verdict: Review.Verdict, arguments: JSONValue? = nil) -> Command {
            .review(
                ReviewDraft(
                    step: row.step,
                    verdict: verdict,
                    digest: row.digest,
                    reason: "so",
                    arguments: arguments,
                    confirm: row.confirm == .type ? row.action : "y"
                )
            )
        }
        if drawn < 8 { return .escalate(row.step, reason: nil) }
        if drawn < 18 {
            return review(.modify, arguments: ["n": .integer(Int64(peopleRandom.below(5)))])
        }
        return peopleRandom.below(100) < approves ? review(.approve) : review(.reject)
    }

    private func steerStuckChains(_ reviewer: Int) {
        let stuck: [WorkflowRow]
        do {
            stuck = try journal.workflows(WorkflowQuery(status: .stuck)).rows
        } catch { return }
        for row in stuck {
            guard let link = row.stuckAt, isHealed || peopleRandom.percent(60) else { continue }
            coverage.saw(.stuckSeen)
            let command: Command =
                switch peopleRandom.below(4) {
                case 0: .skipUndo(link, reason: "leave it")
                case 1: .resolveUndo(link, reason: "done by hand")
                default: .retryUndo(link, reason: "again")
                }
            ask(.command(command), in: row.workflow, from: .reviewer(reviewer))
        }
    }

    /// Says something of any step at all, whether it is a person's turn or not.
    private func meddle(_ reviewer: Int) {
        guard has(.earlyHands), peopleRandom.percent(80),
            let agent = agents.randomElement(using: &peopleRandom)
        else { return }
        let isUnknown = peopleRandom.percent(8)
        let step =
            isUnknown
            ? StepID("none") : peopleRandom.pick(agent.plan.map(\.id), else: StepID("none"))
        let known = checker.workflows[agent.workflow]?.steps[step]?.digest
        let verdicts: [Review.Verdict] = [.approve, .reject, .modify]
        let verdict = verdicts[peopleRandom.below(3)]
        let review = ReviewDraft(
            step: step,
            verdict: verdict,
            digest: known ?? Digest(of: [UInt8]()),
            reason: "early",
            arguments: verdict == .modify ? ["n": 3] : nil,
            confirm: "y"
        )
        let commands: [Command] = [
            .retryUndo(step, reason: "early"), .skipUndo(step, reason: "early"),
            .resolveUndo(step, reason: "early"), .escalate(step, reason: nil), .review(review),
            .review(review),
        ]
        let command = commands[peopleRandom.below(commands.count)]
        ask(.command(command), in: agent.workflow, from: .reviewer(reviewer))
    }

    private func useStopButton(_ reviewer: Int) {
        let isPressed = has(.halts) && peopleRandom.percent(6)
        let isReleased = isHealed || has(.halts) && peopleRandom.percent(30)
        guard isPressed || isReleased, let agent = agents.randomElement(using: &peopleRandom)
        else { return }
        let scopes: [(HaltScope, WorkflowKey)] = [
            (.everything, Workflow.control), (agent.haltOfAccount, Workflow.control),
            (.workflow, agent.workflow),
        ]
        let (scope, workflow) = scopes[peopleRandom.below(scopes.count)]
        if isHealed {
            guard swarm.faults.contains(.halts) else { return }
            for agent in agents {
                ask(
                    .command(.resume(.workflow, reason: "go")),
                    in: agent.workflow,
                    from: .reviewer(reviewer)
                )
                ask(
                    .command(.resume(agent.haltOfAccount, reason: "go")),
                    in: Workflow.control,
                    from: .reviewer(reviewer)
                )
            }
            return ask(
                .command(.resume(.everything, reason: "go")),
                in: Workflow.control,
                from: .reviewer(reviewer)
            )
        }
        let command: Command =
            isPressed ? .halt(scope, reason: "stop") : .resume(scope, reason: "go")
        ask(.command(command), in: workflow, from: .reviewer(reviewer))
    }
}

extension SimulationRandom: RandomNumberGenerator {}
