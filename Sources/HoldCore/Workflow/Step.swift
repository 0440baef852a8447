/// One action that a workflow proposes and, once allowed, really performs.
public struct Step: Sendable, Hashable {
    public let id: StepID
    public let action: String
    /// What the agent proposed.
    public let proposedArguments: JSONValue
    public let proposedDigest: Digest
    let proposedUndo: UndoPlan?
    /// What may run: as proposed, or as a reviewer edited it.
    public internal(set) var arguments: JSONValue
    public internal(set) var digest: Digest
    public internal(set) var undo: UndoPlan?
    public let summary: String?
    public let context: Digest?
    public let risk: Double?
    public let dependsOn: [StepID]
    public let mode: Mode
    public let reasons: [Reason]
    public internal(set) var hasSideEffects: Bool
    public internal(set) var depthLimit: Int
    public internal(set) var independentOf: [String]
    public internal(set) var redact: [ArgumentPattern]
    public let requester: AgentIdentity
    public let isSampled: Bool
    public let proposedAt: Instant
    /// The items that it is undone with; fixed when it begins (I8).
    public internal(set) var deps: Set<StepID>
    public internal(set) var item: Item?
    public internal(set) var permit: Permit?
    /// The order in which steps of the workflow began, from 0.
    public internal(set) var beganOrder: Int?
    public internal(set) var beganAt: Instant?
    public internal(set) var outcome: StepOutcome?
    public internal(set) var result: JSONValue?
    /// The undo's arguments as its report gave them, when it did.
    var reportedUndoArguments: JSONValue?
    public internal(set) var finishedAt: Instant?
    public internal(set) var isLeaseOver: Bool
    public internal(set) var isWithdrawn: Bool
    public internal(set) var link: UndoLink

    /// Begun, not reported, and its lease not over: it may still be running.
    public var isInFlight: Bool { permit != nil && outcome == nil && !isLeaseOver }
    /// Whether an undo of it would have something to do, as far as the record tells.
    public var isUndoable: Bool {
        permit != nil && undo != nil && outcome != .notStarted && link.state == .recorded
    }
    /// Perhaps done only in part, or not at all (I6).
    public var isInDoubt: Bool { outcome != .succeeded }
    /// The digest of what the reviewer sees and the agent may run (I12).
    static func digest(
        workflow: WorkflowID,
        step: StepID,
        action: String,
        arguments: JSONValue,
        undo: UndoPlan?
    ) -> Digest {
        let plan: JSONValue =
            undo.map { ["operation": .string($0.operation), "arguments": $0.arguments] } ?? .null
        return Digest(
            of: [
                "workflow": .string(workflow.text), "step": .string(step.text),
                "action": .string(action), "arguments": arguments, "undo": plan,
            ])
    }
}

/// One link of the undo chain: how far the undo of one step has come.
public struct UndoLink: Sendable, Hashable {
    /// How far it has come. `recorded → undo_started → undone | undo_failed → … → skipped | resolved`
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case recorded
        case undoStarted = "undo_started"
        case undone
        case undoFailed = "undo_failed"
        case skipped
        case resolved
    }

    public internal(set) var state: State = .recorded
    /// Attempts started. Never counted anew, so that a late report is never taken for a later one's.
    public internal(set) var attempts = 0
    /// Attempts that the executor refused since the last retry by a person.
    public internal(set) var burned = 0
    public internal(set) var error: String?
    public internal(set) var detail: String?
    public internal(set) var isInDoubt = false
    /// When the next attempt may start, after a failure.
    public internal(set) var retryAt: Instant?
    /// Failures in a row, for the backoff.
    public internal(set) var failures = 0
    /// Who has agreed to skip it so far.
    public internal(set) var skipAgreed: Actor?
    /// Who ended it by hand, and why.
    public internal(set) var closedBy: Actor?
    public internal(set) var evidence: String?

    /// Whether nothing more has to happen with it.
    public var isClosed: Bool {
        switch state {
        case .undone, .skipped, .resolved: true
        case .recorded, .undoStarted, .undoFailed: false
        }
    }
}
