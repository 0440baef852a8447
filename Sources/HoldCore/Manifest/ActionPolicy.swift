/// What the manifest says of one action: its keys, and rules that override them.
public struct ActionPolicy: Sendable, Hashable {
    /// The action's name.
    public var name: String
    /// The keys as written; nil where the file does not say.
    public var settings: ActionSettings
    /// Tried in order; the first whose condition matches overrides the keys.
    public var rules: [PolicyRule]
    /// Line of the action in the file, from 1.
    public var line: Int

    /// A policy of these parts.
    public init(
        name: String,
        settings: ActionSettings,
        rules: [PolicyRule] = [],
        line: Int = 0
    ) {
        self.name = name
        self.settings = settings
        self.rules = rules
        self.line = line
    }
}

/// One rule of an action: when it matches, its keys win over the action's.
public struct PolicyRule: Sendable, Hashable {
    /// The rule's name, as reasons show it (`rule:material`).
    public var name: String
    /// When it matches.
    public var when: Condition
    /// The keys that it overrides.
    public var settings: ActionSettings
    /// Line of the rule in the file, from 1.
    public var line: Int

    /// A rule of these parts.
    public init(name: String, when: Condition, settings: ActionSettings, line: Int = 0) {
        self.name = name
        self.when = when
        self.settings = settings
        self.line = line
    }
}

/// The keys of an action or a rule; nil where the file does not say.
public struct ActionSettings: Sendable, Hashable {
    /// What the action does, for people.
    public var description: Sourced<String>?
    /// Whether a person must approve.
    public var approvalRequired: Sourced<Bool>?
    /// Whether the agent waits for the decision.
    public var blocking: Sourced<Bool>?
    /// The sum of the tiers' times.
    ///
    /// Above zero.
    public var timeout: Sourced<Span>?
    /// The operation that undoes the action; a value of nil: it cannot be undone.
    public var undoOperation: Sourced<String?>?
    /// How many different people must approve; at least 1.
    public var approvals: Sourced<Int>?
    /// Who is asked, in order.
    public var escalation: Sourced<[TierSpec]>?
    /// What a reviewer does to confirm.
    public var confirm: Sourced<Confirmation>?
    /// Argument paths that are never stored or shown in clear.
    public var redact: Sourced<[ArgumentPattern]>?
    /// Async only while the undo was proven within so many days.
    public var undoDrillDays: Sourced<Double>?
    /// What an edit by a reviewer leads to.
    public var modify: Sourced<ModifyMode>?
    /// Actions whose rejection does not undo this one.
    public var independentOf: Sourced<[String]>?
    /// Risk at or above this: approval required and blocking; 0…1.
    public var riskThreshold: Sourced<Double>?
    /// The queue its items land in.
    public var queue: Sourced<String>?
    /// Share of autonomous runs put up for review afterwards; 0…1.
    public var sample: Sourced<Double>?
    /// False: the action only reads; it never waits for depth and has nothing to undo.
    public var sideEffects: Sourced<Bool>?
    /// Whether an autonomous run stands in the audit as such.
    ///
    /// The journal holds it either way.
    public var auditLog: Sourced<Bool>?
    /// The most exposed steps of a workflow when this one begins.
    public var maxAsyncDepth: Sourced<Int>?
    /// How long an approval may wait to be used.
    public var runWithin: Sourced<Span>?
    /// The share of a tier's time gone when colleagues are warned; 0…1.
    public var warnAt: Sourced<Double>?

    /// Settings that say nothing.
    public init() {}
}

/// What a reviewer does to confirm an approval.
public enum Confirmation: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing more.
    case none
    /// A second key.
    case key
    /// Types the action's name.
    case type
}

/// What an edit of the arguments by a reviewer leads to.
public enum ModifyMode: String, Sendable, Hashable, Codable, CaseIterable {
    /// It counts as that reviewer's approval of the new arguments.
    case direct
    /// Another person must approve the new arguments.
    case reapprove
    /// It is refused.
    case forbid
}
