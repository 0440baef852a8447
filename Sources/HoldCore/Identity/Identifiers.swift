/// The agent's own id of one run of itself: the unit of ordering, of async depth and of undo.
public struct WorkflowID: Sendable, Hashable, Comparable {
    /// 1–200 printable characters.
    public let text: String

    /// The id of this text.
    public init(_ text: String) { self.text = text }

    /// Byte by byte, as stores compare: texts that only look alike are different ids.
    public static func == (left: WorkflowID, right: WorkflowID) -> Bool {
        left.text.isSame(as: right.text)
    }

    /// By bytes, for the same order in every store.
    public static func < (left: WorkflowID, right: WorkflowID) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

/// The agent's id of one step, unique in its workflow; also its idempotency key.
public struct StepID: Sendable, Hashable, Comparable {
    /// 1–200 printable characters.
    public let text: String

    /// The id of this text.
    public init(_ text: String) { self.text = text }

    /// Byte by byte, as stores compare: texts that only look alike are different ids.
    public static func == (left: StepID, right: StepID) -> Bool {
        left.text.isSame(as: right.text)
    }

    /// By bytes, for the same order in every store.
    public static func < (left: StepID, right: StepID) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

/// One item: a step that met a gate, named with its workflow.
public struct ItemReference: Sendable, Hashable, Codable {
    /// The workflow.
    public var workflow: WorkflowID
    /// The step.
    public var step: StepID

    /// The item of this step.
    public init(workflow: WorkflowID, step: StepID) {
        self.workflow = workflow
        self.step = step
    }
}

extension WorkflowID: Codable {
    /// Reads the text.
    ///
    /// - Throws: `DecodingError` when there is none.
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the text.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension StepID: Codable {
    /// Reads the text.
    ///
    /// - Throws: `DecodingError` when there is none.
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the text.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
