/// Shows what a rejection would undo now.
public enum UndoPreview: WireMethod {
    /// The name on the wire.
    public static let method = "undo.preview"

    /// What it asks for.
    public typealias Params = ItemParams

    /// What it answers.
    public typealias Reply = WireUndoPreview
}

/// Tries the undo at which a chain is stuck again.
public enum UndoRetry: WireMethod {
    /// The name on the wire.
    public static let method = "undo.retry"

    /// What it asks for.
    public typealias Params = UndoSteer

    /// What it answers.
    public typealias Reply = UndoChainReply
}

/// Leaves a step as it is and goes on with the chain; takes two people.
public enum UndoSkip: WireMethod {
    /// The name on the wire.
    public static let method = "undo.skip"

    /// What it asks for.
    public typealias Params = UndoSteer

    /// What it answers.
    public typealias Reply = UndoChainReply
}

/// Records that a step was undone by hand, with the evidence as reason.
public enum UndoResolve: WireMethod {
    /// The name on the wire.
    public static let method = "undo.resolve"

    /// What it asks for.
    public typealias Params = UndoSteer

    /// What it answers.
    public typealias Reply = UndoChainReply
}

/// An undo chain after it was steered.
public struct UndoChainReply: Codable, Hashable, Sendable {
    /// The workflow's id.
    public var workflow: String
    /// Where the workflow stands.
    public var status: WireWorkflowStatus
    /// The chain, newest first.
    public var undoChain: [WireUndoLink]

    /// Puts the parts together.
    public init(workflow: String, status: WireWorkflowStatus, undoChain: [WireUndoLink]) {
        self.workflow = workflow
        self.status = status
        self.undoChain = undoChain
    }
}
