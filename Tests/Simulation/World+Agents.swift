import HoldCore
import HoldWire
import TestAccounts

/// One agent with its one workflow: what it means to do, and how far it has come.
struct SimulatedAgent {
    struct Planned {
        var id: StepID
        var action: String
        var number: Int64
        var risk: Double?
        var dependsOn: [Int] = []
        var runs: Int64
        var outcome: StepOutcome
        /// Takes effect only long after its permit's end.
        var isLate = false
    }

    /// What one lane is about.
    enum Lane {
        case free
        case busy(step: Int)
        /// Waits until the workflow has settled.
        case settling
        case over
    }

    let workflow: WorkflowKey
    let identity: AgentIdentity
    var plan: [Planned]
    var next = 0
    var lanes: [Lane]
    var permits: [Int: StepAnswer] = [:]
    /// How each run went, as the agent knows.
    var ran: [Int: StepOutcome] = [:]
    var isGone = false
    let comesBack: Bool
    let vanishesAt: Int?
    var random: SimulationRandom

    var isOver: Bool {
        if isGone { return !comesBack }
        return lanes.allSatisfy { if case .over = $0 { true } else { false } }
    }

    /// The stop button of every agent of its account.
    var haltOfAccount: HaltScope { .account(identity.account, user: identity.user) }

    init(number: Int, seed: UInt64, swarm: Swarm) {
        var random = SimulationRandom(seed: seed, stream: 100 + UInt64(number))
        // Two accounts, and an id that both of them use: whose it is must never be mixed up.
        let id = "wf-\(number / 2)"
        let (user, uid): (String, UInt32) =
            number.isMultiple(of: 2) ? ("bots", 100) : ("others", 101)
        identity = AgentIdentity(name: "bot-\(number / 2)", user: user, uid: uid)
        workflow = WorkflowKey(account: identity.account, text: id)
        lanes = Array(repeating: .free, count: swarm.lanes)
        let actions = [
            "wipe", "change", "deploy", "deploy", "deploy", "apart", "apart", "note", "note",
            "mail", "read", "unlisted",
        ]
        let count = 1 + random.below(swarm.steps)
        var plan: [Planned] = []
        for place in 0..<count {
            var step = Planned(
                id: StepID("\(id)/\(place + 1)"),
                action: random.pick(actions, else: "note"),
                number: Int64(random.below(1000)),
                runs: random.within(50...6000),
                outcome: random.percent(80)
                    ? .succeeded : random.percent(50) ? .failed : .notStarted
            )
            if random.percent(15) { step.risk = random.percent(50) ? 0.9 : 0.2 }
            if place > 0, random.percent(25) { step.dependsOn = [random.below(place)] }
            step.isLate = swarm.faults.contains(.agentSlow) && random.percent(30)
            plan.append(step)
        }
        let vanishes = swarm.faults.contains(.agentVanishes) && random.percent(60)
        vanishesAt = vanishes ? random.below(count) : nil
        comesBack = random.percent(50)
        self.plan = plan
        self.random = random
    }
}

/// The agents' side of the protocol: propose, wait, run, finish; the same ids after every doubt.
extension World {
    func party(_ client: Client) -> Party {
        switch client {
        case .agent(let agent, _): .agent(agents[agent].identity)
        case .reviewer(let reviewer): .reviewer(reviewers[reviewer].peer)
        }
    }

    /// Sends a request; without an answer in good time it is sent again.
    func ask(_ ask: Ask, in workflow: WorkflowKey, from client: Client, isAside: Bool = false) {
        let number = calls.count
        calls.append(Call(client: client, workflow: workflow, ask: ask, isAside: isAside))
        trace.tell("call \(number): \(client) asks \(ask.name) \(ask.step?.text ?? "")")
        let patience: Int64 =
            switch ask {
            case .wait, .settle: 25_000
            case .command, .look: 5000
            }
        plan(.impatience(call: number), in: patience)
        guard let delay = transit() else { return }
        plan(.arrival(call: number), in: delay)
        if has(.duplicate), networkRandom.percent(15) {
            coverage.saw(.messageTwice)
            plan(.arrival(call: number), in: delay + networkRandom.within(0...6000))
        }
    }

    func loseCall(_ number: Int) {
        guard calls[number].isOpen else { return }
        calls[number].isOpen = false
        let call = calls[number]
        guard !call.isAside else { return }
        switch call.client {
        case .agent(let agent, let lane):
            guard !agents[agent].isGone, isAbout(call, agent, lane) else { return }
            ask(call.ask, in: call.workflow, from: call.client)
        case .reviewer: break
        }
    }

    /// Whether a call is the one that its lane waits for, and no side remark.
    private func isAbout(_ call: Call, _ agent: Int, _ lane: Int) -> Bool {
        switch agents[agent].lanes[lane] {
        case .busy(let step): call.ask.step == agents[agent].plan[step].id
        case .settling: call.ask.step == nil
        case .free, .over: false
        }
    }

