public import HoldCore

/// Tells how the service is.
public enum ServiceStatus: WireMethod {
    /// The name on the wire.
    public static let method = "service.status"

    /// What it asks for.
    public typealias Params = WireNothing

    /// How it is.
    public struct Reply: Codable, Hashable, Sendable {
        /// The service.
        public var service: WireParty
        /// Its process.
        public var pid: Int32
        /// When it started.
        public var startedAt: Instant
        /// For how long it has run.
        public var uptimeSeconds: Double
        /// Whether requester and reviewer are kept apart.
        public var separation: Separation
        /// Whether it can write nothing at present.
        public var readOnly: Bool
        /// Where the journal is.
        public var store: WireStore
        /// The manifest in force.
        public var manifest: WireManifestStatus
        /// Who is connected.
        public var connections: WireConnections
        /// How many items are open.
        public var pending: Int
        /// How many workflows are not finished.
        public var workflows: Int
        /// What is halted.
        public var halts: [WireHalt]
        /// What needs somebody's attention, in sentences.
        public var warnings: [String]

        /// Puts the parts together.
        public init(
            service: WireParty,
            pid: Int32,
            startedAt: Instant,
            uptimeSeconds: Double,
            separation: Separation,
            readOnly: Bool,
            store: WireStore,
            manifest: WireManifestStatus,
            connections: WireConnections,
            pending: Int,
            workflows: Int,
            halts: [WireHalt],
            warnings: [String]
        ) {
            self.service = service
            self.pid = pid
            self.startedAt = startedAt
            self.uptimeSeconds = uptimeSeconds
            self.separation = separation
            self.readOnly = readOnly
            self.store = store
            self.manifest = manifest
            self.connections = connections
            self.pending = pending
            self.workflows = workflows
            self.halts = halts
            self.warnings = warnings
        }
    }
}

/// Where the journal is.
public struct WireStore: Codable, Hashable, Sendable {
    /// `sqlite`, `postgres` or `memory`.
    public var kind: String
    /// The path or the host, without any secret.
    public var location: String
    /// How many events it holds.
    public var events: Int
    /// Its size, where that can be told.
    public var bytes: Int?

    /// Puts the parts together.
    public init(kind: String, location: String, events: Int, bytes: Int? = nil) {
        self.kind = kind
        self.location = location
        self.events = events
        self.bytes = bytes
    }
}

/// The manifest in force.
public struct WireManifestStatus: Codable, Hashable, Sendable {
    /// Its path; null when there is none.
    public var file: String?
    /// Its digest.
    public var digest: Digest?
    /// When it was read.
    public var loadedAt: Instant?
    /// Why the file as it is now was refused.
    public var problem: String?

    /// Puts the parts together.
    public init(
        file: String? = nil,
        digest: Digest? = nil,
        loadedAt: Instant? = nil,
        problem: String? = nil
    ) {
        self.file = file
        self.digest = digest
        self.loadedAt = loadedAt
        self.problem = problem
    }

    /// Writes absent values of fixed fields as null, so that they are always there.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(file, forKey: .file)
        try fields.encode(digest, forKey: .digest)
        try fields.encode(loadedAt, forKey: .loadedAt)
        try fields.encodeIfPresent(problem, forKey: .problem)
    }
}

/// Who is connected.
public struct WireConnections: Codable, Hashable, Sendable {
    /// Connections on the agent socket.
    public var agents: Int
    /// Connections on the review socket.
    public var reviewers: Int
    /// Agent connections that serve undos.
    public var executors: Int

    /// Puts the parts together.
    public init(agents: Int, reviewers: Int, executors: Int) {
        self.agents = agents
        self.reviewers = reviewers
        self.executors = executors
    }
}

/// One stop button that is pressed.
public struct WireHalt: Codable, Hashable, Sendable {
    /// What it stops.
    public var scope: WireHaltScope
    /// The workflow's id or the agent's name; nothing for all, and for an account.
    public var id: String?
    /// The account that is halted, or whose the workflow is: its name.
    public var account: String?
    /// Why.
    public var reason: String
    /// The account that pressed it.
    public var by: String
    /// When.
    public var at: Instant

    /// Puts the parts together.
    public init(
        scope: WireHaltScope,
        id: String? = nil,
        account: String? = nil,
        reason: String,
        by: String,
        at: Instant
    ) {
        self.scope = scope
        self.id = id
        self.account = account
        self.reason = reason
        self.by = by
        self.at = at
    }
}
