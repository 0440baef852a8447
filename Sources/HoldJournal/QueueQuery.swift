public import HoldCore

/// Which part of the queue is asked for.
public struct QueueQuery: Sendable, Hashable {
    /// How the window is ordered; ties by number.
    public enum Sort: String, Sendable, Hashable, CaseIterable {
        case urgency, age, risk, workflow, agent, action
    }

    /// nil: what is open (``ItemRow/isOpen``).
    public var states: [ItemState]?
    /// The queue that it lands in.
    public var queue: String?
    /// The workflow.
    public var workflow: WorkflowKey?
    /// What must hold beside; where it asks for items by how they stand, ``states`` left out means all.
    public var filter: ItemFilter
    /// The order.
    public var sort: Sort
    /// From 0.
    public var offset: Int
    /// 1…1,000.
    public var limit: Int
    /// What "less than two minutes left" is measured from.
    public var now: Instant
    /// The account of who asks; nil: nobody in particular.
    public var asker: String?
    /// The reviewer (account number) whose snoozed items are left out; nil: nothing is.
    public var viewer: UInt32?
    /// Whether what the viewer snoozed is listed all the same.
    public var showsSnoozed: Bool

    /// A query with everything open in it.
    public init(
        states: [ItemState]? = nil,
        queue: String? = nil,
        workflow: WorkflowKey? = nil,
        filter: ItemFilter = ItemFilter(),
        sort: Sort = .urgency,
        offset: Int = 0,
        limit: Int = 50,
        now: Instant,
        asker: String? = nil,
        viewer: UInt32? = nil,
        showsSnoozed: Bool = false
    ) {
        self.states = states
        self.queue = queue
        self.workflow = workflow
        self.filter = filter
        self.sort = sort
        self.offset = offset
        self.limit = limit
        self.now = now
        self.asker = asker
        self.viewer = viewer
        self.showsSnoozed = showsSnoozed
    }
}
