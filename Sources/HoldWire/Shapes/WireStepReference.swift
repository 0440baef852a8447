/// The pair that names a step, and so the item that the step met, everywhere.
public struct WireStepReference: Codable, Hashable, Sendable {
    /// The workflow's id, chosen by its agent.
    public var workflow: String
    /// The step's id, unique in its workflow.
    public var step: String

    /// Puts the parts together.
    public init(workflow: String, step: String) {
        self.workflow = workflow
        self.step = step
    }
}
