public import HoldCore

/// Everything about one item: the fields of its summary and more, in one object.
public struct WireItemDetail: Codable, Hashable, Sendable {
    /// The fields that lists show too.
    public var summary: WireItem
    /// What will run if this digest is approved.
    public var arguments: JSONValue
    /// What the agent proposed.
    public var proposedArguments: JSONValue
    /// How the step is undone, part of the digest; null when it cannot be.
    public var undoSpec: WireUndoSpec?
    /// What the agent shows, in its order.
    public var context: [WireContextPart]
    /// What the manifest says of the item, part by part.
    public var policy: [WirePolicyPart]
    /// The workflow's undo chain, newest first.
    public var undoChain: [WireUndoLink]
    /// What happened to the item, oldest first.
    public var history: [WireHistoryEntry]
    /// What a rejection would do now.
    public var wouldUndo: WireUndoPreview
    /// What an edit of the arguments leads to.
    public var modify: ModifyMode
    /// The steps that the agent says this one depends on.
    public var dependsOn: [String]
    /// The steps whose items, when rejected, take this step with them; its own included.
    public var deps: [String]

    /// Puts the parts together.
    public init(
        summary: WireItem,
        arguments: JSONValue,
        proposedArguments: JSONValue,
        undoSpec: WireUndoSpec? = nil,
        context: [WireContextPart],
        policy: [WirePolicyPart],
        undoChain: [WireUndoLink],
        history: [WireHistoryEntry],
        wouldUndo: WireUndoPreview,
        modify: ModifyMode,
        dependsOn: [String],
        deps: [String]
    ) {
        self.summary = summary
        self.arguments = arguments
        self.proposedArguments = proposedArguments
        self.undoSpec = undoSpec
        self.context = context
        self.policy = policy
        self.undoChain = undoChain
        self.history = history
        self.wouldUndo = wouldUndo
        self.modify = modify
        self.dependsOn = dependsOn
        self.deps = deps
    }

    private enum CodingKeys: String, CodingKey {
        case arguments, proposedArguments, undoSpec, context, policy, undoChain, history,
            wouldUndo, modify, dependsOn, deps
    }

    /// Reads the summary's fields and its own from one object.
    public init(from decoder: any Decoder) throws {
        summary = try WireItem(from: decoder)
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        arguments = try fields.decode(JSONValue.self, forKey: .arguments)
        proposedArguments = try fields.decode(JSONValue.self, forKey: .proposedArguments)
        undoSpec = try fields.decodeIfPresent(WireUndoSpec.self, forKey: .undoSpec)
        context = try fields.decode([WireContextPart].self, forKey: .context)
        policy = try fields.decode([WirePolicyPart].self, forKey: .policy)
        undoChain = try fields.decode([WireUndoLink].self, forKey: .undoChain)
        history = try fields.decode([WireHistoryEntry].self, forKey: .history)
        wouldUndo = try fields.decode(WireUndoPreview.self, forKey: .wouldUndo)
        modify = try fields.decode(ModifyMode.self, forKey: .modify)
        dependsOn = try fields.decode([String].self, forKey: .dependsOn)
        deps = try fields.decode([String].self, forKey: .deps)
    }

    /// Writes the summary's fields and its own into one object.
    public func encode(to encoder: any Encoder) throws {
        try summary.encode(to: encoder)
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(arguments, forKey: .arguments)
        try fields.encode(proposedArguments, forKey: .proposedArguments)
        try fields.encode(undoSpec, forKey: .undoSpec)
        try fields.encode(context, forKey: .context)
        try fields.encode(policy, forKey: .policy)
        try fields.encode(undoChain, forKey: .undoChain)
        try fields.encode(history, forKey: .history)
        try fields.encode(wouldUndo, forKey: .wouldUndo)
        try fields.encode(modify, forKey: .modify)
        try fields.encode(dependsOn, forKey: .dependsOn)
        try fields.encode(deps, forKey: .deps)
    }
}

/// One part of an item's policy, with where it came from.
public struct WirePolicyPart: Codable, Hashable, Sendable {
    /// The manifest's key.
    public var key: String
    /// Its value.
    public var value: JSONValue
    /// The file, line and column that say so, or why it is so without any.
    public var origin: String

    /// Puts the parts together.
    public init(key: String, value: JSONValue, origin: String) {
        self.key = key
        self.value = value
        self.origin = origin
    }
}

