import TestAccounts

@testable import HoldCore

/// Draws one workflow's life at random, and checks after every command what must always hold.
struct RandomWorkflow {
    var scene = Scene()
    var random: SplitMix
    var problems: [String] = []
    private var decisions: [StepID: Decision] = [:]
    private var proposed = 0

    init(seed: UInt64) {
        random = SplitMix(state: seed)
        scene.manifest.defaults.maxAsyncDepth = Sourced(random.below(6) + 1)
        scene.manifest.set("note") { $0.sample = Sourced(0.3) }
        scene.manifest.set("deploy") {
            $0.modify = Sourced([.direct, .reapprove, .forbid][random.below(3)])
            $0.approvals = Sourced(random.below(2) + 1)
        }
    }

    mutating func run(commands: Int) {
        for _ in 0..<commands where problems.isEmpty { step() }
        do {
            if try scene.refolded() != scene.workflow { note("I17: folded anew it differs") }
        } catch { note("I17: \(error)") }
    }

    private mutating func step() {
        let before = scene.workflow
        let count = scene.journal.count
        let (command, party) = draw()
        do {
            let events: [Event]
            if case .timeReached = command {
                scene.live(Span(seconds: Double(random.below(600))))
                events = scene.journal.dropFirst(count).map(\.event)
            } else {
                events = try scene.decide(command, by: party)
            }
            check(events, from: before)
        } catch {
            if scene.workflow != before { note("refused, and changed: \(command)") }
        }
        checkState()
    }

    mutating func note(_ problem: String) { problems.append(problem) }

    // MARK: Drawing

    private mutating func draw() -> (Command, Party) {
        let steps = scene.workflow.steps
        let step = steps.isEmpty ? nil : steps[random.below(steps.count)]
        switch random.below(22) {
        case 0...4: return (drawProposal(), .bot)
        case 5, 6:
            guard let step else { return (drawProposal(), .bot) }
            return (.collect(step.id), .bot)
        case 7, 8: return (drawFinish(step), .bot)
        case 9...12: return drawReview(step)
        case 13: return (.withdraw(step?.id ?? "none", reason: "no more"), .bot)
        case 14...16: return drawUndo()
        case 17:
            return (.escalate(step?.id ?? "none", reason: nil), drawPerson())
        case 18:
            let isHalt = random.below(3) == 0
            return (
                isHalt ? .halt(.workflow, reason: "stop") : .resume(.workflow, reason: "go"), .ann
            )
        case 19, 20: return (drawCourtesy(step?.id ?? "none"), drawPerson())
        default:
            // Stands for time; how much is drawn when it passes.
            return (
                .timeReached(Wake(at: scene.now, kind: .deadline("any"))), .service
            )
        }
    }

    private mutating func drawPerson() -> Party {
        .reviewer([Peer.ann, .ben, .ann, .ben, .cara, .dee, .eve, .botsOwner][random.below(8)])
    }

    private mutating func drawProposal() -> Command {
        let actions = [
            "wipe", "change", "deploy", "deploy", "apart", "apart", "note", "note", "mail", "read",
        ]
        let action = actions[random.below(actions.count)]
        let steps = scene.workflow.steps
        var dependsOn: [StepID] = []
        if !steps.isEmpty, random.below(3) == 0 {
            dependsOn = [steps[random.below(steps.count)].id]
        }
        proposed += 1
        return .propose(
            Proposal(
                step: StepID("s\(proposed)"),
                action: action,
                arguments: ["n": .integer(Int64(proposed))],
                risk: random.below(4) == 0 ? 0.9 : nil,
                dependsOn: dependsOn
            )
        )
    }

    private mutating func drawCourtesy(_ step: StepID) -> Command {
        switch random.below(5) {
        case 0: .release(step)
        case 1: .snooze(step, Span(seconds: Double(random.below(4) * 60)))
        case 2: .note(step, "note \(random.below(3))")
        case 3: .claim(step, nil)
        default: .claim(step, Span(seconds: Double(random.below(3) * 30)))
        }
    }

