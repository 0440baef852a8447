/// At which step to move a stuck chain, and why.
public struct UndoSteer: WireParams {
    /// Whose workflow: the account's name, number or written form; needed where several have one.
    public var account: String?
    /// The workflow's id.
    public var workflow: String
    /// The step at which it is stuck.
    public var step: String
    /// Why; for `undo.resolve`, the evidence.
    public var reason: String

    /// Puts the parameters together.
    public init(account: String? = nil, workflow: String, step: String, reason: String) {
        self.account = account
        self.workflow = workflow
        self.step = step
        self.reason = reason
    }

    /// Refuses values that make no sense, naming the field.
    public func validate() throws(FieldProblem) {
        try account?.checkId("account")
        try workflow.checkId("workflow")
        try step.checkId("step")
    }
}
