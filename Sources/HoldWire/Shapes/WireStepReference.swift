/// The pair that names a step, and so the item that the step met, everywhere.
public struct WireStepReference: Codable, Hashable, Sendable {
    /// Whose workflow: the account's name, number or written form; needed where several have one.
    public var account: String?
    /// The workflow's id, chosen by its agent.
    public var workflow: String
    /// The step's id, unique in its workflow.
    public var step: String

    /// Puts the parts together.
    public init(account: String? = nil, workflow: String, step: String) {
        self.account = account
        self.workflow = workflow
        self.step = step
    }
}
