/// Who is at the other end of a connection, as the kernel reports it; never what it says of itself.
public struct Peer: Sendable, Hashable, Codable {
    /// The effective user id.
    public var uid: UInt32
    /// The account's name on this host; the uid in digits when it has none.
    public var user: String
    /// The names of the account's groups on this host.
    public var groups: [String]
    /// The process id, for display only: ids are reused.
    public var pid: Int32

    /// A peer with these credentials.
    public init(uid: UInt32, user: String, groups: [String] = [], pid: Int32 = 0) {
        self.uid = uid
        self.user = user
        self.groups = groups
        self.pid = pid
    }
}

/// Who caused an event.
public struct Actor: Sendable, Hashable, Codable {
    /// What kind of party it was.
    public enum Kind: String, Sendable, Hashable, Codable {
        case agent, reviewer, service
    }

    /// What kind of party it was.
    public var kind: Kind
    /// The account's name as the kernel reported it; nil for the service itself.
    public var user: String?
    /// The account's number; nil for the service itself.
    public var uid: UInt32?

    /// An actor of a kind, with the account behind it.
    public init(kind: Kind, user: String?, uid: UInt32?) {
        self.kind = kind
        self.user = user
        self.uid = uid
    }

    /// The service itself: deadlines, leases, undo reports.
    public static let service = Actor(kind: .service, user: nil, uid: nil)
    /// An agent on this connection.
    public static func agent(_ peer: Peer) -> Actor {
        Actor(kind: .agent, user: peer.user, uid: peer.uid)
    }
    /// A reviewer on this connection.
    public static func reviewer(_ peer: Peer) -> Actor {
        Actor(kind: .reviewer, user: peer.user, uid: peer.uid)
    }
}

/// Whether requester and reviewer are kept apart (I13).
public enum Separation: String, Sendable, Hashable, Codable {
    /// They must differ in uid.
    case enforced
    /// Single-user mode: one uid alone can reach the sockets; recorded and shown everywhere.
    case none
}
