import HoldCore
import HoldJournal

/// Holds every commit against the invariants of the design, as it happens.
struct Checker {
    /// One invariant that does not hold.
    struct Violation: Hashable {
        var rule: String
        var story: String
        var isLiveness = false
    }

    private(set) var violations: [Violation] = []
    private(set) var workflows: [WorkflowKey: ReferenceWorkflow] = [:]
    private var expectedPlans: [WorkflowKey: [StepID: [StepID]]] = [:]
    private var head = (seq: Int64(0), hash: Entry.origin)
    private(set) var commits = 0

    mutating func note(_ rule: String, _ story: String, isLiveness: Bool = false) {
        guard violations.count < 8 else { return }
        violations.append(Violation(rule: rule, story: story, isLiveness: isLiveness))
    }

    /// Takes in what became part of the journal, whether anybody was told or not.
    mutating func committed(
        _ entries: [Entry],
        _ drafts: [EventDraft],
        trueTime: Int64,
        clock: HostClock,
        deeds: Deeds
    ) {
        commits += 1
        if entries.count != drafts.count {
            note("I14", "\(drafts.count) events became \(entries.count)")
        }
        var touched: [WorkflowKey] = []
        for (entry, draft) in zip(entries, drafts) {
            if entry.seq != head.seq + 1 || entry.previous != head.hash {
                note("I14", "event \(entry.seq) does not follow \(head.seq)")
            }
            head = (entry.seq, entry.hash)
            let version = (workflows[draft.workflow]?.version ?? 0) + 1
            if entry.version != version {
                note(
                    "I14",
                    "version \(entry.version) of \(draft.workflow.text) should be \(version)"
                )
            }
            if !touched.contains(draft.workflow) { touched.append(draft.workflow) }
            let moment = Moment(
                draft: draft,
                trueTime: clock.isTrue ? trueTime : nil,
                deeds: deeds
            )
            check(moment, against: workflows[draft.workflow] ?? ReferenceWorkflow())
            workflows[draft.workflow, default: ReferenceWorkflow()].take(moment)
        }
        for id in touched { checkBatch(id) }
    }

    /// One event with what surrounds it.
    struct Moment {
        var draft: EventDraft
        /// nil once the host has booted with a wrong wall clock.
        var trueTime: Int64?
        var deeds: Deeds
        var event: Event { draft.event }
    }

    private mutating func check(_ moment: Moment, against workflow: ReferenceWorkflow) {
        let id = moment.draft.workflow
        switch moment.event {
        case .stepProposed(let data):
            if workflow.steps[data.step] != nil { note("I15", "\(data.step.text) proposed twice") }
            if workflow.isRunning { note("I9", "\(data.step.text) proposed while unwinding") }
        case .stepBegan(let data): checkBegan(data, workflow, at: moment.draft.at)
        case .itemClaimed, .itemReleased, .itemSnoozed, .itemNoted:
            for broken in workflow.brokenCourtesies(in: moment) { note(broken.rule, broken.story) }
        case .itemReviewed(let data): checkReview(data, workflow)
        case .itemDecided(let data):
            checkDecided(data, workflow, moment)
            if data.state == .rejected || data.state == .timeout {
                expectedPlans[id, default: [:]][data.step] = workflow.unwindSet(data.step)
            }
        case .unwindPlanned(let data):
            let wanted = expectedPlans[id]?.removeValue(forKey: data.cause) ?? []
            if data.steps != wanted {
                note(
                    "I8",
                    "the unwind of \(data.cause.text) is \(data.steps.map(\.text)),"
                        + " not \(wanted.map(\.text))"
                )
            }
        case .undoStarted(let data): checkStarted(data, workflow)
        case .undone(let data): checkUndone(data, workflow, moment)
        case .undoStuck(let data):
            if workflow.steps[data.step]?.link != .undoFailed {
                note("I11", "\(data.step.text) is stuck and has not failed")
            }
        case .unwindEnded(let data): checkEnded(data, workflow)
        default: break
        }
    }

    /// What must be true of a workflow between two commits.
    private mutating func checkBatch(_ id: WorkflowKey) {
        guard let workflow = workflows[id] else { return }
        for (cause, steps) in expectedPlans[id] ?? [:] where !steps.isEmpty {
            note("I7", "nothing was planned for the rejected \(cause.text)")
        }
        expectedPlans[id] = nil
        for step in workflow.order.compactMap({ workflow.steps[$0] }) {
            guard let item = step.item, item.state == .rejected || item.state == .timeout
            else { continue }
            for open in workflow.pendingDependents(of: step.id) {
                note("I8", "\(open.text) is pending on the dead branch of \(step.id.text)")
            }
        }
    }
}

// MARK: - Single events

