// The words that fields of the wire may hold; every other word is refused.

/// Where an item stands; the last four are final.
public enum WireItemState: String, Codable, Hashable, Sendable, CaseIterable {
    case pendingReview = "pending_review"
    case modified
    case approved
    case rejected
    case timeout
    case withdrawn
}

/// How an item ended.
public enum WireOutcome: String, Codable, Hashable, Sendable, CaseIterable {
    case approved
    case rejected
    case timeout
    case withdrawn
}

/// Whether a step waits for the decision.
public enum WireMode: String, Codable, Hashable, Sendable, CaseIterable {
    /// Nobody is asked.
    case autonomous
    /// Reviewed while it runs.
    case async
    /// Waits.
    case sync
}

/// The risk class for people.
public enum WireRiskClass: String, Codable, Hashable, Sendable, CaseIterable {
    /// Side effects and no undo.
    case irreversible = "IRREV"
    case high = "HIGH"
    case medium = "MED"
    case low = "LOW"
}

/// How what an agent shows is to be read.
public enum WireContextKind: String, Codable, Hashable, Sendable, CaseIterable {
    case text
    case markdown
    case diff
    case json
    case log
    case table
}

/// How the run of a step ended.
public enum WireStepOutcome: String, Codable, Hashable, Sendable, CaseIterable {
    case succeeded
    case failed
    case notStarted = "not_started"
}

/// Where a link of an undo chain stands.
public enum WireUndoState: String, Codable, Hashable, Sendable, CaseIterable {
    case recorded
    case undoStarted = "undo_started"
    case undone
    case undoFailed = "undo_failed"
    case skipped
    case resolved
}

/// What an executor says of one undo.
public enum WireUndoOutcome: String, Codable, Hashable, Sendable, CaseIterable {
    case undone
    case alreadyUndone = "already_undone"
    case notApplied = "not_applied"
}

/// Where a workflow stands.
public enum WireWorkflowStatus: String, Codable, Hashable, Sendable, CaseIterable {
    case running
    case waiting
    case unwinding
    case stuck
    case halted
    case finished
}

/// How an unwinding ended.
public enum WireRollback: String, Codable, Hashable, Sendable, CaseIterable {
    /// Every step of the set is undone or never happened.
    case rolledBack = "rolled_back"
    /// Some were skipped or resolved by hand.
    case rolledBackWithExceptions = "rolled_back_with_exceptions"
    /// It is stuck.
    case rollbackBlocked = "rollback_blocked"
}

/// Why an item is on top of every list.
public enum WireAttention: String, Codable, Hashable, Sendable, CaseIterable {
    /// The undo chain of its workflow is stuck.
    case undoStuck = "undo_stuck"
}

/// What one person says about one item.
public enum WireVerdict: String, Codable, Hashable, Sendable, CaseIterable {
    case approve
    case reject
    case modify
}

/// The order of a list; ties by number.
public enum WireSort: String, Codable, Hashable, Sendable, CaseIterable {
    /// Stuck undo chains, then high risk or little time left, then the rest; by deadline.
    case urgency
    case age
    case risk
    case workflow
    case agent
    case action
}

/// What a stop button stops.
public enum WireHaltScope: String, Codable, Hashable, Sendable, CaseIterable {
    case all
    case workflow
    case agent
}

/// Which events of the journal come first.
public enum WireAuditOrder: String, Codable, Hashable, Sendable, CaseIterable {
    case oldest
    case newest
}
