/// What a workflow is known by: the account that opened it, and the agent's own id of it.
///
/// Two accounts may both have a workflow `wf-1`: they are two workflows.
public struct WorkflowKey: Sendable, Hashable, Comparable {
    /// The account that the workflow belongs to.
    public let account: Account
    /// The agent's own id: 1–200 characters that can be seen.
    public let text: String

    /// The workflow of this account and id.
    public init(account: Account, text: String) {
        self.account = account
        self.text = text
    }

    /// Byte by byte, as stores compare: texts that only look alike are different ids.
    public static func == (left: WorkflowKey, right: WorkflowKey) -> Bool {
        left.account == right.account && left.text.isSame(as: right.text)
    }

    /// By the bytes of the written form, for the same order in every store.
    public static func < (left: WorkflowKey, right: WorkflowKey) -> Bool {
        // Of one account the ids decide, and nothing has to be written: every commit sorts its keys.
        left.account == right.account
            ? left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
            : left.written.utf8.lexicographicallyPrecedes(right.written.utf8)
    }

    /// The written form: the account, `/`, the agent's id.
    ///
    /// No two workflows share one: neither a number nor a realm holds a slash.
    public var written: String { "\(account.text)/\(text)" }

    /// Reads the written form; nil when the text is none.
    public init?(written: String) {
        let parts = written.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let account = Account(parts[0]) else { return nil }
        self.init(account: account, text: String(parts[1]))
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
    public var workflow: WorkflowKey
    /// The step.
    public var step: StepID

    /// The item of this step.
    public init(workflow: WorkflowKey, step: StepID) {
        self.workflow = workflow
        self.step = step
    }
}

extension WorkflowKey: Codable {
    /// Reads the written form.
    ///
    /// - Throws: `DecodingError` when the text is none.
    public init(from decoder: any Decoder) throws {
        self = try decoder.value(orSay: "is no workflow: an account, / and an id") {
            WorkflowKey(written: $0)
        }
    }

    /// Writes the written form.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(written)
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
