public import HoldCore

/// The summary of a workflow, as lists show it.
public struct WireWorkflow: Codable, Hashable, Sendable {
    /// The account that the workflow belongs to.
    public var account: Account
    /// The workflow's id.
    public var workflow: String
    /// Its title, in the agent's words.
    public var title: String?
    /// The agent's name.
    public var agent: String
    /// Where it stands.
    public var status: WireWorkflowStatus
    /// How many of its items are open.
    public var pending: Int
    /// Its async depth.
    public var depth: WireDepth
    /// When its last event happened.
    public var updatedAt: Instant
    /// The link at which its undo chain is stuck.
    public var stuckUndo: WireUndoLink?
    /// How far the running unwind has come; absent when none runs.
    public var unwinding: WireUnwinding?
    /// When it was opened.
    public var openedAt: Instant?
    /// How many steps wait for leave to run without an open item of their own.
    public var parked: Int?
    /// How many steps may be running now.
    public var inFlight: Int?
    /// The item that has waited longest; absent when none is open.
    public var oldest: WireOpenItem?
    /// The item that runs out first; absent when none is open.
    public var next: WireOpenItem?

    /// Puts the parts together.
    public init(
        account: Account,
        workflow: String,
        title: String? = nil,
        agent: String,
        status: WireWorkflowStatus,
        pending: Int,
        depth: WireDepth,
        updatedAt: Instant,
        stuckUndo: WireUndoLink? = nil,
        unwinding: WireUnwinding? = nil,
        openedAt: Instant? = nil,
        parked: Int? = nil,
        inFlight: Int? = nil,
        oldest: WireOpenItem? = nil,
        next: WireOpenItem? = nil
    ) {
        self.account = account
        self.workflow = workflow
        self.title = title
        self.agent = agent
        self.status = status
        self.pending = pending
        self.depth = depth
        self.updatedAt = updatedAt
        self.stuckUndo = stuckUndo
        self.unwinding = unwinding
        self.openedAt = openedAt
        self.parked = parked
        self.inFlight = inFlight
        self.oldest = oldest
        self.next = next
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(account, forKey: .account)
        try fields.encode(workflow, forKey: .workflow)
        try fields.encode(title, forKey: .title)
        try fields.encode(agent, forKey: .agent)
        try fields.encode(status, forKey: .status)
        try fields.encode(pending, forKey: .pending)
        try fields.encode(depth, forKey: .depth)
        try fields.encode(updatedAt, forKey: .updatedAt)
        try fields.encodeIfPresent(stuckUndo, forKey: .stuckUndo)
        try fields.encodeIfPresent(unwinding, forKey: .unwinding)
        try fields.encodeIfPresent(openedAt, forKey: .openedAt)
        try fields.encodeIfPresent(parked, forKey: .parked)
        try fields.encodeIfPresent(inFlight, forKey: .inFlight)
        try fields.encodeIfPresent(oldest, forKey: .oldest)
        try fields.encodeIfPresent(next, forKey: .next)
    }
}

/// An open item of a workflow, in short.
public struct WireOpenItem: Codable, Hashable, Sendable {
    /// The number for people to say aloud.
    public var number: Int
    /// When it was opened.
    public var createdAt: Instant
    /// When its present tier's time ends.
    public var deadline: Instant

    /// Puts the parts together.
    public init(number: Int, createdAt: Instant, deadline: Instant) {
        self.number = number
        self.createdAt = createdAt
        self.deadline = deadline
    }
}

/// The links of a running unwind.
public struct WireUnwinding: Codable, Hashable, Sendable {
    /// How many are undone, skipped or resolved.
    public var closed: Int
    /// How many there are.
    public var planned: Int

    /// Puts the parts together.
    public init(closed: Int, planned: Int) {
        self.closed = closed
        self.planned = planned
    }
}

/// One step of a workflow.
public struct WireStep: Codable, Hashable, Sendable {
    /// The step's id.
    public var step: String
    /// Its action.
    public var action: String
    /// The number of its item, if it met a gate.
    public var number: Int?
    /// Whether its agent waits.
    public var mode: WireMode
    /// Where its item stands, if it met a gate.
    public var state: WireItemState?
    /// How its run ended; null while it has not.
    public var outcome: WireStepOutcome?
    /// Where its undo stands, if it has one.
    public var undo: WireUndoState?
    /// The standing decision on its item.
    public var decision: WireDecision?
    /// One line of the agent's.
    public var summary: String?
    /// When it was proposed.
    public var proposedAt: Instant?
    /// When it was allowed to run.
    public var beganAt: Instant?
    /// When its run was reported.
    public var finishedAt: Instant?
    /// Whether it may be running now; absent when it is not.
    public var inFlight: Bool?
    /// Whether it waits for leave to run without an open item of its own; absent when it does not.
    public var parked: Bool?

