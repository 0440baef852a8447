/// Tells an agent that an item of its workflow has its final state.
public enum ItemDecided: WireNotification {
    /// The name on the wire.
    public static let method = "item.decided"

    /// The item and its decision.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// The step's id.
        public var step: String
        /// The item's number.
        public var number: Int
        /// Its final state.
        public var state: WireItemState
        /// The decision.
        public var decision: WireDecision?

        /// Puts the parameters together.
        public init(
            workflow: String,
            step: String,
            number: Int,
            state: WireItemState,
            decision: WireDecision? = nil
        ) {
            self.workflow = workflow
            self.step = step
            self.number = number
            self.state = state
            self.decision = decision
        }
    }
}

/// Tells an agent that its workflow is being undone: nothing new may start.
public enum WorkflowUnwinding: WireNotification {
    /// The name on the wire.
    public static let method = "workflow.unwinding"

    /// What is being undone, and why.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// The item whose rejection or timeout began it.
        public var because: WireStepReference
        /// The steps to be undone, newest first.
        public var steps: [String]

        /// Puts the parameters together.
        public init(workflow: String, because: WireStepReference, steps: [String]) {
            self.workflow = workflow
            self.because = because
            self.steps = steps
        }
    }
}

/// Tells an agent that the undo chain of its workflow has ended.
public enum WorkflowUnwound: WireNotification {
    /// The name on the wire.
    public static let method = "workflow.unwound"

    /// How it ended.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// How it ended.
        public var outcome: WireRollback
        /// The links that were skipped or resolved by hand.
        public var exceptions: [WireUndoLink]?

        /// Puts the parameters together.
        public init(workflow: String, outcome: WireRollback, exceptions: [WireUndoLink]? = nil) {
            self.workflow = workflow
            self.outcome = outcome
            self.exceptions = exceptions
        }
    }
}

/// Tells an agent that an undo was refused for good: the workflow is frozen until a person acts.
public enum WorkflowStuck: WireNotification {
    /// The name on the wire.
    public static let method = "workflow.stuck"

    /// Where it is stuck.
    public struct Params: WireParams {
        /// The workflow's id.
        public var workflow: String
        /// The link at which the chain is stuck.
        public var link: WireUndoLink

        /// Puts the parameters together.
        public init(workflow: String, link: WireUndoLink) {
            self.workflow = workflow
            self.link = link
        }
    }
}
