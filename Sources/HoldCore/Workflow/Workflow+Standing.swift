/// Where a step stands, for whoever waits for it.
extension Workflow {
    /// What keeps a step from beginning, beside halts and unwinding.
    ///
    /// Empty: it may begin.
    public func obstacles(to step: Step) -> [Reason] {
        guard !step.isDead else { return [] }
        var obstacles: [Reason] = []
        if let item = step.item, !step.isSampled, !step.mayRun(with: item.state) {
            obstacles = step.reasons.isEmpty ? [.manifest] : step.reasons
        }
        guard step.hasSideEffects else { return obstacles }
        // Its own item is no barrier beside the gate: without an undo it is sync (§ mode, 5).
        let pending = pendingItems.filter { $0 != step.id }
        if step.undo == nil {
            if !pending.isEmpty { obstacles.append(.irreversibleBarrier) }
        } else if depth >= step.depthLimit, wouldBeExposed(step) {
            obstacles.append(.maxAsyncDepth)
        }
        return obstacles
    }

    /// Whether a step would be exposed if it began now.
    private func wouldBeExposed(_ step: Step) -> Bool {
        !depsBeginningNow(step).isDisjoint(with: pendingItems)
    }

    /// What a step depends on that begins now: what was known when it was proposed, every item pending
    /// but the independent ones, and what the steps that it declares have come to depend on (I8).
    func depsBeginningNow(_ step: Step) -> Set<StepID> {
        var deps = step.deps.union(pendingDeps(independentOf: step.independentOf))
        var visited: Set<StepID> = []
        var ahead = step.dependsOn
        while let id = ahead.popLast() {
            guard visited.insert(id).inserted, let declared = self.step(id) else { continue }
            deps.formUnion(declared.deps)
            // What has begun is fixed, and holds what it declared itself.
            if declared.permit == nil { ahead += declared.dependsOn }
        }
        return deps
    }

    /// The pending items that a step beginning now depends on, before those of declared steps.
    func pendingDeps(independentOf: [String]) -> Set<StepID> {
        Set(
            pendingItems.filter { id in
                step(id).map { !independentOf.contains($0.action) } ?? false
            }
        )
    }

    /// The steps that depend on an item: fixed for those that have begun, as far as known for others.
    func dependents(on item: StepID) -> [Step] {
        var found: Set<StepID> = []
        // A step can only declare earlier ones, so one pass in order finds the whole line.
        return steps.filter { step in
            let depends =
                step.deps.contains(item)
                || step.permit == nil && step.dependsOn.contains(where: found.contains)
            if depends { found.insert(step.id) }
            return depends
        }
    }

    /// Whether an item was rejected or timed out: what depends on it is a dead branch.
    func wasRefused(_ item: StepID) -> Bool {
        switch step(item)?.item?.state {
        case .rejected, .timeout: true
        case nil, .pendingReview, .modified, .approved, .withdrawn: false
        }
    }

    /// The items that a step waits for: its own, or those that fill the depth or bar the way.
    public func waitsFor(_ step: Step) -> [StepID] {
        let obstacles = obstacles(to: step)
        guard !obstacles.isEmpty else { return [] }
        if obstacles.contains(.maxAsyncDepth) || obstacles.contains(.irreversibleBarrier) {
            return pendingItems
        }
        return step.item?.state.isPending == true ? [step.id] : []
    }

    /// Where a step stands, as `step.propose` and `step.wait` answer it.
    public func standing(of id: StepID) -> Standing? {
        guard let step = step(id) else { return nil }
        if chain.isRunning, chain.plan.contains(id) { return .never }
        if step.permit != nil {
            return step.outcome == nil && !step.isDead && !step.isLeaseOver ? .mayRun : .ran
        }
        if step.isDead || step.isLeaseOver || outcome != nil { return .never }
        return .waits
    }

    /// Where a step stands, in one word.
    public enum Standing: Sendable, Hashable {
        /// Its permit is given.
        case mayRun
        /// It has run, or its permit is spent.
        case ran
        /// It will never run.
        case never
        /// Not decided yet, or something else bars the way.
        case waits
    }

    /// Whether nothing is pending and nothing is being undone.
    public var isSettled: Bool {
        pendingItems.isEmpty && !phase.isUnwinding
    }
}

extension Step {
    /// It will not run, or nothing of it is left.
    public var isDead: Bool {
        if isWithdrawn || link.state != .recorded { return true }
        switch item?.state {
        case .rejected, .timeout, .withdrawn: return true
        case nil, .pendingReview, .modified, .approved: return false
        }
    }

    /// Whether the gate lets it run while its item is in this state.
    func mayRun(with state: ItemState) -> Bool {
        switch state {
        case .approved: true
        case .pendingReview: mode == .async
        case .modified, .rejected, .timeout, .withdrawn: false
        }
    }
}
