public import HoldCore

/// One event of the journal, with its place in the hash chain.
public struct WireAuditEvent: Codable, Hashable, Sendable {
    /// Its place in the journal.
    public var seq: Int
    /// The workflow that it is a fact about.
    public var workflow: String
    /// Its place in the workflow.
    public var version: Int
    /// What kind of fact it is.
    public var type: String
    /// When it happened.
    public var at: Instant
    /// Who caused it.
    public var actor: Actor
    /// The manifest in force.
    public var manifest: Digest?
    /// The fact itself.
    public var data: JSONValue
    /// The hash of the event before.
    public var previous: String
    /// The hash of this event.
    public var hash: String

    /// Puts the parts together.
    public init(
        seq: Int,
        workflow: String,
        version: Int,
        type: String,
        at: Instant,
        actor: Actor,
        manifest: Digest? = nil,
        data: JSONValue,
        previous: String,
        hash: String
    ) {
        self.seq = seq
        self.workflow = workflow
        self.version = version
        self.type = type
        self.at = at
        self.actor = actor
        self.manifest = manifest
        self.data = data
        self.previous = previous
        self.hash = hash
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(seq, forKey: .seq)
        try fields.encode(workflow, forKey: .workflow)
        try fields.encode(version, forKey: .version)
        try fields.encode(type, forKey: .type)
        try fields.encode(at, forKey: .at)
        try fields.encode(actor, forKey: .actor)
        try fields.encode(manifest, forKey: .manifest)
        try fields.encode(data, forKey: .data)
        try fields.encode(previous, forKey: .previous)
        try fields.encode(hash, forKey: .hash)
    }
}
