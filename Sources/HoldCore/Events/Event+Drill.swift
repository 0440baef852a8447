/// A drill of an operation began.
public struct DrillStarted: Sendable, Hashable, Codable {
    /// The operation.
    public var operation: String
    /// What the drill's step is called, towards its executor.
    public var step: StepID
    /// Never used before: the mark that an earlier drill left must not refuse this one's "do".
    public var key: String
}

/// A drill proved its operation: what it had done was undone.
public struct DrillPassed: Sendable, Hashable, Codable {
    /// The operation.
    public var operation: String
    /// The drill's own key.
    public var key: String
    /// What the executor adds.
    public var detail: String?
    /// The account that undid it; nil: a command of the operator.
    public var executor: Account?
}

/// A drill proved nothing.
public struct DrillFailed: Sendable, Hashable, Codable {
    /// The operation.
    public var operation: String
    /// The drill's own key.
    public var key: String
    /// What went wrong.
    public var error: String
    /// Whether the service stopped in the middle of it: then it says nothing of the undo.
    public var isLost: Bool
}
