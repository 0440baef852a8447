public import HoldCore

/// One event of the journal, with its place in the hash chain.
public struct WireAuditEvent: Codable, Hashable, Sendable {
    /// Its place in the journal.
    public var seq: Int
    /// The account that the workflow belongs to.
    public var account: Account
    /// The workflow that it is a fact about.
    public var workflow: String
    /// Its place in the workflow.
    public var version: Int
    /// What kind of fact it is.
    public var type: String
    /// When it happened.
    public var at: Instant
    /// Who caused it.
    public var actor: Actor
    /// The manifest in force.
    public var manifest: Digest?
    /// The fact itself.
    public var data: JSONValue
    /// The hash of the event before.
    public var previous: String
    /// The hash of this event.
    public var hash: String
    /// Its item as it stands now, where that was asked for; no part of what the hash covers.
    public var item: WireAuditItem?

    /// Puts the parts together.
    public init(
        seq: Int,
        account: Account,
        workflow: String,
        version: Int,
        type: String,
        at: Instant,
        actor: Actor,
        manifest: Digest? = nil,
        data: JSONValue,
        previous: String,
        hash: String,
        item: WireAuditItem? = nil
    ) {
        self.seq = seq
        self.account = account
        self.workflow = workflow
        self.version = version
        self.type = type
        self.at = at
        self.actor = actor
        self.manifest = manifest
        self.data = data
        self.previous = previous
        self.hash = hash
        self.item = item
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(seq, forKey: .seq)
        try fields.encode(account, forKey: .account)
        try fields.encode(workflow, forKey: .workflow)
        try fields.encode(version, forKey: .version)
        try fields.encode(type, forKey: .type)
        try fields.encode(at, forKey: .at)
        try fields.encode(actor, forKey: .actor)
        try fields.encode(manifest, forKey: .manifest)
        try fields.encode(data, forKey: .data)
        try fields.encode(previous, forKey: .previous)
        try fields.encode(hash, forKey: .hash)
        try fields.encodeIfPresent(item, forKey: .item)
    }
}

/// The item that an event of the journal concerns, as it stands now.
public struct WireAuditItem: Codable, Hashable, Sendable {
    /// The number for people to say aloud.
    public var number: Int
    /// The step's id.
    public var step: String
    /// The action, the manifest's key.
    public var action: String
    /// One line of the agent's.
    public var summary: String?
    /// The agent's name.
    public var agent: String
    /// The risk class for people.
    public var riskClass: WireRiskClass
    /// Where the item stands.
    public var state: WireItemState
    /// Who decided it; absent on a timeout and before.
    public var decidedBy: String?
    /// How its step's run ended; absent while it has not.
    public var outcome: WireStepOutcome?
    /// When the run was allowed.
    public var beganAt: Instant?
    /// When the run was reported.
    public var finishedAt: Instant?
    /// Where its step's undo stands; absent when it has none, or did not run.
    public var undo: WireUndoState?

    /// Puts the parts together.
    public init(
        number: Int,
        step: String,
        action: String,
        summary: String? = nil,
        agent: String,
        riskClass: WireRiskClass,
        state: WireItemState,
        decidedBy: String? = nil,
        outcome: WireStepOutcome? = nil,
        beganAt: Instant? = nil,
        finishedAt: Instant? = nil,
        undo: WireUndoState? = nil
    ) {
        self.number = number
        self.step = step
        self.action = action
        self.summary = summary
        self.agent = agent
        self.riskClass = riskClass
        self.state = state
        self.decidedBy = decidedBy
        self.outcome = outcome
        self.beganAt = beganAt
        self.finishedAt = finishedAt
        self.undo = undo
    }
}
