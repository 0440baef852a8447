public import HoldCore

/// Says what the agent wants to do; with the same content it may be said again.
public enum StepPropose: WireMethod {
    /// The name on the wire.
    public static let method = "step.propose"

    /// One step, recorded before it runs.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// The step's id, unique in its workflow: the idempotency key.
        public var step: String
        /// The action, the manifest's key.
        public var action: String
        /// What the action is called with: an object; empty when left out.
        public var arguments: JSONValue?
        /// One line for the queue.
        public var summary: String?
        /// What the reviewer should see.
        public var context: [WireContextPart]?
        /// The agent's own estimate, 0…1.
        public var risk: Double?
        /// How the step is undone.
        public var undo: WireUndoSpec?
        /// Steps of the workflow whose rejection also takes this one.
        public var dependsOn: [String]?
        /// Stored before the answer.
        public var checkpoint: JSONValue?

        /// Puts the parameters together.
        public init(
            workflow: String,
            step: String,
            action: String,
            arguments: JSONValue? = nil,
            summary: String? = nil,
            context: [WireContextPart]? = nil,
            risk: Double? = nil,
            undo: WireUndoSpec? = nil,
            dependsOn: [String]? = nil,
            checkpoint: JSONValue? = nil
        ) {
            self.workflow = workflow
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

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try workflow.checkId("workflow")
            try step.checkId("step")
            try action.checkId("action")
            try arguments?.checkObject("arguments")
            try risk?.checkShare("risk")
            try undo?.operation?.checkId("undo.operation")
            try undo?.arguments?.checkObject("undo.arguments")
            try dependsOn?.checkIds("depends_on")
            try context?.checkParts("context")
        }
    }

    /// What it answers.
    public typealias Reply = StepAnswer
}

/// Answers when the step may run or never will; safe to repeat, on any connection.
public enum StepWait: WireMethod {
    /// The name on the wire.
    public static let method = "step.wait"

    /// Which step, and for how long at most.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// The step's id.
        public var step: String
        /// After this, the answer says how things stand; without it, none comes before the end.
        public var timeoutSeconds: Double?

        /// Puts the parameters together.
        public init(workflow: String, step: String, timeoutSeconds: Double? = nil) {
            self.workflow = workflow
            self.step = step
            self.timeoutSeconds = timeoutSeconds
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try workflow.checkId("workflow")
            try step.checkId("step")
            try timeoutSeconds?.checkSeconds("timeout_seconds")
        }
    }

    /// What it answers.
    public typealias Reply = StepAnswer
}

/// Reports how the run of a step ended.
public enum StepFinish: WireMethod {
    /// The name on the wire.
    public static let method = "step.finish"

    /// The outcome of one run.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// The step's id.
        public var step: String
        /// The permit that the run used.
        public var permit: String
        /// How it ended.
        public var outcome: WireStepOutcome
        /// What came of it.
        public var result: JSONValue?
        /// What the undo needs and only the run could know.
        public var undo: WireUndoArguments?

        /// Puts the parameters together.
        public init(
            workflow: String,
            step: String,
            permit: String,
            outcome: WireStepOutcome,
            result: JSONValue? = nil,
            undo: WireUndoArguments? = nil
        ) {
            self.workflow = workflow
            self.step = step
            self.permit = permit
            self.outcome = outcome
            self.result = result
            self.undo = undo
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try workflow.checkId("workflow")
            try step.checkId("step")
            try permit.checkId("permit")
            try undo?.arguments.checkObject("undo.arguments")
        }
    }

    /// Where the workflow stands.
    public struct Reply: Codable, Hashable, Sendable {
        /// Its async depth now.
        public var depth: WireDepth

        /// Puts the parts together.
        public init(depth: WireDepth) {
            self.depth = depth
        }
    }
}

/// Takes a proposal back.
public enum StepWithdraw: WireMethod {
    /// The name on the wire.
    public static let method = "step.withdraw"

    /// Which step, and why.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// The step's id.
        public var step: String
        /// Why.
        public var reason: String

        /// Puts the parameters together.
        public init(workflow: String, step: String, reason: String) {
            self.workflow = workflow
            self.step = step
            self.reason = reason
        }

        /// Refuses values that make no sense, naming the field.
        public func validate() throws(FieldProblem) {
            try workflow.checkId("workflow")
            try step.checkId("step")
        }
    }

    /// What it answers.
    public typealias Reply = WireNothing
}
