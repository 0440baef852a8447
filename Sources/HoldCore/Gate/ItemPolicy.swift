/// The terms of one item, fixed when it is opened: a later manifest never loosens them.
public struct ItemPolicy: Sendable, Hashable, Codable {
    /// The queue that it lands in.
    public var queue: String
    /// How dangerous it looks, for people.
    public var riskClass: RiskClass
    /// How many different people must approve; at least 1.
    public var approvals: Int
    /// Who is asked, in order; at least one.
    public var tiers: [Tier]
    /// The share of a tier's time gone when colleagues are warned; 0…1.
    public var warnAt: Double
    /// How long an approval may wait to be used.
    public var runWithin: Span
    /// What a reviewer does to confirm.
    public var confirm: Confirmation
    /// What an edit leads to.
    public var modify: ModifyMode
    /// Whether requester and reviewer are kept apart.
    public var separation: Separation
    /// Each part with where it came from, for people.
    public var parts: [PolicyPart]
}

extension ItemPolicy {
    /// These terms, stricter wherever the others are, and never looser.
    ///
    /// Who is asked stays.
    func tightened(by other: ItemPolicy) -> ItemPolicy {
        var terms = self
        var keys: Set<String> = []
        if other.approvals > approvals {
            terms.approvals = other.approvals
            keys.insert("approvals")
        }
        if other.confirm.strictness > confirm.strictness {
            terms.confirm = other.confirm
            keys.insert("confirm")
        }
        if other.modify.strictness > modify.strictness {
            terms.modify = other.modify
            keys.insert("modify")
        }
        if other.runWithin < runWithin {
            terms.runWithin = other.runWithin
            keys.insert("run_within_minutes")
        }
        if other.riskClass.severity > riskClass.severity { terms.riskClass = other.riskClass }
        if other.separation == .enforced { terms.separation = .enforced }
        terms.parts = parts.map { part in
            guard keys.contains(part.key) else { return part }
            return other.parts.first { $0.key == part.key } ?? part
        }
        return terms
    }
}

extension Confirmation {
    fileprivate var strictness: Int {
        switch self {
        case .none: 0
        case .key: 1
        case .type: 2
        }
    }
}

extension ModifyMode {
    fileprivate var strictness: Int {
        switch self {
        case .direct: 0
        case .reapprove: 1
        case .forbid: 2
        }
    }
}

extension RiskClass {
    fileprivate var severity: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        case .irreversible: 3
        }
    }
}

/// One rung of an escalation path: who is asked, and for how long.
public struct Tier: Sendable, Hashable, Codable {
    /// The role's name.
    public var name: String
    /// How long it is asked.
    public var span: Span
    /// The accounts behind the role; nil: whoever can open the review socket.
    public var role: Role?

    /// A tier of these parts.
    public init(name: String, span: Span, role: Role?) {
        self.name = name
        self.span = span
        self.role = role
    }

    /// Whether this account is one of those asked.
    public func asks(_ peer: Peer) -> Bool { role?.includes(peer) ?? true }
}

/// One part of a policy with the place that decided it.
public struct PolicyPart: Sendable, Hashable, Codable {
    /// The manifest's key.
    public var key: String
    /// The value in force.
    public var value: String
    /// `file:line:column path`; `default` when no line says it, followed by the deciding key when that
    /// is another than the part's own.
    public var origin: String

    /// A part of these words.
    public init(key: String, value: String, origin: String) {
        self.key = key
        self.value = value
        self.origin = origin
    }
}
