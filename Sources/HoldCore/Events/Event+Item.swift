/// An item waits for a person.
public struct ItemOpened: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// Unique in its store, for people to say aloud.
    public var number: Int64
    /// The terms, fixed when it was opened.
    public var policy: ItemPolicy
    /// When the present tier's time is over.
    public var deadline: Instant
}

/// A person said something about an item.
public struct ItemReviewed: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// What was said.
    public var review: Review
}

/// A reviewer edited the arguments.
public struct ItemModified: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// The arguments.
    public var arguments: JSONValue
    /// How it is undone; nil when nothing takes it back.
    public var undo: UndoPlan?
    /// What the reviewer sees and the agent may run.
    public var digest: Digest
    /// The item's terms from now on: what was asked, made stricter wherever the new arguments ask for
    /// more, and never looser.
    public var policy: ItemPolicy
    /// False: it only reads.
    public var hasSideEffects: Bool
    /// The most exposed steps that the workflow may have; at least 1.
    public var depthLimit: Int
    /// Actions whose rejection does not undo this step.
    public var independentOf: [String]
    /// Argument paths that are never stored in clear.
    public var redact: [ArgumentPattern]
    /// Whether the edit counts as its author's approval.
    public var isDirect: Bool
}

/// The one final answer.
public struct ItemDecided: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// Where it stands.
    public var state: ItemState
    /// The one final answer; nil while there is none.
    public var decision: Decision
}

/// The next tier is asked.
public struct ItemEscalated: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// Index into the policy's tiers.
    public var tier: Int
    /// When the present tier's time is over.
    public var deadline: Instant
    /// Why, in the person's own words.
    public var reason: String?
}

/// A person is on an item; who, the event's actor says.
public struct ItemClaimed: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// When the claim ends.
    public var until: Instant
}

/// A person put an item out of their own sight; who, the event's actor says.
public struct ItemSnoozed: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// When it comes back; not after the event itself: it is back.
    public var until: Instant
}

/// A person wrote something to an item; who, the event's actor says.
public struct ItemNoted: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// What it says, in the person's own words.
    public var text: String
}
