extension Workflow {
    /// Takes one fact in.
    ///
    /// Total: any event that this version can read can be folded.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - now: When, as journalled.
    ///   - actor: Who caused it, as journalled.
    public mutating func evolve(_ event: Event, at now: Instant, by actor: Actor) {
        version += 1
        updatedAt = now
        switch event {
        case .workflowOpened(let data): open(data, at: now)
        case .workflowFinished(let data): outcome = data.outcome
        case .workflowHalted(let data): halt = Halt(data.reason, by: actor, at: now)
        case .workflowResumed: halt = nil
        case .checkpointSaved(let data):
            checkpoint = Checkpoint(blob: data.blob, step: data.step, savedAt: now)
        case .stepProposed(let data): append(data, at: now)
        case .stepBegan(let data):
            let order = begun
            begun += 1
            change(data.step) {
                $0.permit = data.permit
                $0.deps = Set(data.deps)
                $0.beganOrder = order
                $0.beganAt = now
            }
        case .stepFinished(let data): finish(data, at: now)
        case .stepWithdrawn(let data): change(data.step) { $0.isWithdrawn = true }
        case .leaseEnded(let data): change(data.step) { $0.isLeaseOver = true }
        case .itemOpened(let data): change(data.step) { $0.item = Item(data, at: now) }
        case .itemReviewed(let data): change(data.step) { $0.item?.reviews.append(data.review) }
        case .itemModified(let data): modify(data, by: actor)
        case .itemDecided(let data):
            change(data.step) {
                $0.item?.state = data.state
                $0.item?.decision = data.decision
                $0.item?.endCourtesies()
            }
        case .itemEscalated(let data):
            change(data.step) {
                $0.item?.enterTier(data)
            }
        case .itemWarned(let data): change(data.step) { $0.item?.isWarned = true }
        case .lateReviewNoted(let data):
            change(data.step) { $0.item?.lateReviews.append(data.review) }
        case .itemClaimed(let data):
            change(data.step) { $0.item?.takeClaim(until: data.until, by: actor) }
        case .itemReleased(let data): change(data.step) { $0.item?.claim = nil }
        case .itemSnoozed(let data):
            change(data.step) { $0.item?.takeSnooze(until: data.until, by: actor, at: now) }
        case .itemNoted(let data):
            change(data.step) { $0.item?.takeNote(data.text, by: actor, at: now) }
        case .shiftNoted(let data): takeShiftNote(data.text, by: actor, at: now)
        case .unwindPlanned(let data): plan(data)
        case .undoStarted, .undone, .undoFailed, .undoStuck, .undoRetried, .undoSkipAgreed,
            .undoSkipped, .undoResolved:
            evolveLink(event, by: actor)
        case .unwindEnded(let data):
            chain.isRunning = false
            chain.isStuck = false
            chain.exceptions = data.exceptions
        case .everythingHalted(let data):
            halts.everything = Halt(data.reason, by: actor, at: now)
        case .everythingResumed: halts.everything = nil
        case .accountHalted(let data):
            halts.accounts[data.account] = AccountHalt(
                user: data.user,
                halt: Halt(data.reason, by: actor, at: now)
            )
        case .accountResumed(let data): halts.accounts[data.account] = nil
        case .agentHalted(let data):
            halts.agents[data.agent] = Halt(data.reason, by: actor, at: now)
        case .agentResumed(let data): halts.agents[data.agent] = nil
        case .drillStarted(let data):
            drills[data.operation, default: Drills()].running = Drills.Running(
                step: data.step,
                key: data.key,
                startedAt: now
            )
        case .drillPassed(let data):
            drills[data.operation]?.end(data.key, at: now, detail: data.detail)
        case .drillFailed(let data):
            drills[data.operation]?.end(data.key, at: now, error: data.error, isLost: data.isLost)
        }
    }

    private mutating func evolveLink(_ event: Event, by actor: Actor) {
        switch event {
        case .undoStarted(let data):
            changeLink(data.step) {
                $0.state = .undoStarted
                $0.attempts = data.attempt
                $0.isInDoubt = data.isInDoubt
                $0.retryAt = nil
            }
        case .undone(let data):
            changeLink(data.step) {
                $0.state = .undone
                $0.detail = data.detail
                $0.error = nil
            }
        case .undoFailed(let data):
            changeLink(data.step) {
                $0.state = .undoFailed
                $0.error = data.error
                $0.failures += 1
                $0.retryAt = data.retryAt
                if data.isBurned { $0.burned += 1 }
            }
        case .undoStuck: chain.isStuck = true
        case .undoRetried(let data):
            chain.isStuck = false
            changeLink(data.step) {
                $0.burned = 0
                $0.failures = 0
                $0.retryAt = nil
                $0.skipAgreed = nil
            }
        case .undoSkipAgreed(let data): changeLink(data.step) { $0.skipAgreed = actor }
        case .undoSkipped(let data): close(data, as: .skipped, by: actor)
        case .undoResolved(let data): close(data, as: .resolved, by: actor)
        case .workflowOpened, .workflowFinished, .workflowHalted, .workflowResumed,
            .checkpointSaved, .stepProposed, .stepBegan, .stepFinished, .stepWithdrawn,
            .leaseEnded, .itemOpened, .itemReviewed, .itemModified, .itemDecided, .itemEscalated,
            .itemWarned, .lateReviewNoted, .itemClaimed, .itemReleased, .itemSnoozed, .itemNoted,
            .unwindPlanned, .unwindEnded, .everythingHalted, .everythingResumed, .accountHalted,
            .accountResumed, .agentHalted, .agentResumed, .shiftNoted, .drillStarted, .drillPassed,
            .drillFailed:
            break
        }
    }

