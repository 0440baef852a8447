import HoldCore

/// Steps, gates and decisions, by the rules of the semantics.
extension Model.Flow {
    mutating func take(_ event: Event, at now: Instant) throws {
        if let owed {
            // Withdrawals of dependents stand between a rejection and its plan.
            switch event {
            case .itemDecided, .stepWithdrawn, .unwindPlanned: break
            default: throw Violation("the plan of \(owed.cause.text) is missing")
            }
        }
        switch event {
        case .workflowOpened, .checkpointSaved, .itemWarned, .accountHalted, .accountResumed,
            .agentHalted, .agentResumed, .everythingHalted, .everythingResumed, .drillStarted,
            .drillPassed, .drillFailed,
            .shiftNoted:
            break
        case .workflowFinished(let data):
            guard outcome == nil, pending.isEmpty, !isUnwinding else {
                throw Violation("finished while something is pending or being undone")
            }
            outcome = data.outcome
        case .workflowHalted:
            isHalted = true
            halts += 1
        case .workflowResumed: isHalted = false
        case .stepProposed(let data): try propose(data)
        case .itemOpened(let data): try open(data)
        case .itemReviewed: break
        case .itemClaimed(let data): try guardOpen(data.step, "claimed")
        case .itemReleased(let data): try guardOpen(data.step, "released")
        case .itemSnoozed(let data): try guardOpen(data.step, "snoozed")
        case .itemNoted(let data): try guardOpen(data.step, "noted")
        case .lateReviewNoted(let data): steps[data.step]?.lateReviews += 1
        case .itemModified(let data): try modify(data)
        case .itemEscalated(let data): steps[data.step]?.deadline = data.deadline
        case .itemDecided(let data): try decide(data, at: now)
        case .stepBegan(let data): try begin(data, at: now)
        case .stepFinished(let data): try finish(data)
        case .stepWithdrawn(let data): steps[data.step]?.isWithdrawn = true
        case .leaseEnded(let data): steps[data.step]?.isLeaseOver = true
        case .unwindPlanned, .undoStarted, .undone, .undoFailed, .undoStuck, .undoRetried,
            .undoSkipAgreed, .undoSkipped, .undoResolved, .unwindEnded:
            try takeUndo(event)
        }
    }

    func known(_ id: StepID) throws -> Model.Step {
        guard let step = steps[id] else { throw Violation("there is no step \(id.text)") }
        return step
    }

    private func guardOpen(_ id: StepID, _ word: String) throws {
        guard pending.contains(id) else {
            throw Violation("\(id.text) is \(word) after its decision")
        }
    }

    private mutating func propose(_ data: StepProposed) throws {
        guard steps[data.step] == nil else {
            throw Violation("\(data.step.text) is proposed a second time")
        }
        guard !isUnwinding, outcome == nil, !isHalted else {
            throw Violation("\(data.step.text) is proposed while nothing may start (I9, I20)")
        }
        steps[data.step] = Model.Step(proposed: data, digest: data.digest, undo: data.undo)
    }

    private mutating func open(_ data: ItemOpened) throws {
        guard try known(data.step).number == nil else {
            throw Violation("\(data.step.text) has a second item")
        }
        steps[data.step]?.number = data.number
        steps[data.step]?.deadline = data.deadline
        pending.insert(data.step)
    }

    private mutating func modify(_ data: ItemModified) throws {
        guard pending.contains(data.step), try known(data.step).began == nil else {
            throw Violation("\(data.step.text) is edited after its decision or its begin")
        }
        steps[data.step]?.digest = data.digest
        steps[data.step]?.undo = data.undo
    }

    private mutating func decide(_ data: ItemDecided, at now: Instant) throws {
        let step = try known(data.step)
        guard step.decided == nil, pending.remove(data.step) != nil else {
            throw Violation("\(data.step.text) is decided a second time (I2)")
        }
        guard data.decision.digest == step.digest else {
            throw Violation("\(data.step.text): decided on another digest than the current (I12)")
        }
        if let deadline = step.deadline {
            let isTimeout = data.state == .timeout
            let isByPerson = data.state == .approved || data.state == .rejected
            if isTimeout, now < deadline { throw Violation("\(data.step.text) timed out early") }
            if isByPerson, now >= deadline {
                throw Violation("\(data.step.text) was decided at or after its deadline (I2)")
            }
        }
        steps[data.step]?.decided = data
        guard data.state == .rejected || data.state == .timeout else { return }
        dead[data.step] = begun
        let set = steps.values.filter { $0.isUndoable && $0.deps.contains(data.step) }
            .sorted { $0.order > $1.order }.map(\.proposed.step)
        if !set.isEmpty { owed = (data.step, set) }
    }

    private mutating func begin(_ data: StepBegan, at now: Instant) throws {
        let step = try known(data.step)
        guard step.began == nil else { throw Violation("\(data.step.text) begins twice") }
        guard !isUnwinding, !isHalted, outcome == nil, !step.isWithdrawn else {
            throw Violation("\(data.step.text) begins while nothing may start (I9, I20)")
        }
        guard data.permit.digest == step.digest else {
            throw Violation("\(data.step.text): the permit is for another digest (I12)")
        }
        if step.proposed.mode == .sync {
            guard step.decided?.state == .approved,
                step.decided?.decision.digest == data.permit.digest
            else { throw Violation("\(data.step.text) begins without its approval (I12)") }
        }
        if let state = step.decided?.state, state != .approved {
            throw Violation("\(data.step.text) begins although it is \(state)")
        }
        if step.proposed.hasSideEffects, step.undo == nil, !pending.isEmpty {
            throw Violation("\(data.step.text) has no undo and something is pending (I4)")
        }
        begun += 1
        var deps = pending.filter { id in
            let action = steps[id]?.proposed.action ?? ""
            return !step.proposed.independentOf.contains(action)
        }
        if step.number != nil { deps.insert(data.step) }
        for id in step.proposed.dependsOn { deps.formUnion(steps[id]?.deps ?? []) }
        steps[data.step]?.deps = deps
        steps[data.step]?.began = data
        steps[data.step]?.order = begun
        let exposed = steps.values.count {
            $0.isUndoable && $0.proposed.hasSideEffects && !$0.deps.isDisjoint(with: pending)
        }
        guard exposed <= step.proposed.depthLimit || deps.isDisjoint(with: pending) else {
            throw Violation("\(exposed) steps are exposed, more than may be (I5)")
        }
    }

    private mutating func finish(_ data: StepFinished) throws {
        let step = try known(data.step)
        guard step.began != nil, step.finished == nil else {
            throw Violation("\(data.step.text) is reported twice, or without a permit")
        }
        steps[data.step]?.finished = data
    }
}
