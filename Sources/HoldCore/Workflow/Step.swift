/// One action that a workflow proposes and, once allowed, really performs.
public struct Step: Sendable, Hashable {
    /// Its id.
    public let id: StepID
    /// The manifest's key for what is done.
    public let action: String
    /// What the agent proposed.
    public let proposedArguments: JSONValue
    /// The digest of what was proposed.
    public let proposedDigest: Digest
    let proposedUndo: UndoPlan?
    /// What may run: as proposed, or as a reviewer edited it.
    public internal(set) var arguments: JSONValue
    /// What the reviewer sees and the agent may run.
    public internal(set) var digest: Digest
    /// How it is undone; nil when nothing takes it back.
    public internal(set) var undo: UndoPlan?
    /// What it is about, in the agent's words.
    public let summary: String?
    /// The blob that holds the context; nil when there is none.
    public let context: Digest?
    /// The agent's own estimate, 0…1; nil when it gave none.
    public let risk: Double?
    /// The steps that it declares to build on.
    public let dependsOn: [StepID]
    /// How the step meets its gate.
    public let mode: Mode
    /// Every reason that forced blocking.
    public let reasons: [Reason]
    /// False: it only reads.
    public internal(set) var hasSideEffects: Bool
    /// The most exposed steps that the workflow may have; at least 1.
    public internal(set) var depthLimit: Int
    /// Actions whose rejection does not undo this step.
    public internal(set) var independentOf: [String]
    /// Argument paths that are never stored in clear.
    public internal(set) var redact: [ArgumentPattern]
    /// The agent that asked.
    public let requester: AgentIdentity
    /// Put up for review afterwards: the item gates nothing.
    public let isSampled: Bool
    /// When it was proposed.
    public let proposedAt: Instant
    /// The items that it is undone with; fixed when it begins (I8).
    public internal(set) var deps: Set<StepID>
    /// The item.
    public internal(set) var item: Item?
    /// Leave to run the step.
    public internal(set) var permit: Permit?
    /// The order in which steps of the workflow began, from 0.
    public internal(set) var beganOrder: Int?
    /// When its permit was given.
    public internal(set) var beganAt: Instant?
    /// How it ended.
    public internal(set) var outcome: StepOutcome?
    /// What the run gave back.
    public internal(set) var result: JSONValue?
    /// The undo's arguments as its report gave them, when it did.
    var reportedUndoArguments: JSONValue?
    /// When its run was reported.
    public internal(set) var finishedAt: Instant?
    /// No report is awaited any more.
    public internal(set) var isLeaseOver: Bool
    /// Taken back, or on a dead branch.
    public internal(set) var isWithdrawn: Bool
    /// How far its undo has come.
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
        workflow: WorkflowKey,
        step: StepID,
        action: String,
        arguments: JSONValue,
        undo: UndoPlan?
    ) -> Digest {
        let plan: JSONValue =
            undo.map { ["operation": .string($0.operation), "arguments": $0.arguments] } ?? .null
        return Digest(
            of: [
                "account": .string(workflow.account.text),
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

    /// Where it stands.
    public internal(set) var state: State = .recorded
    /// Attempts started.
    ///
    /// Never counted anew, so that a late report is never taken for a later one's.
    public internal(set) var attempts = 0
    /// Attempts that the executor refused since the last retry by a person.
    public internal(set) var burned = 0
    /// What went wrong, in the executor's words.
    public internal(set) var error: String?
    /// What the executor adds.
    public internal(set) var detail: String?
    /// The step may have been done only in part, or not at all.
    public internal(set) var isInDoubt = false
    /// When the next attempt may start, after a failure.
    public internal(set) var retryAt: Instant?
    /// Failures in a row, for the backoff.
    public internal(set) var failures = 0
    /// Who has agreed to skip it so far.
    public internal(set) var skipAgreed: Actor?
    /// Who ended it by hand, and why.
    public internal(set) var closedBy: Actor?
    /// What they gave as the reason.
    public internal(set) var evidence: String?

    /// Whether nothing more has to happen with it.
    public var isClosed: Bool {
        switch state {
        case .undone, .skipped, .resolved: true
        case .recorded, .undoStarted, .undoFailed: false
        }
    }
}
