/// One item as lists show it: a projection, written in the same transaction as the events behind it.
public struct ItemRow: Sendable, Hashable, Codable {
    /// Unique in its store, for people to say aloud.
    public var number: Int64
    /// The workflow.
    public var workflow: WorkflowKey
    /// The step.
    public var step: StepID
    /// The manifest's key for what is done.
    public var action: String
    /// What it is about, in the agent's words.
    public var summary: String?
    /// Where it stands.
    public var state: ItemState
    /// How the step meets its gate.
    public var mode: Mode
    /// The queue that it lands in.
    public var queue: String
    /// The agent.
    public var agent: String
    /// The account that asked.
    public var requestedBy: String
    /// The agent's own estimate, 0…1; nil when it gave none.
    public var risk: Double?
    /// How dangerous it looks, for people.
    public var riskClass: RiskClass
    /// When it was opened.
    public var createdAt: Instant
    /// When the present tier's time is over.
    public var deadline: Instant
    /// The tier that is asked.
    public var tier: String
    /// What the reviewer sees and the agent may run.
    public var digest: Digest
    /// Bumped whenever the digest changes; from 1.
    public var revision: Int
    /// How many have approved what now stands.
    public var approvalsGiven: Int
    /// How many different people must approve.
    public var approvalsNeeded: Int
    /// What a reviewer does to confirm.
    public var confirm: Confirmation
    /// Whether requester and reviewer are kept apart.
    public var separation: Separation
    /// How many steps a rejection would undo now.
    public var undoSteps: Int
    /// The operation that undoes it; nil: none.
    public var undoOperation: String?
    /// Its rejection's undo chain is stuck: on top of every queue (I11).
    public var isStuck: Bool
    /// Who said to be on it; a claim may have ended since.
    public var claim: Claim?
    /// Who put it off, by account number; some may have ended since.
    public var snoozes: [Snooze]
    /// When it was decided.
    public var decidedAt: Instant?
    /// Who decided; nil on a timeout and before.
    public var decidedBy: String?
    /// Whether a reviewer edited the arguments.
    public var isModified: Bool
    /// How many times it went on to the next tier, by a person or by time.
    public var escalations: Int
    /// How its step's run ended; nil while it has not.
    public var outcome: StepOutcome?
    /// When its step's run was allowed.
    public var beganAt: Instant?
    /// When its step's run was reported.
    public var finishedAt: Instant?
    /// Where its step's undo stands; nil when there is none, or the step did not run.
    public var undoState: UndoLink.State?

    /// A row of these parts, as a store reads it back.
    package init(
        number: Int64,
        workflow: WorkflowKey,
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
        claim: Claim? = nil,
        snoozes: [Snooze] = [],
        decidedAt: Instant?,
        decidedBy: String?,
        isModified: Bool = false,
        escalations: Int = 0,
        outcome: StepOutcome? = nil,
        beganAt: Instant? = nil,
        finishedAt: Instant? = nil,
        undoState: UndoLink.State? = nil
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
        self.claim = claim
        self.snoozes = snoozes
        self.decidedAt = decidedAt
        self.decidedBy = decidedBy
        self.isModified = isModified
        self.escalations = escalations
        self.outcome = outcome
        self.beganAt = beganAt
        self.finishedAt = finishedAt
        self.undoState = undoState
    }

    /// Whether it stands in the queue by itself: it waits for a decision, or its chain for a person.
    public var isOpen: Bool { state.isPending || isStuck }

    /// Who is on it at this time; nil: nobody.
    public func claim(at now: Instant) -> Claim? {
        claim.flatMap { $0.stands(at: now) ? $0 : nil }
    }

    /// Until when this reviewer has put it off; nil: it is in sight.
    public func snoozedUntil(for uid: UInt32, at now: Instant) -> Instant? {
        snoozes.first { $0.uid == uid && $0.stands(at: now) }?.until
    }

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
            claim: item.claim,
            snoozes: item.snoozes,
            decidedAt: item.decision?.reviewedAt,
            decidedBy: item.decision?.reviewedBy,
            isModified: item.isModified,
            escalations: item.tierIndex,
            outcome: step.outcome,
            beganAt: step.beganAt,
            finishedAt: step.finishedAt,
            undoState: step.undo == nil || step.permit == nil ? nil : step.link.state
        )
    }

    /// This workflow's row; nil before its first event, and for the control workflow.
    public var row: WorkflowRow? {
        guard let agent, let openedAt, let updatedAt else { return nil }
        return WorkflowRow(
            workflow: id,
            title: title,
            agent: agent.name,
            user: agent.user,
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
            nextWake: wakes.first?.at,
            parked: steps.count { isParked($0) },
            inFlight: steps.count(where: \.isInFlight)
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
