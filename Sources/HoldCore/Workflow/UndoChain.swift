/// Where the undo chain of a workflow stands.
public enum UndoPhase: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing is being undone. → quiescing, unwinding
    case idle
    /// The newest step of the plan is still in flight: its report or the end of its lease is awaited.
    case quiescing
    /// Links are undone, newest first, one at a time.
    case unwinding
    /// A link's executor refuses: only a person can move it on. → unwinding
    case stuck
    /// Every step of the last plan is undone or never happened. → quiescing, unwinding
    case rolledBack = "rolled_back"
    /// As above, but for links that people skipped or resolved. → quiescing, unwinding
    case rolledBackWithExceptions = "rolled_back_with_exceptions"

    /// Whether the workflow is frozen (I9).
    public var isUnwinding: Bool {
        switch self {
        case .quiescing, .unwinding, .stuck: true
        case .idle, .rolledBack, .rolledBackWithExceptions: false
        }
    }
}

/// A workflow's steps that are being undone, newest first.
public struct UndoChain: Sendable, Hashable {
    /// Whether an unwind was planned and has not ended.
    public internal(set) var isRunning = false
    /// Whether the head link waits for a person.
    public internal(set) var isStuck = false
    /// Every step of the plan, newest first, closed ones included.
    public internal(set) var plan: [StepID] = []
    /// The items whose rejection caused it.
    public internal(set) var causes: [StepID] = []
    /// How the last unwind ended; nil before the first.
    public internal(set) var exceptions: [StepID]?
}
