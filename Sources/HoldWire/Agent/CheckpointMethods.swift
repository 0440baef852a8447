public import HoldCore

/// Stores what the agent needs to go on after a restart; durable once answered.
public enum CheckpointSave: WireMethod {
    /// The name on the wire.
    public static let method = "checkpoint.save"

    /// The checkpoint.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// The step that it belongs to.
        public var step: String?
        /// Any JSON.
        public var checkpoint: JSONValue

        /// Puts the parameters together.
        public init(workflow: String, step: String? = nil, checkpoint: JSONValue) {
            self.workflow = workflow
            self.step = step
            self.checkpoint = checkpoint
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try workflow.checkId("workflow")
            try step?.checkId("step")
        }
    }

    /// When it was stored.
    public struct Reply: Codable, Hashable, Sendable {
        /// When it was stored.
        public var savedAt: Instant

        /// Puts the parts together.
        public init(savedAt: Instant) {
            self.savedAt = savedAt
        }
    }
}

/// Gives the last checkpoint of a workflow, or null.
public enum CheckpointLoad: WireMethod {
    /// The name on the wire.
    public static let method = "checkpoint.load"

    /// What it asks for.
    public typealias Params = WorkflowGet.Params

    /// What it answers.
    public typealias Reply = WireCheckpoint?
}