    /// Puts the parts together.
    public init(
        step: String,
        action: String,
        number: Int? = nil,
        mode: WireMode,
        state: WireItemState? = nil,
        outcome: WireStepOutcome? = nil,
        undo: WireUndoState? = nil,
        decision: WireDecision? = nil,
        summary: String? = nil,
        proposedAt: Instant? = nil,
        beganAt: Instant? = nil,
        finishedAt: Instant? = nil,
        inFlight: Bool? = nil,
        parked: Bool? = nil
    ) {
        self.step = step
        self.action = action
        self.number = number
        self.mode = mode
        self.state = state
        self.outcome = outcome
        self.undo = undo
        self.decision = decision
        self.summary = summary
        self.proposedAt = proposedAt
        self.beganAt = beganAt
        self.finishedAt = finishedAt
        self.inFlight = inFlight
        self.parked = parked
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(step, forKey: .step)
        try fields.encode(action, forKey: .action)
        try fields.encodeIfPresent(number, forKey: .number)
        try fields.encode(mode, forKey: .mode)
        try fields.encodeIfPresent(state, forKey: .state)
        try fields.encode(outcome, forKey: .outcome)
        try fields.encodeIfPresent(undo, forKey: .undo)
        try fields.encodeIfPresent(decision, forKey: .decision)
        try fields.encodeIfPresent(summary, forKey: .summary)
        try fields.encodeIfPresent(proposedAt, forKey: .proposedAt)
        try fields.encodeIfPresent(beganAt, forKey: .beganAt)
        try fields.encodeIfPresent(finishedAt, forKey: .finishedAt)
        try fields.encodeIfPresent(inFlight, forKey: .inFlight)
        try fields.encodeIfPresent(parked, forKey: .parked)
    }
}

/// Everything about one workflow: the fields of its summary and more, in one object.
public struct WireWorkflowDetail: Codable, Hashable, Sendable {
    /// The fields that lists show too.
    public var summary: WireWorkflow
    /// The agent's labels.
    public var labels: [String: String]
    /// How its last unwinding ended.
    public var rollback: WireRollback?
    /// Its steps, oldest first.
    public var steps: [WireStep]
    /// Its items, oldest first; empty on the agent socket.
    public var items: [WireItem]
    /// Its undo chain, newest first.
    public var undoChain: [WireUndoLink]
    /// Its events, oldest first; empty on the agent socket.
    public var events: [WireAuditEvent]

    /// Puts the parts together.
    public init(
        summary: WireWorkflow,
        labels: [String: String],
        rollback: WireRollback? = nil,
        steps: [WireStep],
        items: [WireItem],
        undoChain: [WireUndoLink],
        events: [WireAuditEvent]
    ) {
        self.summary = summary
        self.labels = labels
        self.rollback = rollback
        self.steps = steps
        self.items = items
        self.undoChain = undoChain
        self.events = events
    }

    private enum CodingKeys: String, CodingKey {
        case labels, rollback, steps, items, undoChain, events
    }

    /// Reads the summary's fields and its own from one object.
    public init(from decoder: any Decoder) throws {
        summary = try WireWorkflow(from: decoder)
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        labels = try fields.decode([String: String].self, forKey: .labels)
        rollback = try fields.decodeIfPresent(WireRollback.self, forKey: .rollback)
        steps = try fields.decode([WireStep].self, forKey: .steps)
        items = try fields.decode([WireItem].self, forKey: .items)
        undoChain = try fields.decode([WireUndoLink].self, forKey: .undoChain)
        events = try fields.decode([WireAuditEvent].self, forKey: .events)
    }

    /// Writes the summary's fields and its own into one object.
    public func encode(to encoder: any Encoder) throws {
        try summary.encode(to: encoder)
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(labels, forKey: .labels)
        try fields.encodeIfPresent(rollback, forKey: .rollback)
        try fields.encode(steps, forKey: .steps)
        try fields.encode(items, forKey: .items)
        try fields.encode(undoChain, forKey: .undoChain)
        try fields.encode(events, forKey: .events)
    }
}

/// The last checkpoint of a workflow.
public struct WireCheckpoint: Codable, Hashable, Sendable {
    /// What the agent stored.
    public var checkpoint: JSONValue
    /// The step that it was stored with.
    public var step: String?
    /// When.
    public var savedAt: Instant

    /// Puts the parts together.
    public init(checkpoint: JSONValue, step: String? = nil, savedAt: Instant) {
        self.checkpoint = checkpoint
        self.step = step
        self.savedAt = savedAt
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(checkpoint, forKey: .checkpoint)
        try fields.encode(step, forKey: .step)
        try fields.encode(savedAt, forKey: .savedAt)
    }
}
