import HoldCore
import HoldJournal

extension ReferenceWorkflow {
    /// Takes one recorded event in; what it does not speak of stays.
    mutating func take(_ moment: Checker.Moment) {
        version += 1
        switch moment.event {
        case .stepProposed(let data):
            steps[data.step] = ReferenceStep(data)
            order.append(data.step)
        case .itemOpened(let data):
            steps[data.step]?.item = ReferenceItem(
                deadline: data.deadline,
                trueDeadline: moment.trueTime.map {
                    $0 + (data.deadline - moment.draft.at).milliseconds
                },
                tiers: data.policy.tiers.map(\.span),
                needed: data.policy.approvals
            )
        case .itemReviewed(let data):
            guard data.review.verdict == .approve else { return }
            steps[data.step]?.item?.approvals.insert(data.review.uid)
        case .itemModified(let data):
            change(data.step) {
                $0.digest = data.digest
                $0.canBeUndone = data.undo != nil
                $0.hasSideEffects = data.hasSideEffects
                $0.depthLimit = data.depthLimit
                $0.independentOf = data.independentOf
                $0.item?.state = .modified
                $0.item?.approvals = []
                $0.item?.needed = data.policy.approvals
                $0.item?.editor = data.isDirect ? nil : moment.draft.actor.uid
                $0.item?.snoozes = [:]
                if $0.item?.claim?.uid == moment.draft.actor.uid { $0.item?.claim = nil }
            }
        case .itemDecided(let data):
            steps[data.step]?.item?.state = data.state
            steps[data.step]?.item?.decision = data.decision
            steps[data.step]?.item?.claim = nil
            steps[data.step]?.item?.snoozes = [:]
        case .itemEscalated(let data): escalate(data, moment)
        case .stepBegan(let data):
            let order = begun
            begun += 1
            change(data.step) {
                $0.permit = data.permit
                $0.deps = Set(data.deps)
                $0.order = order
            }
        case .stepFinished(let data): steps[data.step]?.outcome = data.outcome
        case .stepWithdrawn(let data): steps[data.step]?.isWithdrawn = true
        case .leaseEnded(let data): steps[data.step]?.isLeaseOver = true
        case .workflowFinished: isFinished = true
        case .itemClaimed, .itemReleased, .itemSnoozed: takeCourtesy(moment)
        default: takeUndo(moment.event)
        }
    }

    private mutating func takeCourtesy(_ moment: Checker.Moment) {
        guard let uid = moment.draft.actor.uid else { return }
        switch moment.event {
        case .itemClaimed(let data):
            steps[data.step]?.item?.claim = (uid, data.until)
            steps[data.step]?.item?.snoozes[uid] = nil
        case .itemReleased(let data): steps[data.step]?.item?.claim = nil
        case .itemSnoozed(let data):
            let isBack = data.until <= moment.draft.at
            steps[data.step]?.item?.snoozes[uid] = isBack ? nil : data.until
            if !isBack, steps[data.step]?.item?.claim?.uid == uid {
                steps[data.step]?.item?.claim = nil
            }
        default: break
        }
    }

    private mutating func escalate(_ data: ItemEscalated, _ moment: Checker.Moment) {
        change(data.step) { step in
            let left = data.deadline - moment.draft.at
            step.item?.tier = data.tier
            step.item?.deadline = data.deadline
            step.item?.claim = nil
            step.item?.snoozes = [:]
            step.item?.trueDeadline = moment.trueTime.map { $0 + left.milliseconds }
        }
    }

    private mutating func takeUndo(_ event: Event) {
        switch event {
        case .unwindPlanned(let data):
            let standing = isRunning ? plan : []
            causes = (isRunning ? causes : []) + [data.cause]
            plan = standing + data.steps.filter { !standing.contains($0) }
            planned.formUnion(data.steps)
            isRunning = true
        case .undoStarted(let data):
            change(data.step) {
                $0.link = .undoStarted
                $0.attempts = data.attempt
            }
        case .undone(let data): steps[data.step]?.link = .undone
        case .undoFailed(let data): steps[data.step]?.link = .undoFailed
        case .undoStuck: isStuck = true
        case .undoRetried: isStuck = false
        case .undoSkipped(let data):
            steps[data.step]?.link = .skipped
            isStuck = false
        case .undoResolved(let data):
            steps[data.step]?.link = .resolved
            isStuck = false
        case .unwindEnded:
            isRunning = false
            isStuck = false
        default: break
        }
    }

    private mutating func change(_ id: StepID, _ body: (inout ReferenceStep) -> Void) {
        guard steps[id] != nil else { return }
        steps[id]?.change(body)
    }
}

extension ReferenceStep {
    fileprivate mutating func change(_ body: (inout ReferenceStep) -> Void) { body(&self) }
}
