public import HoldCore

/// One event as the journal holds it: numbered, attributed, and chained to the one before (I14).
public struct Entry: Sendable, Hashable, Codable {
    /// The place in the journal, from 1, without a gap; also the order of commits.
    public var seq: Int64
    /// The workflow.
    public var workflow: WorkflowKey
    /// The place in its workflow, from 1, without a gap.
    public var version: Int
    /// The event's name.
    public var type: String
    /// When, in the journal's time.
    public var at: Instant
    /// Who caused it.
    public var actor: Actor
    /// The manifest in force.
    public var manifest: Digest
    /// The event's own data.
    public var data: JSONValue
    /// The hash of the entry before; of nothing at all before the first.
    public var previous: Digest
    /// SHA-256 over the entry without this field.
    public var hash: Digest

    /// The first entry's `previous`: the digest of no bytes.
    public static let origin = Digest(of: [UInt8]())

    /// An entry of these parts, its hash worked out.
    ///
    /// - Throws: `EncodingError`, which no event of ours causes.
    public init(
        seq: Int64,
        version: Int,
        draft: EventDraft,
        previous: Digest
    ) throws {
        let (type, data) = try draft.event.encoded()
        self.seq = seq
        workflow = draft.workflow
        self.version = version
        self.type = type
        at = draft.at
        actor = draft.actor
        manifest = draft.manifest
        self.data = data
        self.previous = previous
        hash = previous
        hash = chained
    }

    /// An entry as it was stored; whether its hash holds is another question (``isIntact``).
    public init(
        seq: Int64,
        workflow: WorkflowKey,
        version: Int,
        type: String,
        at: Instant,
        actor: Actor,
        manifest: Digest,
        data: JSONValue,
        previous: Digest,
        hash: Digest
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

    /// Whether the entry is what it was when it was written.
    public var isIntact: Bool { hash == chained }

    private var chained: Digest { chained(over: data.canonical) }

    /// What the hash must be: SHA-256 over the canonical JSON (RFC 8785) of the audit event without its
    /// `hash`, so that anybody can check the chain with nothing of ours.
    ///
    /// - Parameter data: The canonical form of ``data``, as stores hold it.
    /// - Returns: The digest that an intact entry has as its ``hash``.
    package func chained(over data: [UInt8]) -> Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.count + 512)
        func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
        // The keys in the order of RFC 8785; written out, because every row read passes here.
        append("{\"account\":\"\(workflow.account.text)\"")
        append(",\"actor\":{\"kind\":\"\(actor.kind.rawValue)\"")
        if let account = actor.account {
            append(",\"realm\":")
            JSONValue.string(account.realm).append(to: &bytes)
            append(",\"uid\":\(account.uid)")
        }
        if let user = actor.user {
            append(",\"user\":")
            JSONValue.string(user).append(to: &bytes)
        }
        append("},\"at\":\"\(at.rfc3339)\",\"data\":")
        bytes.append(contentsOf: data)
        append(",\"manifest\":\"")
        manifest.append(to: &bytes)
        append("\",\"previous\":\"")
        previous.append(to: &bytes)
        append("\",\"seq\":\(seq)")
        append(",\"type\":")
        JSONValue.string(type).append(to: &bytes)
        append(",\"version\":\(version),\"workflow\":")
        JSONValue.string(workflow.text).append(to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return Digest(of: bytes)
    }
}

/// An event on its way into the journal.
public struct EventDraft: Sendable, Hashable {
    /// The workflow.
    public var workflow: WorkflowKey
    /// What happened.
    public var event: Event
    /// When, in the journal's time.
    public var at: Instant
    /// Who caused it.
    public var actor: Actor
    /// The manifest in force.
    public var manifest: Digest

    /// An event of a workflow, with who and when.
    public init(
        workflow: WorkflowKey,
        event: Event,
        at: Instant,
        actor: Actor,
        manifest: Digest
    ) {
        self.workflow = workflow
        self.event = event
        self.at = at
        self.actor = actor
        self.manifest = manifest
    }
}
