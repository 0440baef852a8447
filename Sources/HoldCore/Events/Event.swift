/// A fact about one workflow, in the past tense.
///
/// The journal is the ordered list of these; state is derived from it and from nothing else (I17).
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

/// A workflow was opened, or given another title.
public struct WorkflowOpened: Sendable, Hashable, Codable {
    /// What the run is about, in the agent's words.
    public var title: String?
    /// What the agent labels the run with.
    public var labels: JSONValue?
    /// The agent.
    public var agent: AgentIdentity
    /// The most exposed steps that the workflow may have; at least 1.
    public var depthLimit: Int
}

/// Its agent says that the run is over.
public struct WorkflowFinished: Sendable, Hashable, Codable {
    /// How it ended.
    public var outcome: String
}

/// Something that a person gave a reason for.
public struct Reasoned: Sendable, Hashable, Codable {
    /// Why, in the person's own words.
    public var reason: String
}

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

/// Something about all workflows of one agent.
public struct AgentReasoned: Sendable, Hashable, Codable {
    /// The agent.
    public var agent: String
    /// Why, in the person's own words.
    public var reason: String
}

/// A checkpoint is stored.
public struct CheckpointSaved: Sendable, Hashable, Codable {
    /// The step that it was saved with; nil when saved on its own.
    public var step: StepID?
    /// The blob that holds it.
    public var blob: Digest
    /// Its size.
    public var bytes: Int

    /// A checkpoint in this blob.
    public init(step: StepID?, blob: Digest, bytes: Int) {
        self.step = step
        self.blob = blob
        self.bytes = bytes
    }
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

/// The steps to undo were fixed, with the rejection.
public struct UnwindPlanned: Sendable, Hashable, Codable {
    /// The rejected (or timed out) item.
    public var cause: StepID
    /// The steps to undo for it, newest first.
    public var steps: [StepID]
}

/// An undo is called.
public struct UndoStarted: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// Which attempt, from 1.
    public var attempt: Int
    /// Stable across retries and restarts (I10).
    public var key: String
    /// The step may have been done only in part, or not at all.
    public var isInDoubt: Bool
}

/// A step is undone, or never happened.
public struct UndoneLink: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// How it ended.
    public var outcome: UndoOutcome
    /// What the executor adds.
    public var detail: String?
}

/// How an executor says that nothing of the step is left.
public enum UndoOutcome: String, Sendable, Hashable, Codable, CaseIterable {
    case undone
    case alreadyUndone = "already_undone"
    /// The step never happened; the executor left a mark, so that a late "do" is refused.
    case notApplied = "not_applied"
}

/// An undo did not come about.
public struct UndoFailed: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// Which attempt, from 1.
    public var attempt: Int
    /// What went wrong, in the executor's words.
    public var error: String
    /// False when the executor could not be reached, or asked for time.
    public var isBurned: Bool
    /// When the next attempt may start; nil: not by itself.
    public var retryAt: Instant?
}

/// The chain waits for a person.
public struct UndoStuck: Sendable, Hashable, Codable {
    /// The step.
    public var step: StepID
    /// How many attempts there were.
    public var attempts: Int
    /// What went wrong, in the executor's words.
    public var error: String
}

/// Nothing of the plan is left to undo.
public struct UnwindEnded: Sendable, Hashable, Codable {
    /// Steps that are not undone: skipped or resolved by hand.
    ///
    /// Empty: everything was rolled back.
    public var exceptions: [StepID]
}