    func goOn(_ agent: Int, _ lane: Int) {
        guard !agents[agent].isGone else { return }
        switch agents[agent].lanes[lane] {
        case .over: break
        case .settling: ask(.settle, in: agents[agent].workflow, from: .agent(agent, lane: lane))
        case .busy(let step): propose(agent, lane, step)
        case .free:
            let step = agents[agent].next
            guard step < agents[agent].plan.count else { return settle(agent, lane) }
            agents[agent].next += 1
            agents[agent].lanes[lane] = .busy(step: step)
            if vanishes(agent, at: step) { return }
            propose(agent, lane, step)
        }
    }

    private func vanishes(_ agent: Int, at step: Int) -> Bool {
        guard has(.agentVanishes), agents[agent].vanishesAt == step else { return false }
        guard agents[agent].random.percent(40) else { return false }
        coverage.saw(.agentVanished)
        agents[agent].isGone = true
        return true
    }

    private func settle(_ agent: Int, _ lane: Int) {
        agents[agent].lanes[lane] = .settling
        ask(.settle, in: agents[agent].workflow, from: .agent(agent, lane: lane))
    }

    func proposal(_ agent: Int, _ step: Int) -> Proposal {
        let planned = agents[agent].plan[step]
        return Proposal(
            step: planned.id,
            action: planned.action,
            arguments: ["n": .integer(planned.number)],
            summary: "step \(step)",
            risk: planned.risk,
            dependsOn: planned.dependsOn.map { agents[agent].plan[$0].id }
        )
    }

    private func propose(_ agent: Int, _ lane: Int, _ step: Int) {
        let client = Client.agent(agent, lane: lane)
        let proposal = proposal(agent, step)
        ask(.command(.propose(proposal)), in: agents[agent].workflow, from: client)
        if has(.conflicts), agents[agent].random.percent(20) {
            var other = proposal
            other.arguments = ["n": .integer(-1)]
            ask(
                .command(.propose(other)),
                in: agents[agent].workflow,
                from: client,
                isAside: true
            )
        }
        if has(.earlyHands), agents[agent].random.percent(30) { meddle(agent, client) }
    }

    /// Asks for something that makes no sense now, or did long ago.
    private func meddle(_ agent: Int, _ client: Client) {
        let step = agents[agent].random.below(agents[agent].plan.count)
        let isUnknown = agents[agent].random.percent(10)
        let id = isUnknown ? StepID("none") : agents[agent].plan[step].id
        let permit = agents[agent].permits[step]?.permit?.id ?? "none"
        let asks: [Ask] = [
            .command(.finish(StepReport(step: id, permit: permit, outcome: .failed))),
            .command(.finish(StepReport(step: id, permit: "forged", outcome: .succeeded))),
            .command(.withdraw(id, reason: "no more")), .wait(id),
            .command(.propose(proposal(agent, step))),
            .command(.finishWorkflow(outcome: "early")),
            .command(.openWorkflow(title: "a title", labels: nil)),
        ]
        let chosen = agents[agent].random.pick(asks, else: .look)
        ask(chosen, in: agents[agent].workflow, from: client, isAside: true)
    }

    /// Agents meddle at any time, not only between their steps.
    func meddleAtAnyTime() {
        guard has(.earlyHands) else { return }
        for agent in agents.indices where agents[agent].random.percent(25) {
            guard !agents[agent].plan.isEmpty else { continue }
            meddle(agent, .agent(agent, lane: 0))
        }
    }

    // MARK: - Answers

    func hear(_ reply: Reply, to number: Int) {
        let call = calls[number]
        checkReply(reply, to: call)
        if case .refused(let refusal) = reply { coverage.refused(refusal) }
        guard call.isOpen else { return }
        calls[number].isOpen = false
        switch call.client {
        case .reviewer: notes.hear(reply, to: call, at: now)
        case .agent(let agent, let lane):
            notes.hear(reply, to: call, at: now)
            guard !call.isAside, !agents[agent].isGone, isAbout(call, agent, lane) else { return }
            hear(reply, call, agent, lane)
        }
    }

    private func hear(_ reply: Reply, _ call: Call, _ agent: Int, _ lane: Int) {
        switch (reply, agents[agent].lanes[lane]) {
        case (.step(let answer), .busy(let step)): hear(answer, call, agent, lane, step)
        case (.workflow(let workflow), .busy):
            if case .command(.finish) = call.ask {
                agents[agent].lanes[lane] = .free
                plan(.agent(agent, lane: lane), in: agents[agent].random.within(10...800))
            } else if workflow.isSettled {
                plan(.agent(agent, lane: lane), in: 100)
            }
        case (.workflow(let workflow), .settling): hearSettled(workflow, call, agent, lane)
        case (.refused(let refusal), _): hear(refusal, agent, lane)
        case (.unavailable, _): plan(.agent(agent, lane: lane), in: 1500)
        default: break
        }
    }