extension Checker {
    private mutating func checkBegan(
        _ data: StepBegan,
        _ workflow: ReferenceWorkflow,
        at now: Instant
    ) {
        guard let step = workflow.steps[data.step] else {
            return note("I6", "\(data.step.text) began and was never proposed")
        }
        if workflow.isRunning { note("I9", "\(step.id.text) began while unwinding") }
        if step.permit != nil { note("I12", "\(step.id.text) began twice") }
        if data.permit.digest != step.digest {
            note("I12", "\(step.id.text): permit for another digest")
        }
        if now >= data.permit.validUntil {
            note("I12", "\(step.id.text): permit given after its end")
        }
        if step.mode == .sync, step.item?.state != .approved {
            note("I12", "\(step.id.text) began without consent")
        }
        let others = workflow.pending.subtracting([step.id])
        if step.hasSideEffects, !step.canBeUndone, !others.isEmpty {
            note("I4", "\(step.id.text) has no undo and began while \(others.map(\.text)) pended")
        }
        let wanted = workflow.depsBeginning(step)
        if Set(data.deps) != wanted {
            note(
                "I8",
                "deps of \(step.id.text) are \(data.deps.map(\.text)),"
                    + " not \(wanted.map(\.text).sorted())"
            )
        }
        var after = workflow
        after.steps[step.id]?.permit = data.permit
        after.steps[step.id]?.deps = wanted
        let depth = after.exposed.count
        if step.hasSideEffects, after.exposed.contains(step.id), depth > step.depthLimit {
            note("I5", "depth \(depth) is over \(step.depthLimit) with \(step.id.text)")
        }
    }

    private mutating func checkReview(_ data: ItemReviewed, _ workflow: ReferenceWorkflow) {
        guard let step = workflow.steps[data.step], let item = step.item else {
            return note("I12", "a review of no item: \(data.step.text)")
        }
        if !item.isPending { note("I2", "a review counts after the decision on \(step.id.text)") }
        if data.review.uid == step.requester {
            note("I13", "\(step.id.text) reviewed by its requester")
        }
        if data.review.digest != step.digest {
            note("I12", "\(step.id.text): a review of what no longer stands")
        }
    }

    private mutating func checkDecided(
        _ data: ItemDecided,
        _ workflow: ReferenceWorkflow,
        _ moment: Moment
    ) {
        guard let step = workflow.steps[data.step], let item = step.item else {
            return note("I2", "a decision on no item: \(data.step.text)")
        }
        if !item.isPending {
            note("I2", "\(step.id.text) is decided twice: \(item.state), \(data.state)")
        }
        let now = moment.draft.at
        switch data.state {
        case .timeout:
            if data.decision.reviewedBy != nil { note("I3", "silence has a name") }
            if now < item.deadline { note("I9", "\(step.id.text) timed out before its deadline") }
            if item.tier + 1 < item.tiers.count { note("I3", "\(step.id.text) skipped a tier") }
            if let end = item.trueDeadline, let time = moment.trueTime, time + 1000 < end {
                note("I9", "\(step.id.text) timed out \(end - time) ms early in true time")
            }
        case .approved, .rejected:
            if now >= item.deadline { note("I2", "\(step.id.text) decided after its deadline") }
            if let end = item.trueDeadline, let time = moment.trueTime, time > end + 1000 {
                note("I2", "\(step.id.text) decided \(time - end) ms late in true time")
            }
            if data.state == .approved, item.approvals.count < item.needed {
                note("I12", "\(step.id.text) approved by \(item.approvals.count) of \(item.needed)")
            }
            if let editor = item.editor, item.approvals == [editor] {
                note("I13", "\(step.id.text) approved by its editor alone")
            }
        case .withdrawn: break
        case .pendingReview, .modified: note("I2", "\(data.state) is no decision")
        }
    }

    private mutating func checkStarted(_ data: UndoStarted, _ workflow: ReferenceWorkflow) {
        guard let step = workflow.steps[data.step], workflow.isRunning,
            workflow.plan.contains(data.step)
        else { return note("I7", "\(data.step.text) is undone outside any plan") }
        let open = workflow.plan.compactMap { workflow.steps[$0] }.filter { !$0.isLinkClosed }
        if let other = open.first(where: { $0.link != .recorded && $0.id != step.id }) {
            note("I7", "\(step.id.text) starts while \(other.id.text) is not closed")
        }
        let newest = open.compactMap(\.order).max()
        if step.link == .recorded, step.order != newest {
            note("I7", "\(step.id.text) starts and is not the newest of \(open.map(\.id.text))")
        }
        if step.isInFlight {
            note("I9", "the undo of \(step.id.text) starts while it is in flight")
        }
        if data.attempt != step.attempts + 1 {
            note("I10", "attempt \(data.attempt) of \(step.id.text)")
        }
    }

    private mutating func checkUndone(
        _ data: UndoneLink,
        _ workflow: ReferenceWorkflow,
        _ moment: Moment
    ) {
        guard let step = workflow.steps[data.step] else { return note("I7", "no step was undone") }
        let deed = moment.deeds.deed(
            ItemReference(workflow: moment.draft.workflow, step: data.step)
        )
        if deed.net != 0 {
            note("I10", "\(step.id.text) is recorded as undone, and its net effect is \(deed.net)")
        }
        if step.link != .undoStarted, step.outcome != .notStarted {
            note("I7", "\(step.id.text) is undone from \(step.link)")
        }
    }

    private mutating func checkEnded(_ data: UnwindEnded, _ workflow: ReferenceWorkflow) {
        let links = workflow.plan.compactMap { workflow.steps[$0] }
        if let open = links.first(where: { !$0.isLinkClosed }) {
            note("I7", "the chain ended with \(open.id.text) open")
        }
        let exceptions = links.filter { $0.link == .skipped || $0.link == .resolved }.map(\.id)
        if Set(exceptions) != Set(data.exceptions) {
            note(
                "I18",
                "the exceptions are \(exceptions.map(\.text)), not"
                    + " \(data.exceptions.map(\.text))"
            )
        }
    }
}
