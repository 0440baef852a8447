/// Something about one step.
public struct StepNamed: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
}

/// Something about one step, with its reason.
public struct StepReasoned: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// Why, in the person's own words.
    public var reason: String
}

/// A step was proposed: all that its gate was resolved to.
public struct StepProposed: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// The manifest's key for what is done.
    public var action: String
    /// As proposed, with redacted values replaced.
    public var arguments: JSONValue
    /// What it is about, in the agent's words.
    public var summary: String?
    /// The blob that holds the context; nil when there is none.
    public var context: Digest?
    /// The agent's own estimate, 0…1; nil when it gave none.
    public var risk: Double?
    /// How it is undone; nil when nothing takes it back.
    public var undo: UndoPlan?
    /// The steps that it declares to build on.
    public var dependsOn: [StepID]
    /// How the step meets its gate.
    public var mode: Mode
    /// Every reason that forced blocking.
    public var reasons: [Reason]
    /// What the reviewer sees and the agent may run: workflow, step, action, arguments, undo.
    public var digest: Digest
    /// False: it only reads.
    public var hasSideEffects: Bool
    /// The most exposed steps that the workflow may have; at least 1.
    public var depthLimit: Int
    /// Actions whose rejection does not undo this step.
    public var independentOf: [String]
    /// Argument paths that are never stored in clear; they hold for edits and results too.
    public var redact: [ArgumentPattern]
    /// The items that it depends on as far as known now; fixed when the step begins (I8).
    public var deps: [StepID]
    /// The agent that asked.
    public var requester: AgentIdentity
    /// Put up for review afterwards: the item gates nothing.
    public var isSampled: Bool
}

/// How one step is undone: recorded before the step runs (I6).
public struct UndoPlan: Sendable, Hashable, Codable {
    /// The operation that undoes it.
    public var operation: String
    /// The arguments.
    public var arguments: JSONValue
    /// The agent named no undo arguments, so they are the step's own, also after an edit.
    public var followsArguments: Bool
}

/// A permit was given.
public struct StepBegan: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// Leave to run the step.
    public var permit: Permit
    /// The items that this step is undone with (I8).
    public var deps: [StepID]
}

/// Leave to run one step once, with exactly these arguments, before a given time.
public struct Permit: Sendable, Hashable, Codable {
    /// Its id.
    public var id: String
    /// What the reviewer sees and the agent may run.
    public var digest: Digest
    /// The run has to begin before this.
    public var validUntil: Instant
}

/// An agent reported a run.
public struct StepFinished: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// How it ended.
    public var outcome: StepOutcome
    /// What the run gave back.
    public var result: JSONValue?
    /// What only the run could know; replaces the undo's arguments.
    public var undoArguments: JSONValue?
}

/// What a run came to, as the agent reports it.
public enum StepOutcome: String, Sendable, Hashable, Codable, CaseIterable {
    case succeeded
    /// It may have done a part: its undo still runs, marked in doubt.
    case failed
    /// It never happened: there is nothing to undo.
    case notStarted = "not_started"
}
