import HoldCore
import HoldJournal

/// A batch in the making: workflows as they would be, the events that lead there, answers not yet told.
struct BatchDraft {
    let manifest: Manifest
    let separation: Separation
    let redactionKey: [UInt8]
    let now: Instant
    /// As durable, before this batch.
    private(set) var original: [WorkflowKey: Workflow] = [:]
    /// As they would be after it.
    private(set) var current: [WorkflowKey: Workflow] = [:]
    /// Workflows with events, in the order of their first.
    private(set) var touched: [WorkflowKey] = []
    private(set) var batch = Batch()
    private(set) var happened: [WorkflowKey: [Event]] = [:]
    var nextItemNumber: Int64
    var provenAt: [String: Instant]
    var openItems: [Account: Int]
    var halts: Halts
    var drills: [String: Drills]

    init(
        manifest: Manifest,
        separation: Separation,
        redactionKey: [UInt8],
        now: Instant,
        nextItemNumber: Int64,
        provenAt: [String: Instant],
        openItems: [Account: Int],
        halts: Halts,
        drills: [String: Drills]
    ) {
        self.manifest = manifest
        self.separation = separation
        self.redactionKey = redactionKey
        self.now = now
        self.nextItemNumber = nextItemNumber
        self.provenAt = provenAt
        self.openItems = openItems
        self.halts = halts
        self.drills = drills
    }

    func isLoaded(_ id: WorkflowKey) -> Bool { current[id] != nil }
    func isTouched(_ id: WorkflowKey) -> Bool { happened[id] != nil }

    mutating func load(_ workflow: Workflow) {
        original[workflow.id] = workflow
        current[workflow.id] = workflow
    }

    func workflow(_ id: WorkflowKey) -> Workflow { current[id] ?? Workflow(id: id) }

    /// Does what is due, then decides the command; after a refusal only the former stands.
    mutating func decide(
        _ command: Command,
        in id: WorkflowKey,
        by party: Party
    ) throws(Refusal) -> [Event] {
        passTime(in: id)
        return try record(command, in: id, by: party)
    }

    /// Does what is due in a workflow: a late timer must not let anything through (I2).
    mutating func passTime(in id: WorkflowKey) {
        // Each wake moves the workflow on, so this ends; the bound is against a fault of ours.
        for _ in 0..<10_000 {
            guard let wake = workflow(id).wakes.first, wake.at <= now else { return }
            do {
                guard try !record(.timeReached(wake), in: id, by: .service).isEmpty else { return }
            } catch { return }
        }
    }

    private mutating func record(
        _ command: Command,
        in id: WorkflowKey,
        by party: Party
    ) throws(Refusal) -> [Event] {
        var workflow = workflow(id)
        let circumstances = Circumstances(
            manifest: manifest,
            separation: separation,
            halts: halts,
            provenAt: provenAt,
            openItemsOfAccount: openItems[id.account] ?? 0,
            nextItemNumber: nextItemNumber,
            redactionKey: redactionKey
        )
        let events = try workflow.decide(command, by: party, at: now, under: circumstances)
        guard !events.isEmpty else { return events }
        let before = workflow
        for event in events {
            workflow.evolve(event, at: now, by: party.actor)
            batch.events.append(
                EventDraft(
                    workflow: id,
                    event: event,
                    at: now,
                    actor: party.actor,
                    manifest: manifest.digest
                )
            )
            note(event, in: workflow)
        }
        countOpenItems(events, from: before, to: workflow)
        current[id] = workflow
        if happened[id] == nil {
            touched.append(id)
            batch.expected[id] = original[id]?.version ?? 0
        }
        happened[id, default: []] += events
        if id == Workflow.control { (halts, drills) = (workflow.halts, workflow.drills) }
        return events
    }

    /// A review that came after the decision is kept, and told the standing one.
    func guardNotLate(_ events: [Event], in id: WorkflowKey) throws(Refusal) {
        for case .lateReviewNoted(let data) in events {
            guard let item = workflow(id).step(data.step)?.item else { continue }
            throw .alreadyDecided(item.state, item.decision)
        }
    }

    mutating func add(_ blobs: [Digest: [UInt8]]) {
        batch.blobs.merge(blobs) { old, _ in old }
    }

    private mutating func note(_ event: Event, in workflow: Workflow) {
        switch event {
        case .itemOpened(let data): nextItemNumber = max(nextItemNumber, data.number + 1)
        case .undone(let data) where data.outcome == .undone:
            // What an account says of its own workflow proves nothing to anybody (I23).
            guard data.executor != workflow.id.account,
                let operation = workflow.step(data.step)?.undo?.operation
            else { return }
            prove(operation)
        case .drillPassed(let data): prove(data.operation)
        default: break
        }
    }

    private mutating func prove(_ operation: String) {
        provenAt[operation] = now
        batch.proofs[operation] = now
    }

    /// Keeps count as the store would: by who asked, decided items whose chain is stuck included.
    private mutating func countOpenItems(
        _ events: [Event],
        from before: Workflow,
        to after: Workflow
    ) {
        var changed: Set<StepID> = []
        for event in events {
            switch event {
            case .itemOpened(let data): changed.insert(data.step)
            case .itemDecided(let data): changed.insert(data.step)
            default: break
            }
        }
        if before.phase == .stuck { changed.formUnion(before.chain.causes) }
        if after.phase == .stuck { changed.formUnion(after.chain.causes) }
        for id in changed {
            guard let step = after.step(id), let count = openItems[after.id.account] else {
                continue
            }
            let wasOpen = before.step(id).flatMap { before.itemRow(of: $0) }?.isOpen ?? false
            let isOpen = after.itemRow(of: step)?.isOpen ?? false
            guard wasOpen != isOpen else { continue }
            openItems[after.id.account] = count + (isOpen ? 1 : -1)
        }
    }

    /// The batch with the rows that changed, ready to append.
    func finished() -> Batch {
        var finished = batch
        for id in touched {
            guard let after = current[id] else { continue }
            let before = original[id] ?? Workflow(id: id)
            finished.items += after.changedItemRows(since: before)
            if let row = after.row { finished.workflows.append(row) }
        }
        return finished
    }
}
