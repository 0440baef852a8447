public import HoldCore

/// The async depth of a workflow against its limit.
public struct WireDepth: Codable, Hashable, Sendable {
    /// The number of exposed steps.
    public var current: Int
    /// The most exposed steps that the manifest allows.
    public var max: Int

    /// Puts the parts together.
    public init(current: Int, max: Int) {
        self.current = current
        self.max = max
    }
}

/// Leave to run one step once.
public struct WirePermit: Codable, Hashable, Sendable {
    /// What `step.finish` has to name.
    public var id: String
    /// The time after which the permit is void.
    public var validUntil: Instant

    /// Puts the parts together.
    public init(id: String, validUntil: Instant) {
        self.id = id
        self.validUntil = validUntil
    }
}

/// How a step is undone, as its digest holds it.
public struct WireUndoSpec: Codable, Hashable, Sendable {
    /// The operation's name; on the way in, the manifest's own when left out.
    public var operation: String?
    /// What the operation is called with: an object.
    public var arguments: JSONValue?

    /// Puts the parts together.
    public init(operation: String? = nil, arguments: JSONValue? = nil) {
        self.operation = operation
        self.arguments = arguments
    }
}

/// The one final answer on an item.
public struct WireDecision: Codable, Hashable, Sendable {
    /// How the item ended.
    public var outcome: WireOutcome
    /// Whether the arguments are not those that the agent proposed.
    public var modified: Bool
    /// The account that decided; null on a timeout or a withdrawal.
    public var reviewedBy: String?
    /// The time of the decision, set once.
    public var reviewedAt: Instant
    /// What the reviewer gave as reason.
    public var reason: String?
    /// The digest that was decided on.
    public var digest: Digest
    /// The tier that was asked at the time.
    public var tier: String?

    /// Puts the parts together.
    public init(
        outcome: WireOutcome,
        modified: Bool,
        reviewedBy: String? = nil,
        reviewedAt: Instant,
        reason: String? = nil,
        digest: Digest,
        tier: String? = nil
    ) {
        self.outcome = outcome
        self.modified = modified
        self.reviewedBy = reviewedBy
        self.reviewedAt = reviewedAt
        self.reason = reason
        self.digest = digest
        self.tier = tier
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(outcome, forKey: .outcome)
        try fields.encode(modified, forKey: .modified)
        try fields.encode(reviewedBy, forKey: .reviewedBy)
        try fields.encode(reviewedAt, forKey: .reviewedAt)
        try fields.encodeIfPresent(reason, forKey: .reason)
        try fields.encode(digest, forKey: .digest)
        try fields.encode(tier, forKey: .tier)
    }
}

/// One piece of what the agent shows the reviewer.
public struct WireContextPart: Codable, Hashable, Sendable {
    /// How the body is to be read.
    public var kind: WireContextKind
    /// A heading, in the agent's words.
    public var title: String?
    /// Text, or for `json` and `table` any JSON value.
    public var body: JSONValue

    /// Puts the parts together.
    public init(kind: WireContextKind, title: String? = nil, body: JSONValue) {
        self.kind = kind
        self.title = title
        self.body = body
    }
}

/// A program that speaks the protocol, as it names itself.
public struct WireParty: Codable, Hashable, Sendable {
    /// The program's name; for an agent, the name that people see.
    public var name: String
    /// Its version.
    public var version: String?
    /// For a service: which of several hosts it is.
    public var id: String?

    /// Puts the parts together.
    public init(name: String, version: String? = nil, id: String? = nil) {
        self.name = name
        self.version = version
        self.id = id
    }
}

/// The caller, as the kernel reports it.
public struct WirePeer: Codable, Hashable, Sendable {
    /// The account's name.
    public var user: String
    /// The account's number.
    public var uid: UInt32
    /// The process at the other end, for display only.
    public var pid: Int32

    /// Puts the parts together.
    public init(user: String, uid: UInt32, pid: Int32) {
        self.user = user
        self.uid = uid
        self.pid = pid
    }
}

/// What a connection may ask for.
public struct WireLimits: Codable, Hashable, Sendable {
    /// The longest line, without its end.
    public var maxFrameBytes: Int

    /// Puts the parts together.
    public init(maxFrameBytes: Int) {
        self.maxFrameBytes = maxFrameBytes
    }
}

/// An answer without content: an empty object.
public struct WireNothing: Codable, Hashable, Sendable {

    /// Puts the parts together.
    public init() {}
}
