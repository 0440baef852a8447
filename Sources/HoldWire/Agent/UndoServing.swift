public import HoldCore

/// Offers to run undo operations on this connection.
public enum UndoServe: WireMethod {
    /// The name on the wire.
    public static let method = "undo.serve"

    /// What is offered.
    public struct Params: WireParams {
        /// The operations' names.
        public var operations: [String]
        /// For these workflows only.
        public var workflows: [String]?

        /// Puts the parameters together.
        public init(operations: [String], workflows: [String]? = nil) {
            self.operations = operations
            self.workflows = workflows
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try operations.checkIds("operations")
            try workflows?.checkIds("workflows")
        }
    }

    /// What it answers.
    public typealias Reply = WireNothing
}

/// Asks an agent's connection to undo one step; the one request that the service sends.
public enum UndoRun: WireMethod {
    /// The name on the wire.
    public static let method = "undo.run"

    /// One attempt of one undo.
    public struct Params: WireParams {
        /// Stable across retries and restarts: the undo is idempotent by it.
        public var key: String
        /// The workflow's id.
        public var workflow: String
        /// The step's id.
        public var step: String
        /// The operation.
        public var operation: String
        /// What it is called with.
        public var arguments: JSONValue
        /// What came of the step's run, if it was reported.
        public var result: JSONValue?
        /// Counts from 1.
        public var attempt: Int
        /// Whether the step may never have taken effect.
        public var inDoubt: Bool
        /// Whether this only proves the undo.
        public var drill: Bool

        /// Puts the parameters together.
        public init(
            key: String,
            workflow: String,
            step: String,
            operation: String,
            arguments: JSONValue,
            result: JSONValue? = nil,
            attempt: Int,
            inDoubt: Bool,
            drill: Bool
        ) {
            self.key = key
            self.workflow = workflow
            self.step = step
            self.operation = operation
            self.arguments = arguments
            self.result = result
            self.attempt = attempt
            self.inDoubt = inDoubt
            self.drill = drill
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try workflow.checkId("workflow")
            try step.checkId("step")
        }
    }

    /// How the attempt ended, unless it failed.
    public struct Reply: Codable, Hashable, Sendable {
        /// How it ended.
        public var outcome: WireUndoOutcome
        /// More, for people.
        public var detail: String?

        /// Puts the parts together.
        public init(outcome: WireUndoOutcome, detail: String? = nil) {
            self.outcome = outcome
            self.detail = detail
        }
    }
}