    private mutating func drawFinish(_ step: Step?) -> Command {
        let outcome: StepOutcome =
            [.succeeded, .succeeded, .failed, .notStarted][random.below(4)]
        return .finish(
            StepReport(
                step: step?.id ?? "none",
                permit: step?.permit?.id ?? "none",
                outcome: outcome
            )
        )
    }

    private mutating func drawReview(_ step: Step?) -> (Command, Party) {
        let pending = scene.workflow.pendingItems
        let chosen =
            pending.isEmpty
            ? step : scene.workflow.step(pending[random.below(pending.count)])
        let verdict: Review.Verdict =
            [.approve, .approve, .reject, .reject, .modify][random.below(5)]
        let digest = random.below(10) == 0 ? Digest(of: [UInt8]()) : chosen?.digest
        return (
            .review(
                ReviewDraft(
                    step: chosen?.id ?? "none",
                    verdict: verdict,
                    digest: digest ?? Digest(of: [UInt8]()),
                    reason: "so",
                    arguments: ["n": .integer(Int64(random.below(9)))]
                )
            ), drawPerson()
        )
    }

    private mutating func drawUndo() -> (Command, Party) {
        guard let id = scene.workflow.head, let step = scene.workflow.step(id) else {
            return (.retryUndo("none", reason: "again"), .ann)
        }
        switch random.below(10) {
        case 0: return (.retryUndo(id, reason: "again"), drawPerson())
        case 1: return (.skipUndo(id, reason: "leave it"), drawPerson())
        case 2: return (.resolveUndo(id, reason: "done by hand"), drawPerson())
        default:
            let reports: [UndoReport] = [
                .done(.undone, detail: nil), .done(.alreadyUndone, detail: nil),
                .done(.notApplied, detail: nil), .retry(after: Span(seconds: 1), "busy"),
                .failed("no"), .unreachable("away"), .terminal("never"),
            ]
            return (
                .reportUndo(
                    id,
                    attempt: step.link.attempts,
                    reports[random.below(reports.count)]
                ), .service
            )
        }
    }
}

// MARK: - Checks

extension RandomWorkflow {
    /// What one command's events may do, looked at one event after the other.
    private mutating func check(_ events: [Event], from before: Workflow) {
        var state = before
        let newest = scene.journal.suffix(events.count)
        for (event, at, actor) in newest {
            let earlier = state
            state.evolve(event, at: at, by: actor)
            switch event {
            case .stepBegan(let data): checkBegan(data, earlier, state)
            case .itemDecided(let data): checkDecided(data, earlier)
            case .unwindPlanned(let data): checkPlan(data, earlier)
            case .itemClaimed(let data): checkClaimed(data, earlier, at: at, by: actor)
            case .itemSnoozed(let data): checkSnoozed(data, earlier, at: at, by: actor)
            case .itemNoted(let data): checkOpen(data.step, earlier, actor)
            case .undoStarted(let data): checkStarted(data, earlier)
            default: break
            }
        }
        if state != scene.workflow { note("the events are not what happened") }
    }

    private mutating func checkBegan(_ data: StepBegan, _ before: Workflow, _ after: Workflow) {
        guard let step = before.step(data.step), let begun = after.step(data.step) else {
            return note("an unknown step began")
        }
        if before.phase.isUnwinding { note("I9: \(step.id) began while unwinding") }
        if step.permit != nil { note("I12: \(step.id) began twice") }
        let pending = before.steps.filter { $0.item?.state.isPending == true }
        if step.hasSideEffects, step.undo == nil, !pending.isEmpty {
            note("I4: \(step.id) began while something was pending")
        }
        if step.hasSideEffects, after.depth > step.depthLimit {
            note("I5: depth \(after.depth) is over \(step.depthLimit)")
        }
        if step.mode == .sync, step.item?.state != .approved { note("\(step.id) ran unapproved") }
        let wanted = Reference.deps(of: step, in: before)
        if begun.deps != wanted { note("I8: deps of \(step.id): \(begun.deps), not \(wanted)") }
    }

