public import HoldCore

/// The summary of an item, as lists show it.
public struct WireItem: Codable, Hashable, Sendable {
    /// The number for people to say aloud, unique in its store.
    public var number: Int
    /// The account that the workflow belongs to.
    public var account: Account
    /// The workflow's id.
    public var workflow: String
    /// The step's id.
    public var step: String
    /// The action, the manifest's key.
    public var action: String
    /// One line of the agent's.
    public var summary: String?
    /// Where the item stands.
    public var state: WireItemState
    /// Whether the agent waits for the decision.
    public var mode: WireMode
    /// The queue that it landed in.
    public var queue: String
    /// The agent's name.
    public var agent: String
    /// The account that the agent runs as.
    public var requestedBy: String
    /// The agent's own estimate, 0…1; null when it gave none.
    public var risk: Double?
    /// The risk class for people.
    public var riskClass: WireRiskClass
    /// When the item was opened.
    public var createdAt: Instant
    /// When the present tier's time ends.
    public var deadline: Instant
    /// The tier that is asked now.
    public var tier: String
    /// Who holds a claim; a courtesy, never a lock.
    public var claimedBy: String?
    /// When the claim ends.
    public var claimedUntil: Instant?
    /// Out of the asking reviewer's sight until then.
    public var snoozedUntil: Instant?
    /// What a decision has to name.
    public var digest: Digest
    /// Counts from 1; rises when the digest changes.
    public var revision: Int
    /// Approvals of this digest against those needed.
    public var approvals: WireApprovals
    /// What a reviewer does to confirm an approval.
    public var confirm: Confirmation
    /// The workflow's async depth.
    public var depth: WireDepth
    /// What a rejection would undo now.
    public var undo: WireUndoSummary
    /// Why the item is on top of every list; null when it is not.
    public var attention: WireAttention?
    /// Whether requester and reviewer are kept apart.
    public var separation: Separation
    /// The standing decision of a final item.
    public var decision: WireDecision?

    /// Puts the parts together.
    public init(
        number: Int,
        account: Account,
        workflow: String,
        step: String,
        action: String,
        summary: String? = nil,
        state: WireItemState,
        mode: WireMode,
        queue: String,
        agent: String,
        requestedBy: String,
        risk: Double? = nil,
        riskClass: WireRiskClass,
        createdAt: Instant,
        deadline: Instant,
        tier: String,
        claimedBy: String? = nil,
        claimedUntil: Instant? = nil,
        snoozedUntil: Instant? = nil,
        digest: Digest,
        revision: Int,
        approvals: WireApprovals,
        confirm: Confirmation,
        depth: WireDepth,
        undo: WireUndoSummary,
        attention: WireAttention? = nil,
        separation: Separation,
        decision: WireDecision? = nil
    ) {
        self.number = number
        self.account = account
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
        self.claimedBy = claimedBy
        self.claimedUntil = claimedUntil
        self.snoozedUntil = snoozedUntil
        self.digest = digest
        self.revision = revision
        self.approvals = approvals
        self.confirm = confirm
        self.depth = depth
        self.undo = undo
        self.attention = attention
        self.separation = separation
        self.decision = decision
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(number, forKey: .number)
        try fields.encode(account, forKey: .account)
        try fields.encode(workflow, forKey: .workflow)
        try fields.encode(step, forKey: .step)
        try fields.encode(action, forKey: .action)
        try fields.encodeIfPresent(summary, forKey: .summary)
        try fields.encode(state, forKey: .state)
        try fields.encode(mode, forKey: .mode)
        try fields.encode(queue, forKey: .queue)
        try fields.encode(agent, forKey: .agent)
        try fields.encode(requestedBy, forKey: .requestedBy)
        try fields.encode(risk, forKey: .risk)
        try fields.encode(riskClass, forKey: .riskClass)
        try fields.encode(createdAt, forKey: .createdAt)
        try fields.encode(deadline, forKey: .deadline)
        try fields.encode(tier, forKey: .tier)
        try fields.encode(claimedBy, forKey: .claimedBy)
        try fields.encodeIfPresent(claimedUntil, forKey: .claimedUntil)
        try fields.encodeIfPresent(snoozedUntil, forKey: .snoozedUntil)
        try fields.encode(digest, forKey: .digest)
        try fields.encode(revision, forKey: .revision)
        try fields.encode(approvals, forKey: .approvals)
        try fields.encode(confirm, forKey: .confirm)
        try fields.encode(depth, forKey: .depth)
        try fields.encode(undo, forKey: .undo)
        try fields.encode(attention, forKey: .attention)
        try fields.encode(separation, forKey: .separation)
        try fields.encodeIfPresent(decision, forKey: .decision)
    }
}

/// Approvals of one digest by different people.
public struct WireApprovals: Codable, Hashable, Sendable {
    /// How many there are.
    public var given: Int
    /// How many the manifest asks for.
    public var needed: Int

    /// Puts the parts together.
    public init(given: Int, needed: Int) {
        self.given = given
        self.needed = needed
    }
}

/// What a rejection would undo now, in short.
public struct WireUndoSummary: Codable, Hashable, Sendable {
    /// How many steps.
    public var steps: Int
    /// When the least recently proven undo among them was last proven; null when one never was.
    public var provenAt: Instant?

    /// Puts the parts together.
    public init(steps: Int, provenAt: Instant? = nil) {
        self.steps = steps
        self.provenAt = provenAt
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(steps, forKey: .steps)
        try fields.encode(provenAt, forKey: .provenAt)
    }
}
