/// Lists workflows, the most recently changed first.
public enum WorkflowList: WireMethod {
    /// The name on the wire.
    public static let method = "workflow.list"

    /// Which ones.
    public struct Params: WireParams {
        /// Only those that stand so.
        public var status: WireWorkflowStatus?
        /// How many to pass over.
        public var offset: Int?
        /// How many at most, 1…1000.
        public var limit: Int?

        /// Puts the parameters together.
        public init(status: WireWorkflowStatus? = nil, offset: Int? = nil, limit: Int? = nil) {
            self.status = status
            self.offset = offset
            self.limit = limit
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try offset?.checkOffset("offset")
            try limit?.checkLimit("limit")
        }
    }

    /// A window of the list.
    public struct Reply: Codable, Hashable, Sendable {
        /// The summaries.
        public var workflows: [WireWorkflow]
        /// How many there are in all.
        public var total: Int

        /// Puts the parts together.
        public init(workflows: [WireWorkflow], total: Int) {
            self.workflows = workflows
            self.total = total
        }
    }
}