    private mutating func checkDecided(_ data: ItemDecided, _ before: Workflow) {
        guard before.step(data.step)?.item?.state.isPending == true else {
            return note("I2: \(data.step) was decided twice")
        }
        if data.state == .timeout, data.decision.reviewedBy != nil { note("silence has no name") }
    }

    private mutating func checkOpen(_ id: StepID, _ before: Workflow, _ actor: Actor) {
        guard let step = before.step(id), step.item?.state.isPending == true else {
            return note("a courtesy about \(id), which is not open")
        }
        if step.requester.account == actor.account {
            note("I13: a courtesy of who asked for \(id)")
        }
    }

    private mutating func checkClaimed(
        _ data: ItemClaimed,
        _ before: Workflow,
        at now: Instant,
        by actor: Actor
    ) {
        checkOpen(data.step, before, actor)
        guard let item = before.step(data.step)?.item else { return }
        if data.until <= now || data.until > item.deadline { note("a claim to \(data.until)") }
        if let other = item.claim(at: now), other.uid != actor.uid {
            note("\(data.step) is claimed by two")
        }
    }

    private mutating func checkSnoozed(
        _ data: ItemSnoozed,
        _ before: Workflow,
        at now: Instant,
        by actor: Actor
    ) {
        checkOpen(data.step, before, actor)
        guard let item = before.step(data.step)?.item, data.until > now else { return }
        if data.until > item.deadline - ItemRow.soon { note("out of sight when it is urgent") }
    }

    private mutating func checkPlan(_ data: UnwindPlanned, _ before: Workflow) {
        let wanted = Reference.unwindSet(rejecting: data.cause, in: before)
        if data.steps != wanted { note("I8: the plan is \(data.steps), not \(wanted)") }
    }

    private mutating func checkStarted(_ data: UndoStarted, _ before: Workflow) {
        let open = before.chain.plan.compactMap { before.step($0) }.filter { !$0.link.isClosed }
        let begun = open.filter { $0.link.state != .recorded }
        if begun.count > 1 { note("I7: two links are open at once") }
        if let other = begun.first, other.id != data.step {
            note("I7: \(data.step) started while \(other.id) was not closed")
        }
        let newest = open.map { $0.beganOrder ?? -1 }.max()
        let own = before.step(data.step)
        if begun.isEmpty, own?.beganOrder != newest { note("I7: \(data.step) is not the newest") }
        if own?.isInFlight == true { note("I9: \(data.step) is in flight") }
        if let attempts = own?.link.attempts, data.attempt != attempts + 1 {
            note("attempt \(data.attempt) follows \(attempts)")
        }
    }

    /// What holds in every state.
    private mutating func checkState() {
        let workflow = scene.workflow
        for step in workflow.steps {
            guard let item = step.item else { continue }
            if let known = decisions[step.id], known != item.decision {
                note("I2: the decision on \(step.id) changed")
            }
            decisions[step.id] = item.decision
            if item.decision != nil, item.claim != nil || !item.snoozes.isEmpty {
                note("\(step.id) is decided, and claimed or snoozed")
            }
            if item.state.isPending != (item.decision == nil) {
                note("\(step.id) is \(item.state) with \(String(describing: item.decision))")
            }
            if item.state.isPending,
                !workflow.wakes.contains(where: { $0.kind == .deadline(step.id) })
            {
                note("I3: \(step.id) is pending and nothing will wake it")
            }
        }
        if workflow.chain.isRunning, !workflow.chain.isStuck,
            workflow.head.flatMap({ workflow.step($0) })?.link.state != .undoStarted,
            workflow.wakes.isEmpty
        {
            note("I11: the chain stands still, and nothing says so")
        }
        if Set(workflow.exposedSteps) != Reference.exposed(in: workflow) { note("exposed steps") }
    }
}
