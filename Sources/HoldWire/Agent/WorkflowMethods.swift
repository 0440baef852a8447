/// Names a workflow for people; the first proposal opens it too.
public enum WorkflowOpen: WireMethod {
    /// The name on the wire.
    public static let method = "workflow.open"

    /// What to call it.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// A title.
        public var title: String?
        /// Labels.
        public var labels: [String: String]?

        /// Puts the parameters together.
        public init(workflow: String, title: String? = nil, labels: [String: String]? = nil) {
            self.workflow = workflow
            self.title = title
            self.labels = labels
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try workflow.checkId("workflow")
        }
    }

    /// What it answers.
    public typealias Reply = WireWorkflow
}

/// Shows a workflow, on either socket.
public enum WorkflowGet: WireMethod {
    /// The name on the wire.
    public static let method = "workflow.get"

    /// Which workflow.
    public struct Params: WireParams {
        /// Whose workflow, on the review socket: the account's name, number or written form.
        ///
        /// Needed where several have one of this id; an agent can only name its own account's.
        public var account: String?
        /// The workflow's id.
        public var workflow: String

        /// Puts the parameters together.
        public init(account: String? = nil, workflow: String) {
            self.account = account
            self.workflow = workflow
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try account?.checkId("account")
            try workflow.checkId("workflow")
        }
    }

    /// What it answers.
    public typealias Reply = WireWorkflowDetail
}

/// Answers when nothing of a workflow is pending and nothing is unwinding.
public enum WorkflowSettle: WireMethod {
    /// The name on the wire.
    public static let method = "workflow.settle"

    /// Which workflow, and for how long at most.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// After this, the answer says how things stand.
        public var timeoutSeconds: Double?

        /// Puts the parameters together.
        public init(workflow: String, timeoutSeconds: Double? = nil) {
            self.workflow = workflow
            self.timeoutSeconds = timeoutSeconds
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try workflow.checkId("workflow")
            try timeoutSeconds?.checkSeconds("timeout_seconds")
        }
    }

    /// How each step ended.
    public struct Reply: Codable, Hashable, Sendable {
        /// The workflow's id.
        public var workflow: String
        /// False when the wait ran out first.
        public var settled: Bool
        /// Where the workflow stands.
        public var status: WireWorkflowStatus
        /// How its last unwinding ended.
        public var rollback: WireRollback?
        /// Its steps, oldest first.
        public var steps: [WireStep]

        /// Puts the parts together.
        public init(
            workflow: String,
            settled: Bool,
            status: WireWorkflowStatus,
            rollback: WireRollback? = nil,
            steps: [WireStep]
        ) {
            self.workflow = workflow
            self.settled = settled
            self.status = status
            self.rollback = rollback
            self.steps = steps
        }
    }
}

/// Ends a workflow; refused while items are pending.
public enum WorkflowFinish: WireMethod {
    /// The name on the wire.
    public static let method = "workflow.finish"

    /// Which workflow, and how it ended.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// How it ended, in a word of the agent's such as `succeeded`.
        public var outcome: String

        /// Puts the parameters together.
        public init(workflow: String, outcome: String) {
            self.workflow = workflow
            self.outcome = outcome
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try workflow.checkId("workflow")
            try outcome.checkId("outcome")
        }
    }

    /// What it answers.
    public typealias Reply = WireWorkflow
}
