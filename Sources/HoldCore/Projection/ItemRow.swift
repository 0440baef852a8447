/// One item as lists show it: a projection, written in the same transaction as the events behind it.
public struct ItemRow: Sendable, Hashable, Codable {
    public var number: Int64
    public var workflow: WorkflowID
    public var step: StepID
    public var action: String
    public var summary: String?
    public var state: ItemState
    public var mode: Mode
    public var queue: String
    public var agent: String
    public var requestedBy: String
    public var risk: Double?
    public var riskClass: RiskClass
    public var createdAt: Instant
    public var deadline: Instant
    public var tier: String
    public var digest: Digest
    public var revision: Int
    public var approvalsGiven: Int
    public var approvalsNeeded: Int
    public var confirm: Confirmation
    public var separation: Separation
    /// How many steps a rejection would undo now.
    public var undoSteps: Int
    public var undoOperation: String?
    /// Its rejection's undo chain is stuck: on top of every queue (I11).
    public var isStuck: Bool
    public var decidedAt: Instant?
    public var decidedBy: String?

    /// A row of these parts, as a store reads it back.
    package init(
        number: Int64,
        workflow: WorkflowID,
        step: StepID,
        action: String,
        summary: String?,
        state: ItemState,
        mode: Mode,
        queue: String,
        agent: String,
        requestedBy: String,
        risk: Double?,
        riskClass: RiskClass,
        createdAt: Instant,
        deadline: Instant,
        tier: String,
        digest: Digest,
        revision: Int,
        approvalsGiven: Int,
        approvalsNeeded: Int,
        confirm: Confirmation,
        separation: Separation,
        undoSteps: Int,
        undoOperation: String?,
        isStuck: Bool,
        decidedAt: Instant?,
        decidedBy: String?
    ) {
        self.number = number
        self.workflow = workflow
        self.step = step
        self.action = action
        self.summary = summary
        self.state = state
        self.mode = mode
        self.queue = queue
        self.agent = agent
        self.requestedBy = requestedBy
        self.risk = risk
        self.riskClass = riskClass
        self.createdAt = createdAt
        self.deadline = deadline
        self.tier = tier
        self.digest = digest
        self.revision = revision
        self.approvalsGiven = approvalsGiven
        self.approvalsNeeded = approvalsNeeded
        self.confirm = confirm
        self.separation = separation
        self.undoSteps = undoSteps
        self.undoOperation = undoOperation
        self.isStuck = isStuck
        self.decidedAt = decidedAt
        self.decidedBy = decidedBy
    }

    /// Whether it stands in the queue by itself: it waits for a decision, or its chain for a person.
    public var isOpen: Bool { state.isPending || isStuck }

    /// The queue's order by urgency, coarsest first; within one, by deadline, then number.
    public var urgency: Urgency {
        if isStuck { return .stuck }
        switch riskClass {
        case .irreversible, .high: return .high
        case .medium, .low: return .normal
        }
    }

    /// The coarse order of a queue.
    public enum Urgency: Int, Sendable, Hashable, Codable, CaseIterable {
        case stuck = 0
        case high = 1
        /// Counts as high while less than ``ItemRow/soon`` is left.
        case normal = 2
    }

    /// With less than this left, an item is urgent whatever its risk.
    public static let soon = Span(minutes: 2)
}

/// One workflow as lists show it.
public struct WorkflowRow: Sendable, Hashable, Codable {
    public var workflow: WorkflowID
    public var title: String?
    public var agent: String
    public var agentUID: UInt32
    public var status: Workflow.Status
    public var pending: Int
    public var depth: Int
    public var depthLimit: Int
    public var openedAt: Instant
    public var updatedAt: Instant
    public var version: Int
    /// The link at which the undo chain is stuck; nil when it is not.
    public var stuckAt: StepID?
    /// Links of the running or last unwind: undone so far, and in all.
    public var undoneLinks: Int
    public var plannedLinks: Int
    public var phase: UndoPhase
    /// When something here falls due next; nil: never.
    public var nextWake: Instant?

    /// A row of these parts, as a store reads it back.
    package init(
        workflow: WorkflowID,
        title: String?,
        agent: String,
        agentUID: UInt32,
        status: Workflow.Status,
        pending: Int,
        depth: Int,
        depthLimit: Int,
        openedAt: Instant,
        updatedAt: Instant,
        version: Int,
        stuckAt: StepID?,
        undoneLinks: Int,
        plannedLinks: Int,
        phase: UndoPhase,
        nextWake: Instant?
    ) {
        self.workflow = workflow
        self.title = title
        self.agent = agent
        self.agentUID = agentUID
        self.status = status
        self.pending = pending
        self.depth = depth
        self.depthLimit = depthLimit
        self.openedAt = openedAt
        self.updatedAt = updatedAt
        self.version = version
        self.stuckAt = stuckAt
        self.undoneLinks = undoneLinks
        self.plannedLinks = plannedLinks
        self.phase = phase
        self.nextWake = nextWake
    }
}

extension Workflow {
    /// The row of this step's item; nil when it has none.
    public func itemRow(of step: Step) -> ItemRow? {
        guard let item = step.item else { return nil }
        return ItemRow(
            number: item.number,
            workflow: id,
            step: step.id,
            action: step.action,
            summary: step.summary,
            state: item.state,
            mode: step.mode,
            queue: item.policy.queue,
            agent: step.requester.name,
            requestedBy: step.requester.user,
            risk: step.risk,
            riskClass: item.policy.riskClass,
            createdAt: item.openedAt,
            deadline: item.deadline,
            tier: item.tier.name,
            digest: step.digest,
            revision: item.revision,
            approvalsGiven: item.approvals(of: step.digest).count,
            approvalsNeeded: item.approvalsNeeded,
            confirm: item.policy.confirm,
            separation: item.policy.separation,
            undoSteps: item.state.isPending ? unwindSet(rejecting: step.id).count : 0,
            undoOperation: step.undo?.operation,
            isStuck: phase == .stuck && chain.causes.contains(step.id),
            decidedAt: item.decision?.reviewedAt,
            decidedBy: item.decision?.reviewedBy
        )
    }

    /// This workflow's row; nil before its first event, and for the control workflow.
    public var row: WorkflowRow? {
        guard let agent, let openedAt, let updatedAt else { return nil }
        return WorkflowRow(
            workflow: id,
            title: title,
            agent: agent.name,
            agentUID: agent.uid,
            status: status,
            pending: pendingItems.count,
            depth: depth,
            depthLimit: depthLimit,
            openedAt: openedAt,
            updatedAt: updatedAt,
            version: version,
            stuckAt: phase == .stuck ? head : nil,
            undoneLinks: chain.plan.filter { step($0)?.link.isClosed == true }.count,
            plannedLinks: chain.plan.count,
            phase: phase,
            nextWake: wakes.first?.at
        )
    }

    /// The rows of items that differ from what they were in an earlier state of this workflow.
    public func changedItemRows(since earlier: Workflow) -> [ItemRow] {
        steps.compactMap { step in
            guard step.item != nil else { return nil }
            let before = earlier.step(step.id)
            let wasOpen = before?.item.map { $0.state.isPending } ?? false
            let mayDiffer =
                before != step || wasOpen || chain != earlier.chain
            guard mayDiffer, let row = itemRow(of: step) else { return nil }
            return before.flatMap({ earlier.itemRow(of: $0) }) == row ? nil : row
        }
    }
}
