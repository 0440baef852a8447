public import HoldCore

/// Which items, in which order.
public struct QueueQuery: WireParams {
    /// Only items that stand so; the open ones when left out.
    public var states: [WireItemState]?
    /// Only items of this queue.
    public var queue: String?
    /// Only items of this account's workflows: its name, number or written form.
    public var account: String?
    /// Only items of this workflow.
    public var workflow: String?
    /// Only items that this lets through, in the language of ``HoldCore/ItemFilter``: words that lists
    /// show, and fields such as `risk:>0.8`.
    public var text: String?
    /// The order; by urgency when left out.
    public var sort: WireSort?
    /// How many to pass over.
    public var offset: Int?
    /// How many at most, 1…1000; 100 when left out.
    public var limit: Int?
    /// Whether what the asking reviewer snoozed is listed too; it is left out when this is.
    public var snoozed: Bool?

    /// Puts the parameters together.
    public init(
        states: [WireItemState]? = nil,
        queue: String? = nil,
        account: String? = nil,
        workflow: String? = nil,
        text: String? = nil,
        sort: WireSort? = nil,
        offset: Int? = nil,
        limit: Int? = nil,
        snoozed: Bool? = nil
    ) {
        self.states = states
        self.queue = queue
        self.account = account
        self.workflow = workflow
        self.text = text
        self.sort = sort
        self.offset = offset
        self.limit = limit
        self.snoozed = snoozed
    }

    /// Refuses values that make no sense, naming the field.
    public func validate() throws(FieldProblem) {
        try queue?.checkId("queue")
        try account?.checkId("account")
        try workflow?.checkId("workflow")
        try offset?.checkOffset("offset")
        try limit?.checkLimit("limit")
        _ = try filter
    }

    /// What ``text`` asks for.
    ///
    /// - Throws: ``FieldProblem``, naming the word that means nothing.
    public var filter: ItemFilter {
        get throws(FieldProblem) {
            do throws(ItemFilter.Problem) {
                return try ItemFilter(text ?? "")
            } catch {
                throw FieldProblem("text", error.description)
            }
        }
    }
}

/// One item.
public struct ItemParams: WireParams {
    /// The item.
    public var item: WireItemReference

    /// Puts the parameters together.
    public init(item: WireItemReference) {
        self.item = item
    }

    /// Refuses values that make no sense, naming the field.
    public func validate() throws(FieldProblem) {
        try item.check("item")
    }
}
