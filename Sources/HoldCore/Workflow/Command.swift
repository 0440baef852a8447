/// What somebody wants to happen in one workflow, in the imperative.
public enum Command: Sendable, Hashable {
    case openWorkflow(title: String?, labels: JSONValue?)
    case propose(Proposal)
    /// Take the permit if the step may run now; else nothing happens.
    case collect(StepID)
    case finish(StepReport)
    case withdraw(StepID, reason: String)
    case saveCheckpoint(CheckpointSaved)
    case finishWorkflow(outcome: String)

    case review(ReviewDraft)
    case escalate(StepID, reason: String?)

    /// Tell colleagues that one is on an item; nil: for the usual time.
    case claim(StepID, Span?)
    case release(StepID)
    /// Put an item out of one's own sight; no time at all brings it back.
    case snooze(StepID, Span)
    case note(StepID, String)
    /// Leave a note for whoever comes next; in the control workflow.
    case noteShift(String)

    /// A moment that ``Workflow/wakes`` asked for has come.
    case timeReached(Wake)

    /// An executor's word on an undo that was started.
    case reportUndo(StepID, attempt: Int, UndoReport, by: Account? = nil)
    case retryUndo(StepID, reason: String)
    case skipUndo(StepID, reason: String)
    case resolveUndo(StepID, reason: String)

    case halt(HaltScope, reason: String)
    case resume(HaltScope, reason: String)

    /// Prove an operation's undo without an incident; in the control workflow.
    case startDrill(String)
    /// What came of the drill of this key; `isLost`: a stop cut it short, and only its undo was called.
    case reportDrill(key: String, UndoReport, isLost: Bool, by: Account? = nil)
}

/// One step, as an agent proposes it.
public struct Proposal: Sendable, Hashable {
    /// The step.
    public var step: StepID
    /// The manifest's key for what is done.
    public var action: String
    /// The arguments.
    public var arguments: JSONValue
    /// What it is about, in the agent's words.
    public var summary: String?
    /// Digest of the stored context.
    public var context: Digest?
    /// The agent's own estimate, 0…1; nil when it gave none.
    public var risk: Double?
    /// How it is undone; nil when nothing takes it back.
    public var undo: Undo?
    /// The steps that it declares to build on.
    public var dependsOn: [StepID]
    /// The newest checkpoint.
    public var checkpoint: CheckpointSaved?

    /// The undo as the agent names it; what it leaves out comes from the manifest and the arguments.
    public struct Undo: Sendable, Hashable {
        /// The operation that undoes it.
        public var operation: String?
        /// The arguments.
        public var arguments: JSONValue?

        /// An undo of these parts.
        public init(operation: String? = nil, arguments: JSONValue? = nil) {
            self.operation = operation
            self.arguments = arguments
        }
    }

    /// A proposal of these parts.
    public init(
        step: StepID,
        action: String,
        arguments: JSONValue = .object([:]),
        summary: String? = nil,
        context: Digest? = nil,
        risk: Double? = nil,
        undo: Undo? = nil,
        dependsOn: [StepID] = [],
        checkpoint: CheckpointSaved? = nil
    ) {
        self.step = step
        self.action = action
        self.arguments = arguments
        self.summary = summary
        self.context = context
        self.risk = risk
        self.undo = undo
        self.dependsOn = dependsOn
        self.checkpoint = checkpoint
    }
}

/// What an agent reports of a run.
public struct StepReport: Sendable, Hashable {
    /// The step.
    public var step: StepID
    /// Leave to run the step.
    public var permit: String
    /// How it ended.
    public var outcome: StepOutcome
    /// What the run gave back.
    public var result: JSONValue?
    /// What the undo needs and only the run could know.
    public var undoArguments: JSONValue?

    /// A report of these parts.
    public init(
        step: StepID,
        permit: String,
        outcome: StepOutcome,
        result: JSONValue? = nil,
        undoArguments: JSONValue? = nil
    ) {
        self.step = step
        self.permit = permit
        self.outcome = outcome
        self.result = result
        self.undoArguments = undoArguments
    }
}

/// What a reviewer says of an item, bound to the digest that was on the screen.
public struct ReviewDraft: Sendable, Hashable {
    /// The step.
    public var step: StepID
    /// What the person says.
    public var verdict: Review.Verdict
    /// What the reviewer sees and the agent may run.
    public var digest: Digest
    /// Why, in the person's own words.
    public var reason: String?
    /// The new arguments, with ``Review/Verdict/modify``.
    public var arguments: JSONValue?
    /// What the reviewer pressed or typed to confirm.
    public var confirm: String?

    /// A review of these parts.
    public init(
        step: StepID,
        verdict: Review.Verdict,
        digest: Digest,
        reason: String? = nil,
        arguments: JSONValue? = nil,
        confirm: String? = nil
    ) {
        self.step = step
        self.verdict = verdict
        self.digest = digest
        self.reason = reason
        self.arguments = arguments
        self.confirm = confirm
    }
}

/// What an executor says of one attempt.
public enum UndoReport: Sendable, Hashable {
    case done(UndoOutcome, detail: String?)
    /// It asks for time; no attempt is burned.
    case retry(after: Span, String)
    /// Trying again is pointless.
    case terminal(String)
    /// It refused, answered nonsense, or ran out of its time.
    case failed(String)
    /// It could not be reached; no attempt is burned.
    case unreachable(String)
}

/// What a halt holds.
public enum HaltScope: Sendable, Hashable {
    case everything
    /// Every agent of an account; with the account's name.
    case account(Account, user: String)
    /// The agent of a name that the manifest gives (`agents:`).
    case agent(String)
    case workflow
}

/// A moment at which something in a workflow falls due.
public struct Wake: Sendable, Hashable {
    /// When, in the journal's time.
    public var at: Instant
    /// What falls due.
    public var kind: Kind

    /// What falls due.
    public enum Kind: Sendable, Hashable {
        /// The tier's time is over.
        case deadline(StepID)
        /// Colleagues of the tier are to be warned.
        case warning(StepID)
        /// A permit, or an approval not yet used, ends.
        case lease(StepID)
        /// The head link's next attempt.
        case undo(StepID)
    }
}

/// What surrounds a decision: everything that the rules ask for beside the workflow itself.
public struct Circumstances: Sendable {
    /// The manifest in force.
    public var manifest: Manifest
    /// Whether requester and reviewer are kept apart.
    public var separation: Separation
    /// What is halted beyond this workflow.
    public var halts: Halts
    /// When each operation last undid something for certain.
    public var provenAt: [String: Instant]
    /// Open items of the workflow's account, over all its workflows.
    public var openItemsOfAccount: Int
    /// The next item number of the store.
    public var nextItemNumber: Int64
    /// The store's key for values that are never stored in clear.
    public var redactionKey: [UInt8]

    /// Circumstances of these parts.
    public init(
        manifest: Manifest,
        separation: Separation = .enforced,
        halts: Halts = Halts(),
        provenAt: [String: Instant] = [:],
        openItemsOfAccount: Int = 0,
        nextItemNumber: Int64 = 1,
        redactionKey: [UInt8] = []
    ) {
        self.manifest = manifest
        self.separation = separation
        self.halts = halts
        self.provenAt = provenAt
        self.openItemsOfAccount = openItemsOfAccount
        self.nextItemNumber = nextItemNumber
        self.redactionKey = redactionKey
    }
}
