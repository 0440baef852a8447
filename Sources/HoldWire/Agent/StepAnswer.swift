public import HoldCore

/// How one step stands: the answer to `step.propose` and to `step.wait`.
public struct StepAnswer: Codable, Hashable, Sendable {
    /// The account that the workflow belongs to; part of the digest.
    public var account: Account
    /// The workflow's id, for the client to compare with what it asked.
    public var workflow: String
    /// The step's id, for the same.
    public var step: String
    /// Whether the step may run now; nothing else allows it.
    public var proceed: Bool
    /// What was digested of the step as it stands.
    public var digest: Digest
    /// The item's number, if the step met a gate.
    public var number: Int?
    /// Whether the agent waits for the decision.
    public var mode: WireMode?
    /// Where the item stands, if there is one.
    public var state: WireItemState?
    /// What forced blocking.
    public var reasons: [String]?
    /// The items that the step waits for.
    public var waitFor: [WireStepReference]?
    /// What the permit is for.
    public var arguments: JSONValue?
    /// How the step is undone, part of the digest; null when it cannot be.
    public var undo: WireUndoSpec?
    /// Leave to run, when `proceed` is true.
    ///
    /// With `proceed` false it only serves `step.finish`: the workflow is being undone, and the undo of
    /// this step waits for its report.
    public var permit: WirePermit?
    /// Whether what runs now may yet be undone.
    public var provisional: Bool?
    /// When the present tier's time ends.
    public var deadline: Instant?
    /// The tier that is asked now.
    public var tier: String?
    /// The workflow's async depth.
    public var depth: WireDepth?
    /// The standing decision.
    public var decision: WireDecision?

    /// Puts the parts together.
    public init(
        account: Account,
        workflow: String,
        step: String,
        proceed: Bool,
        digest: Digest,
        number: Int? = nil,
        mode: WireMode? = nil,
        state: WireItemState? = nil,
        reasons: [String]? = nil,
        waitFor: [WireStepReference]? = nil,
        arguments: JSONValue? = nil,
        undo: WireUndoSpec? = nil,
        permit: WirePermit? = nil,
        provisional: Bool? = nil,
        deadline: Instant? = nil,
        tier: String? = nil,
        depth: WireDepth? = nil,
        decision: WireDecision? = nil
    ) {
        self.account = account
        self.workflow = workflow
        self.step = step
        self.proceed = proceed
        self.digest = digest
        self.number = number
        self.mode = mode
        self.state = state
        self.reasons = reasons
        self.waitFor = waitFor
        self.arguments = arguments
        self.undo = undo
        self.permit = permit
        self.provisional = provisional
        self.deadline = deadline
        self.tier = tier
        self.depth = depth
        self.decision = decision
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(account, forKey: .account)
        try fields.encode(workflow, forKey: .workflow)
        try fields.encode(step, forKey: .step)
        try fields.encode(proceed, forKey: .proceed)
        try fields.encode(digest, forKey: .digest)
        try fields.encodeIfPresent(number, forKey: .number)
        try fields.encodeIfPresent(mode, forKey: .mode)
        try fields.encodeIfPresent(state, forKey: .state)
        try fields.encodeIfPresent(reasons, forKey: .reasons)
        try fields.encodeIfPresent(waitFor, forKey: .waitFor)
        try fields.encodeIfPresent(arguments, forKey: .arguments)
        try fields.encode(undo, forKey: .undo)
        try fields.encodeIfPresent(permit, forKey: .permit)
        try fields.encodeIfPresent(provisional, forKey: .provisional)
        try fields.encodeIfPresent(deadline, forKey: .deadline)
        try fields.encodeIfPresent(tier, forKey: .tier)
        try fields.encodeIfPresent(depth, forKey: .depth)
        try fields.encodeIfPresent(decision, forKey: .decision)
    }
}

/// What the run of a step found out for its undo.
public struct WireUndoArguments: Codable, Hashable, Sendable {
    /// Replaces the undo's arguments: an object.
    public var arguments: JSONValue

    /// Puts the parts together.
    public init(arguments: JSONValue) {
        self.arguments = arguments
    }
}
