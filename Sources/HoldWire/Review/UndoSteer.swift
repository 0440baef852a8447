/// At which step to move a stuck chain, and why.
public struct UndoSteer: WireParams {
    /// The workflow's id.
    public var workflow: String
    /// The step at which it is stuck.
    public var step: String
    /// Why; for `undo.resolve`, the evidence.
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
