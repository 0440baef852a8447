/// What figures need to know of one item.
public struct ItemRecord: Sendable, Hashable {
    /// Unique in its store.
    public var number: Int64
    /// The workflow.
    public var workflow: String
    /// The manifest's key for what is done.
    public var action: String
    /// The agent.
    public var agent: String
    /// How dangerous it looks.
    public var riskClass: RiskClass
    /// Where it stands.
    public var state: ItemState
    /// Whether a reviewer edited the arguments.
    public var isModified: Bool
    /// How many times it went on to the next tier.
    public var escalations: Int
    /// When it was opened.
    public var createdAt: Instant
    /// When it was decided.
    public var decidedAt: Instant?
    /// Who decided; nil on a timeout and before.
    public var decidedBy: String?
    /// Where its step's undo stands; nil when there is none, or the step did not run.
    public var undoState: UndoLink.State?

    /// A record of these parts, as a store reads it back.
    package init(
        number: Int64,
        workflow: String,
        action: String,
        agent: String,
        riskClass: RiskClass,
        state: ItemState,
        isModified: Bool,
        escalations: Int,
        createdAt: Instant,
        decidedAt: Instant?,
        decidedBy: String?,
        undoState: UndoLink.State?
    ) {
        self.number = number
        self.workflow = workflow
        self.action = action
        self.agent = agent
        self.riskClass = riskClass
        self.state = state
        self.isModified = isModified
        self.escalations = escalations
        self.createdAt = createdAt
        self.decidedAt = decidedAt
        self.decidedBy = decidedBy
        self.undoState = undoState
    }

    /// What is to be known of an item for figures.
    public init(_ row: ItemRow) {
        self.init(
            number: row.number,
            workflow: row.workflow.written,
            action: row.action,
            agent: row.agent,
            riskClass: row.riskClass,
            state: row.state,
            isModified: row.isModified,
            escalations: row.escalations,
            createdAt: row.createdAt,
            decidedAt: row.decidedAt,
            decidedBy: row.decidedBy,
            undoState: row.undoState
        )
    }
}
