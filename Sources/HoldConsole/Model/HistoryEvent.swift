package import HoldCore

/// One event of the journal, as much of it as lists show; texts of others are raw.
package struct HistoryEvent: Hashable, Sendable {
    /// Its place in the journal.
    package let sequence: Int64
    package let workflow: WorkflowKey
    /// Its place in the workflow.
    package let version: Int
    /// Its name in the journal, such as `item_decided`.
    package let type: String
    package let at: Instant
    package let actor: Actor
    package let manifest: Digest?
    /// The hash of the event before, and of this one.
    package let previous: String
    package let hash: String
    package let step: StepID?
    /// What was on the screen of who said it.
    package let digest: String?
    /// What it says in a word: an outcome or a verdict of the wire.
    package let word: String?
    /// A reason, an error or what an executor adds.
    package let note: String?
    /// Whether a decision was on edited arguments.
    package let isModified: Bool
    /// How many steps it is about.
    package let count: Int
    /// Its item as it stands now.
    package let item: HistoryItem?

    /// Takes what lists need out of the event's data.
    package init(
        sequence: Int64,
        workflow: WorkflowKey,
        version: Int,
        type: String,
        at: Instant,
        actor: Actor,
        manifest: Digest? = nil,
        previous: String = "",
        hash: String = "",
        data: JSONValue,
        item: HistoryItem? = nil
    ) {
        self.sequence = sequence
        self.workflow = workflow
        self.version = version
        self.type = type
        self.at = at
        self.actor = actor
        self.manifest = manifest
        self.previous = previous
        self.hash = hash
        self.item = item
        step = data["step"]?.text.map { StepID($0) }
        let said = data["decision"] ?? data["review"]
        digest = said?["digest"]?.text ?? data["digest"]?.text
        word = (said?["outcome"] ?? said?["verdict"] ?? data["outcome"])?.text
        isModified = said?["modified"] == true || said?["verdict"] == "modify"
        let notes = [said?["reason"], data["reason"], data["error"], data["detail"]]
        note = notes.lazy.compactMap { $0?.text }.first { !$0.isEmpty }
            .map { String($0.prefix(Self.noteMax)) }
        if case .array(let steps)? = data["steps"] ?? data["exceptions"] {
            count = steps.count
        } else {
            count = 0
        }
    }

    /// No more characters of a note are kept: the item's record has it whole.
    private static let noteMax = 2_000

    /// The item that it is about.
    package var reference: ItemReference? {
        guard item != nil || type.hasPrefix("item_"), let step else { return nil }
        return ItemReference(workflow: workflow, step: step)
    }
}

/// The item that an event is about, as it stands now.
package struct HistoryItem: Hashable, Sendable {
    package var number: Int64
    package var action: String
    package var summary: String?
    package var agent: String
    package var riskClass: RiskClass
    package var state: ItemState
    package var decidedBy: String?
    /// How its run ended; nil while it has not.
    package var outcome: StepOutcome?
    package var beganAt: Instant?
    package var finishedAt: Instant?
    /// Where its undo stands; nil when it has none, or did not run.
    package var undo: UndoLink.State?

    package init(
        number: Int64,
        action: String,
        summary: String? = nil,
        agent: String,
        riskClass: RiskClass,
        state: ItemState,
        decidedBy: String? = nil,
        outcome: StepOutcome? = nil,
        beganAt: Instant? = nil,
        finishedAt: Instant? = nil,
        undo: UndoLink.State? = nil
    ) {
        self.number = number
        self.action = action
        self.summary = summary
        self.agent = agent
        self.riskClass = riskClass
        self.state = state
        self.decidedBy = decidedBy
        self.outcome = outcome
        self.beganAt = beganAt
        self.finishedAt = finishedAt
        self.undo = undo
    }
}
