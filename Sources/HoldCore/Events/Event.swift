/// A fact about one workflow, in the past tense. The journal is the ordered list of these; state is
/// derived from it and from nothing else (I17).
public enum Event: Sendable, Hashable {
    case workflowOpened(WorkflowOpened)
    case workflowFinished(WorkflowFinished)
    case workflowHalted(Reasoned)
    case workflowResumed(Reasoned)
    case checkpointSaved(CheckpointSaved)

    case stepProposed(StepProposed)
    case stepBegan(StepBegan)
    case stepFinished(StepFinished)
    case stepWithdrawn(StepReasoned)
    /// An in-flight step will report no more: its permit's time is over, or a person said so.
    case leaseEnded(StepNamed)

    case itemOpened(ItemOpened)
    case itemReviewed(ItemReviewed)
    case itemModified(ItemModified)
    case itemDecided(ItemDecided)
    case itemEscalated(ItemEscalated)
    case itemWarned(StepNamed)
    /// A review that came after the decision: kept, and without any effect.
    case lateReviewNoted(ItemReviewed)

    case unwindPlanned(UnwindPlanned)
    case undoStarted(UndoStarted)
    case undone(UndoneLink)
    case undoFailed(UndoFailed)
    case undoStuck(UndoStuck)
    case undoRetried(StepReasoned)
    /// One of the two people that a skip needs has agreed.
    case undoSkipAgreed(StepReasoned)
    case undoSkipped(StepReasoned)
    case undoResolved(StepReasoned)
    case unwindEnded(UnwindEnded)

    /// Facts of the control workflow: what may not start anywhere, or for one agent.
    case everythingHalted(Reasoned)
    case everythingResumed(Reasoned)
    case agentHalted(AgentReasoned)
    case agentResumed(AgentReasoned)
}

public struct WorkflowOpened: Sendable, Hashable, Codable {
    public var title: String?
    public var labels: JSONValue?
    public var agent: AgentIdentity
    public var depthLimit: Int
}

public struct WorkflowFinished: Sendable, Hashable, Codable {
    public var outcome: String
}

public struct Reasoned: Sendable, Hashable, Codable {
    public var reason: String
}

public struct StepNamed: Sendable, Hashable, Codable {
    public var step: StepID
}

public struct StepReasoned: Sendable, Hashable, Codable {
    public var step: StepID
    public var reason: String
}

public struct AgentReasoned: Sendable, Hashable, Codable {
    public var agent: String
    public var reason: String
}

public struct CheckpointSaved: Sendable, Hashable, Codable {
    /// The step that it was saved with; nil when saved on its own.
    public var step: StepID?
    /// The blob that holds it.
    public var blob: Digest
    public var bytes: Int

    /// A checkpoint in this blob.
    public init(step: StepID?, blob: Digest, bytes: Int) {
        self.step = step
        self.blob = blob
        self.bytes = bytes
    }
}

public struct StepProposed: Sendable, Hashable, Codable {
    public var step: StepID
    public var action: String
    /// As proposed, with redacted values replaced.
    public var arguments: JSONValue
    public var summary: String?
    /// The blob that holds the context; nil when there is none.
    public var context: Digest?
    public var risk: Double?
    public var undo: UndoPlan?
    public var dependsOn: [StepID]
    public var mode: Mode
    public var reasons: [Reason]
    /// What the reviewer sees and the agent may run: workflow, step, action, arguments, undo.
    public var digest: Digest
    public var hasSideEffects: Bool
    public var depthLimit: Int
    public var independentOf: [String]
    /// Argument paths that are never stored in clear; they hold for edits and results too.
    public var redact: [ArgumentPattern]
    /// The items that it depends on as far as known now; fixed when the step begins (I8).
    public var deps: [StepID]
    public var requester: AgentIdentity
    /// Put up for review afterwards: the item gates nothing.
    public var isSampled: Bool
}

/// How one step is undone: recorded before the step runs (I6).
public struct UndoPlan: Sendable, Hashable, Codable {
    public var operation: String
    public var arguments: JSONValue
    /// The agent named no undo arguments, so they are the step's own, also after an edit.
    public var followsArguments: Bool
}

public struct StepBegan: Sendable, Hashable, Codable {
    public var step: StepID
    public var permit: Permit
    /// The items that this step is undone with (I8).
    public var deps: [StepID]
}

/// Leave to run one step once, with exactly these arguments, before a given time.
public struct Permit: Sendable, Hashable, Codable {
    public var id: String
    public var digest: Digest
    public var validUntil: Instant
}

public struct StepFinished: Sendable, Hashable, Codable {
    public var step: StepID
    public var outcome: StepOutcome
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

public struct ItemOpened: Sendable, Hashable, Codable {
    public var step: StepID
    /// Unique in its store, for people to say aloud.
    public var number: Int64
    public var policy: ItemPolicy
    public var deadline: Instant
}

public struct ItemReviewed: Sendable, Hashable, Codable {
    public var step: StepID
    public var review: Review
}

public struct ItemModified: Sendable, Hashable, Codable {
    public var step: StepID
    public var arguments: JSONValue
    public var undo: UndoPlan?
    public var digest: Digest
    /// The item's terms from now on: what was asked, made stricter wherever the new arguments ask for
    /// more, and never looser.
    public var policy: ItemPolicy
    public var hasSideEffects: Bool
    public var depthLimit: Int
    public var independentOf: [String]
    public var redact: [ArgumentPattern]
    /// Whether the edit counts as its author's approval.
    public var isDirect: Bool
}

public struct ItemDecided: Sendable, Hashable, Codable {
    public var step: StepID
    public var state: ItemState
    public var decision: Decision
}

public struct ItemEscalated: Sendable, Hashable, Codable {
    public var step: StepID
    /// Index into the policy's tiers.
    public var tier: Int
    public var deadline: Instant
    public var reason: String?
}

public struct UnwindPlanned: Sendable, Hashable, Codable {
    /// The rejected (or timed out) item.
    public var cause: StepID
    /// The steps to undo for it, newest first.
    public var steps: [StepID]
}

public struct UndoStarted: Sendable, Hashable, Codable {
    public var step: StepID
    public var attempt: Int
    /// Stable across retries and restarts (I10).
    public var key: String
    public var isInDoubt: Bool
}

public struct UndoneLink: Sendable, Hashable, Codable {
    public var step: StepID
    public var outcome: UndoOutcome
    public var detail: String?
}

/// How an executor says that nothing of the step is left.
public enum UndoOutcome: String, Sendable, Hashable, Codable, CaseIterable {
    case undone
    case alreadyUndone = "already_undone"
    /// The step never happened; the executor left a mark, so that a late "do" is refused.
    case notApplied = "not_applied"
}

public struct UndoFailed: Sendable, Hashable, Codable {
    public var step: StepID
    public var attempt: Int
    public var error: String
    /// False when the executor could not be reached, or asked for time.
    public var isBurned: Bool
    public var retryAt: Instant?
}

public struct UndoStuck: Sendable, Hashable, Codable {
    public var step: StepID
    public var attempts: Int
    public var error: String
}

public struct UnwindEnded: Sendable, Hashable, Codable {
    /// Steps that are not undone: skipped or resolved by hand. Empty: everything was rolled back.
    public var exceptions: [StepID]
}