/// One thing that happened to an item.
public struct WireHistoryEntry: Codable, Hashable, Sendable {
    /// When.
    public var at: Instant
    /// Who.
    public var actor: Actor
    /// What, in a word of the audit, such as `human_approve`.
    public var what: String
    /// The reason given.
    public var reason: String?
    /// The tier that was asked at the time.
    public var tier: String?
    /// What was on the screen of who reviewed it.
    public var digest: Digest?
    /// False: it came too late and changed nothing.
    public var effect: Bool

    /// Puts the parts together.
    public init(
        at: Instant,
        actor: Actor,
        what: String,
        reason: String? = nil,
        tier: String? = nil,
        digest: Digest? = nil,
        effect: Bool
    ) {
        self.at = at
        self.actor = actor
        self.what = what
        self.reason = reason
        self.tier = tier
        self.digest = digest
        self.effect = effect
    }
}

/// One link of an undo chain.
public struct WireUndoLink: Codable, Hashable, Sendable {
    /// The step.
    public var step: String
    /// Its action.
    public var action: String
    /// The operation that undoes it; null when none does.
    public var operation: String?
    /// Where the link stands.
    public var state: WireUndoState
    /// How many attempts were made.
    public var attempts: Int
    /// What the last failed attempt said.
    public var error: String?
    /// Whether the step may never have taken effect.
    public var inDoubt: Bool
    /// When the next attempt is due.
    public var nextAttemptAt: Instant?
    /// What the executor adds.
    public var detail: String?
    /// Who has agreed to skip it, while a second person is awaited.
    public var skipAgreedBy: String?
    /// Who ended it by hand.
    public var closedBy: String?
    /// What that person gave as reason or evidence.
    public var evidence: String?

    /// Puts the parts together.
    public init(
        step: String,
        action: String,
        operation: String? = nil,
        state: WireUndoState,
        attempts: Int,
        error: String? = nil,
        inDoubt: Bool,
        nextAttemptAt: Instant? = nil,
        detail: String? = nil,
        skipAgreedBy: String? = nil,
        closedBy: String? = nil,
        evidence: String? = nil
    ) {
        self.step = step
        self.action = action
        self.operation = operation
        self.state = state
        self.attempts = attempts
        self.error = error
        self.inDoubt = inDoubt
        self.nextAttemptAt = nextAttemptAt
        self.detail = detail
        self.skipAgreedBy = skipAgreedBy
        self.closedBy = closedBy
        self.evidence = evidence
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(step, forKey: .step)
        try fields.encode(action, forKey: .action)
        try fields.encode(operation, forKey: .operation)
        try fields.encode(state, forKey: .state)
        try fields.encode(attempts, forKey: .attempts)
        try fields.encode(error, forKey: .error)
        try fields.encode(inDoubt, forKey: .inDoubt)
        try fields.encodeIfPresent(nextAttemptAt, forKey: .nextAttemptAt)
        try fields.encodeIfPresent(detail, forKey: .detail)
        try fields.encodeIfPresent(skipAgreedBy, forKey: .skipAgreedBy)
        try fields.encodeIfPresent(closedBy, forKey: .closedBy)
        try fields.encodeIfPresent(evidence, forKey: .evidence)
    }
}

/// What a rejection would do now.
public struct WireUndoPreview: Codable, Hashable, Sendable {
    /// The steps that it would undo, newest first: the order of undoing.
    public var steps: [WireUndoPreviewStep]
    /// The other pending items that it would withdraw.
    public var withdraws: [WireStepReference]

    /// Puts the parts together.
    public init(steps: [WireUndoPreviewStep], withdraws: [WireStepReference]) {
        self.steps = steps
        self.withdraws = withdraws
    }
}

/// One step that a rejection would undo.
public struct WireUndoPreviewStep: Codable, Hashable, Sendable {
    /// The step.
    public var step: String
    /// Its action.
    public var action: String
    /// The operation that would undo it; null when none does.
    public var operation: String?
    /// How long ago the step began.
    public var ageSeconds: Double
    /// When that undo was last proven; null: never.
    public var provenAt: Instant?
    /// Whether the step began and has not been reported.
    public var inDoubt: Bool

    /// Puts the parts together.
    public init(
        step: String,
        action: String,
        operation: String? = nil,
        ageSeconds: Double,
        provenAt: Instant? = nil,
        inDoubt: Bool
    ) {
        self.step = step
        self.action = action
        self.operation = operation
        self.ageSeconds = ageSeconds
        self.provenAt = provenAt
        self.inDoubt = inDoubt
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(step, forKey: .step)
        try fields.encode(action, forKey: .action)
        try fields.encode(operation, forKey: .operation)
        try fields.encode(ageSeconds, forKey: .ageSeconds)
        try fields.encode(provenAt, forKey: .provenAt)
        try fields.encode(inDoubt, forKey: .inDoubt)
    }
}