    private func hear(
        _ answer: StepAnswer,
        _ call: Call,
        _ agent: Int,
        _ lane: Int,
        _ step: Int
    ) {
        let client = Client.agent(agent, lane: lane)
        let planned = agents[agent].plan[step]
        if answer.proceed, let permit = answer.permit {
            // A report that was lost is said again; what has run runs no second time.
            if let outcome = agents[agent].ran[step] {
                return report(outcome, answer, agent, lane, step)
            }
            checkPermit(answer, permit, agent, step)
            agents[agent].permits[step] = answer
            if vanishes(agent, at: step) { return }
            var span = planned.runs
            if planned.isLate, has(.agentSlow) {
                coverage.saw(.lateRun)
                span += (permit.validUntil - journalTime).milliseconds + 2000
            }
            return plan(.deed(agent, lane: lane, step: step), in: span)
        }
        if case .command(.propose) = call.ask, agents[agent].ran[step] == nil {
            if has(.withdrawals), agents[agent].random.percent(15) {
                let id = planned.id
                return ask(
                    .command(.withdraw(id, reason: "no more")),
                    in: agents[agent].workflow,
                    from: client
                )
            }
            if vanishes(agent, at: step) { return }
            return ask(.wait(planned.id), in: agents[agent].workflow, from: client)
        }
        if let outcome = agents[agent].ran[step], let known = agents[agent].permits[step] {
            guard case .command(.finish) = call.ask else {
                return report(outcome, known, agent, lane, step)
            }
        }
        agents[agent].lanes[lane] = .free
        plan(.agent(agent, lane: lane), in: 50)
    }

    private func hearSettled(_ workflow: Workflow, _ call: Call, _ agent: Int, _ lane: Int) {
        guard agents[agent].next >= agents[agent].plan.count else {
            agents[agent].lanes[lane] = .free
            return plan(.agent(agent, lane: lane), in: 100)
        }
        let others = agents[agent].lanes.indices.filter { $0 != lane }
        let isLast = others.allSatisfy {
            if case .over = agents[agent].lanes[$0] { true } else { false }
        }
        if workflow.outcome == nil, isLast, workflow.isSettled {
            guard case .command(.finishWorkflow) = call.ask else {
                return ask(
                    .command(.finishWorkflow(outcome: "done")),
                    in: agents[agent].workflow,
                    from: call.client
                )
            }
        }
        agents[agent].lanes[lane] = .over
    }

    private func hear(_ refusal: Refusal, _ agent: Int, _ lane: Int) {
        switch refusal {
        case .halted, .tooMany: plan(.agent(agent, lane: lane), in: 5000)
        case .unwinding, .mustWait:
            if case .settling = agents[agent].lanes[lane] {
                return plan(.agent(agent, lane: lane), in: 3000)
            }
            // What was proposed is told to the world no more: the chain comes first.
            ask(.settle, in: agents[agent].workflow, from: .agent(agent, lane: lane))
            agents[agent].lanes[lane] = .settling
        default:
            if case .settling = agents[agent].lanes[lane] {
                agents[agent].lanes[lane] = .over
            } else {
                agents[agent].lanes[lane] = .free
                plan(.agent(agent, lane: lane), in: 50)
            }
        }
    }

    // MARK: - Runs

    func perform(_ agent: Int, _ lane: Int, _ step: Int) {
        guard agents[agent].ran[step] == nil, let permit = agents[agent].permits[step] else {
            return
        }
        let planned = agents[agent].plan[step]
        let reference = ItemReference(workflow: agents[agent].workflow, step: planned.id)
        var outcome = planned.outcome
        switch planned.outcome {
        case .notStarted: break
        case .succeeded:
            checkRun(agent, step)
            if !deeds.perform(reference) {
                coverage.saw(.lateDeedRefused)
                outcome = .notStarted
            }
        case .failed:
            checkRun(agent, step)
            // A run that failed may have done its work all the same.
            if agents[agent].random.percent(50), !deeds.perform(reference) {
                coverage.saw(.lateDeedRefused)
                outcome = .notStarted
            }
        }
        agents[agent].ran[step] = outcome
        if vanishes(agent, at: step) { return }
        report(outcome, permit, agent, lane, step)
    }

    private func report(
        _ outcome: StepOutcome,
        _ answer: StepAnswer,
        _ agent: Int,
        _ lane: Int,
        _ step: Int
    ) {
        ask(
            .command(
                .finish(
                    StepReport(
                        step: agents[agent].plan[step].id,
                        permit: answer.permit?.id ?? "",
                        outcome: outcome,
                        result: ["step": .integer(Int64(step))]
                    )
                )
            ),
            in: agents[agent].workflow,
            from: .agent(agent, lane: lane)
        )
    }
}