    private mutating func open(_ data: WorkflowOpened, at now: Instant) {
        if openedAt == nil {
            openedAt = now
            agent = data.agent
            depthLimit = data.depthLimit
        }
        title = data.title ?? title
        labels = data.labels ?? labels
    }

    private mutating func append(_ data: StepProposed, at now: Instant) {
        guard index[data.step] == nil else { return }
        index[data.step] = steps.count
        depthLimit = data.depthLimit
        steps.append(Step(data, at: now))
    }

    private mutating func finish(_ data: StepFinished, at now: Instant) {
        change(data.step) {
            $0.outcome = data.outcome
            $0.result = data.result
            $0.finishedAt = now
            $0.reportedUndoArguments = data.undoArguments
            if let arguments = data.undoArguments {
                $0.undo?.arguments = arguments
                $0.undo?.followsArguments = false
            }
        }
    }

    private mutating func modify(_ data: ItemModified, by actor: Actor) {
        change(data.step) {
            $0.arguments = data.arguments
            $0.undo = data.undo
            $0.digest = data.digest
            $0.hasSideEffects = data.hasSideEffects
            $0.depthLimit = data.depthLimit
            $0.independentOf = data.independentOf
            $0.redact = data.redact
            $0.item?.isModified = true
            $0.item?.revision += 1
            $0.item?.policy = data.policy
            $0.item?.approvalsNeeded = data.policy.approvals
            $0.item?.state = .modified
            $0.item?.modifiedBy = data.isDirect ? nil : actor.uid
            // It is another item now for whoever put it off; and its editor has to leave it to others.
            $0.item?.snoozes = []
            if $0.item?.claim?.uid == actor.uid { $0.item?.claim = nil }
        }
    }

    private mutating func plan(_ data: UnwindPlanned) {
        let running = chain.isRunning ? chain.plan : []
        let added = data.steps.filter { !running.contains($0) }
        chain.isRunning = true
        chain.causes = (running.isEmpty ? [] : chain.causes) + [data.cause]
        chain.plan = newestFirst((running + added).compactMap { step($0) })
    }

    private mutating func close(
        _ data: StepReasoned,
        as state: UndoLink.State,
        by actor: Actor
    ) {
        chain.isStuck = false
        changeLink(data.step) {
            $0.state = state
            $0.closedBy = actor
            $0.evidence = data.reason
        }
    }

    private mutating func change(_ id: StepID, _ body: (inout Step) -> Void) {
        guard let position = index[id] else { return }
        body(&steps[position])
    }

    private mutating func changeLink(_ id: StepID, _ body: (inout UndoLink) -> Void) {
        change(id) { body(&$0.link) }
    }
}

extension Halt {
    init(_ reason: String, by actor: Actor, at now: Instant) {
        self.reason = reason
        by = actor.user ?? actor.kind.rawValue
        at = now
    }
}

extension Step {
    init(_ data: StepProposed, at now: Instant) {
        id = data.step
        action = data.action
        proposedArguments = data.arguments
        proposedDigest = data.digest
        proposedUndo = data.undo
        arguments = data.arguments
        digest = data.digest
        undo = data.undo
        summary = data.summary
        context = data.context
        risk = data.risk
        dependsOn = data.dependsOn
        mode = data.mode
        reasons = data.reasons
        hasSideEffects = data.hasSideEffects
        depthLimit = data.depthLimit
        independentOf = data.independentOf
        redact = data.redact
        requester = data.requester
        isSampled = data.isSampled
        proposedAt = now
        deps = Set(data.deps)
        isLeaseOver = false
        isWithdrawn = false
        link = UndoLink()
    }
}

extension Item {
    init(_ data: ItemOpened, at now: Instant) {
        number = data.number
        state = .pendingReview
        policy = data.policy
        tierIndex = 0
        tierStartedAt = now
        deadline = data.deadline
        isWarned = false
        openedAt = now
        revision = 1
        approvalsNeeded = data.policy.approvals
        reviews = []
        lateReviews = []
        snoozes = []
        notes = []
        isModified = false
    }

    fileprivate mutating func enterTier(_ data: ItemEscalated) {
        tierIndex = data.tier
        // A tier that began by a deadline began at that deadline, however late the timer was.
        tierStartedAt = data.deadline - tier.span
        deadline = data.deadline
        isWarned = false
        // Handed on: others are asked, and nobody has said anything to that yet.
        endCourtesies()
    }

    fileprivate mutating func endCourtesies() {
        claim = nil
        snoozes = []
    }
}
