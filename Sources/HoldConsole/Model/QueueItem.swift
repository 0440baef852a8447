package import HoldCore

/// One item as the queue shows it.
///
/// Texts of agents are raw: only the display filter makes them drawable.
package struct QueueItem: Hashable, Sendable {
    package var reference: ItemReference
    /// Unique in its store, for people to say aloud.
    package var number: Int64
    package var action: String
    package var summary: String?
    package var agent: String
    package var requestedBy: String
    package var queue: String
    package var state: ItemState
    package var mode: Mode
    package var risk: Double?
    package var riskClass: RiskClass
    package var createdAt: Instant
    package var deadline: Instant
    package var tier: String
    package var digest: Digest
    package var revision: Int
    package var approvalsGiven: Int
    package var approvalsNeeded: Int
    package var confirm: Confirmation
    package var separation: Separation
    /// The async depth of its workflow.
    package var depth: Depth
    /// How many steps a rejection would undo now.
    package var undoSteps: Int
    package var undoProvenAt: Instant?
    /// Its rejection's undo chain waits for a person.
    package var isStuck: Bool
    package var claimedBy: String?
    package var claimedUntil: Instant?
    package var snoozedUntil: Instant?
    package var decision: DecisionLine?

    /// Puts the parts together.
    package init(
        reference: ItemReference,
        number: Int64,
        action: String,
        summary: String? = nil,
        agent: String,
        requestedBy: String,
        queue: String = "default",
        state: ItemState = .pendingReview,
        mode: Mode = .sync,
        risk: Double? = nil,
        riskClass: RiskClass,
        createdAt: Instant,
        deadline: Instant,
        tier: String,
        digest: Digest,
        revision: Int = 1,
        approvalsGiven: Int = 0,
        approvalsNeeded: Int = 1,
        confirm: Confirmation = .key,
        separation: Separation = .enforced,
        depth: Depth = Depth(current: 0, limit: 0),
        undoSteps: Int = 0,
        undoProvenAt: Instant? = nil,
        isStuck: Bool = false,
        claimedBy: String? = nil,
        claimedUntil: Instant? = nil,
        snoozedUntil: Instant? = nil,
        decision: DecisionLine? = nil
    ) {
        self.reference = reference
        self.number = number
        self.action = action
        self.summary = summary
        self.agent = agent
        self.requestedBy = requestedBy
        self.queue = queue
        self.state = state
        self.mode = mode
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
        self.depth = depth
        self.undoSteps = undoSteps
        self.undoProvenAt = undoProvenAt
        self.isStuck = isStuck
        self.claimedBy = claimedBy
        self.claimedUntil = claimedUntil
        self.snoozedUntil = snoozedUntil
        self.decision = decision
    }

    /// Whether this tells less than what is known: another answer overtook it on its way.
    ///
    /// Revisions only grow, and what is final stays so.
    func isOlder(than known: QueueItem) -> Bool {
        revision < known.revision || (state.isPending && !known.state.isPending)
    }

    /// How long is left at this time of the service; never below zero.
    package func left(at now: Instant) -> Span { max(.zero, deadline - now) }
}

/// The exposed steps of a workflow against the most that it may have.
package struct Depth: Hashable, Sendable {
    package var current: Int
    package var limit: Int

    package init(current: Int, limit: Int) {
        self.current = current
        self.limit = limit
    }
}

/// The standing decision on an item.
package struct DecisionLine: Hashable, Sendable {
    package var outcome: Decision.Outcome
    /// Whether a reviewer edited the arguments.
    package var modified: Bool
    /// Who decided; nil on a timeout.
    package var reviewedBy: String?
    package var reviewedAt: Instant
    /// Raw.
    package var reason: String?

    package init(
        outcome: Decision.Outcome,
        modified: Bool = false,
        reviewedBy: String?,
        reviewedAt: Instant,
        reason: String? = nil
    ) {
        self.outcome = outcome
        self.modified = modified
        self.reviewedBy = reviewedBy
        self.reviewedAt = reviewedAt
        self.reason = reason
    }
}
