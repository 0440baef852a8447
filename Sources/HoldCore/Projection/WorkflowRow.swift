/// One workflow as lists show it.
public struct WorkflowRow: Sendable, Hashable, Codable {
    /// The workflow.
    public var workflow: WorkflowKey
    /// What the run is about, in the agent's words.
    public var title: String?
    /// The agent.
    public var agent: String
    /// The name of the account that the workflow belongs to.
    public var user: String
    /// The workflow in one word.
    public var status: Workflow.Status
    /// How many items wait for a decision.
    public var pending: Int
    /// How many steps are exposed.
    public var depth: Int
    /// The most exposed steps that the workflow may have; at least 1.
    public var depthLimit: Int
    /// When it was opened.
    public var openedAt: Instant
    /// When its newest event happened.
    public var updatedAt: Instant
    /// The place in its workflow, from 1.
    public var version: Int
    /// The link at which the undo chain is stuck; nil when it is not.
    public var stuckAt: StepID?
    /// Links of the running or last unwind: undone so far, and in all.
    public var undoneLinks: Int
    /// How many links the running or last unwind has.
    public var plannedLinks: Int
    /// Where the undo chain stands.
    public var phase: UndoPhase
    /// When something here falls due next; nil: never.
    public var nextWake: Instant?
    /// How many steps wait for leave to run without an open item of their own.
    public var parked: Int
    /// How many steps may be running now.
    public var inFlight: Int

    /// A row of these parts, as a store reads it back.
    package init(
        workflow: WorkflowKey,
        title: String?,
        agent: String,
        user: String,
        status: Workflow.Status,
        pending: Int,
        depth: Int,
        depthLimit: Int,
        openedAt: Instant,
        updatedAt: Instant,
        version: Int,
        stuckAt: StepID?,
        undoneLinks: Int,
        plannedLinks: Int,
        phase: UndoPhase,
        nextWake: Instant?,
        parked: Int = 0,
        inFlight: Int = 0
    ) {
        self.workflow = workflow
        self.title = title
        self.agent = agent
        self.user = user
        self.status = status
        self.pending = pending
        self.depth = depth
        self.depthLimit = depthLimit
        self.openedAt = openedAt
        self.updatedAt = updatedAt
        self.version = version
        self.stuckAt = stuckAt
        self.undoneLinks = undoneLinks
        self.plannedLinks = plannedLinks
        self.phase = phase
        self.nextWake = nextWake
        self.parked = parked
        self.inFlight = inFlight
    }
}
