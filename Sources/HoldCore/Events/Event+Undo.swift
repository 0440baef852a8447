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
    /// The account that says so; nil: a command of the operator.
    public var executor: Account?
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
