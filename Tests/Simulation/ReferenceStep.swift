import HoldCore

/// What the record says of one step, kept apart from the core's own fold, and in other words.
struct ReferenceStep {
    var id: StepID
    var action: String
    var proposed: JSONValue
    var mode: Mode
    var hasSideEffects: Bool
    var canBeUndone: Bool
    var independentOf: [String]
    var dependsOn: [StepID]
    var depthLimit: Int
    var requester: UInt32
    var isSampled: Bool
    var digest: Digest
    var deps: Set<StepID>
    var item: ReferenceItem?
    var permit: Permit?
    var order: Int?
    var outcome: StepOutcome?
    var isLeaseOver = false
    var isWithdrawn = false
    var link = UndoLink.State.recorded
    var attempts = 0

    init(_ data: StepProposed) {
        id = data.step
        action = data.action
        proposed = data.arguments
        mode = data.mode
        hasSideEffects = data.hasSideEffects
        canBeUndone = data.undo != nil
        independentOf = data.independentOf
        dependsOn = data.dependsOn
        depthLimit = data.depthLimit
        requester = data.requester.account.uid
        isSampled = data.isSampled
        digest = data.digest
        deps = Set(data.deps)
    }

    var isPending: Bool { item?.isPending ?? false }
    var isInFlight: Bool { permit != nil && outcome == nil && !isLeaseOver }
    /// An undo of it would have something to do.
    var isReversible: Bool {
        permit != nil && canBeUndone && outcome != .notStarted && link == .recorded
    }
    var isLinkClosed: Bool { link == .undone || link == .skipped || link == .resolved }
}

/// What the record says of one item.
struct ReferenceItem {
    var state = ItemState.pendingReview
    /// When the present tier's time is over, in the journal's time and, as long as it holds, in true time.
    var deadline: Instant
    var trueDeadline: Int64?
    var tier = 0
    var tiers: [Span]
    var needed: Int
    var approvals: Set<UInt32> = []
    var editor: UInt32?
    var decision: Decision?
    /// Who is on it, and until when.
    var claim: (uid: UInt32, until: Instant)?
    /// Until when it is out of whose sight.
    var snoozes: [UInt32: Instant] = [:]

    var isPending: Bool { state == .pendingReview || state == .modified }
}

/// What the record says of one workflow: enough to hold every rule against.
struct ReferenceWorkflow {
    var steps: [StepID: ReferenceStep] = [:]
    var order: [StepID] = []
    var begun = 0
    var plan: [StepID] = []
    var causes: [StepID] = []
    var isRunning = false
    var isStuck = false
    /// Steps that were ever in a plan.
    var planned: Set<StepID> = []
    var version = 0
    var isFinished = false

    var pending: Set<StepID> { Set(order.filter { steps[$0]?.isPending == true }) }

    /// The steps that would be undone if every pending item were rejected now.
    var exposed: Set<StepID> {
        let pending = pending
        return Set(
            order.filter { id in
                guard let step = steps[id], step.isReversible else { return false }
                return !step.deps.isDisjoint(with: pending)
            }
        )
    }

    /// I8, straight from its words: what a step that begins now depends on.
    func depsBeginning(_ step: ReferenceStep) -> Set<StepID> {
        var deps = step.deps
        if step.item != nil { deps.insert(step.id) }
        for id in pending where steps[id].map({ !step.independentOf.contains($0.action) }) ?? false
        {
            deps.insert(id)
        }
        for id in step.dependsOn { deps.formUnion(line(of: id)) }
        return deps
    }

    /// What a declared step depends on: fixed once it began, as far as known before.
    private func line(of id: StepID) -> Set<StepID> {
        guard let step = steps[id] else { return [] }
        guard step.permit == nil else { return step.deps }
        return step.dependsOn.reduce(into: step.deps) { $0.formUnion(line(of: $1)) }
    }

    /// The steps to undo when an item is rejected, newest first (I7, I8).
    func unwindSet(_ item: StepID) -> [StepID] {
        order.compactMap { steps[$0] }
            .filter { $0.isReversible && $0.deps.contains(item) }
            .sorted { ($0.order ?? -1) > ($1.order ?? -1) }
            .map(\.id)
    }

    /// Pending items that depend on this one.
    func pendingDependents(of item: StepID) -> [StepID] {
        order.filter { id in
            guard id != item, let step = steps[id], step.isPending else { return false }
            return (step.permit == nil ? line(of: id) : step.deps).contains(item)
        }
    }
}
