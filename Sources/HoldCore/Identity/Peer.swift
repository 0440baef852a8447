/// Who is at the other end of a connection, as the kernel reports it; never what it says of itself.
public struct Peer: Sendable, Hashable, Codable {
    /// The account: the realm, and the effective user id.
    public var account: Account
    /// The account's name on this host; the uid in digits when it has none.
    public var user: String
    /// The names of the account's groups on this host.
    public var groups: [String]
    /// The process id, for display only: ids are reused.
    public var pid: Int32

    /// A peer with these credentials.
    public init(account: Account, user: String, groups: [String] = [], pid: Int32 = 0) {
        self.account = account
        self.user = user
        self.groups = groups
        self.pid = pid
    }

    /// The account's number on this host.
    public var uid: UInt32 { account.uid }
}

/// Who caused an event.
public struct Actor: Sendable, Hashable {
    /// What kind of party it was.
    public enum Kind: String, Sendable, Hashable, Codable {
        case agent, reviewer, service
    }

    /// What kind of party it was.
    public var kind: Kind
    /// The account's name as the kernel reported it; nil for the service itself.
    public var user: String?
    /// The account; nil for the service itself.
    public var account: Account?

    /// An actor of a kind, with the account behind it.
    public init(kind: Kind, user: String?, account: Account?) {
        self.kind = kind
        self.user = user
        self.account = account
    }

    /// The account's number; nil for the service itself.
    public var uid: UInt32? { account?.uid }

    /// The service itself: deadlines, leases, undo reports.
    public static let service = Actor(kind: .service, user: nil, account: nil)
    /// An agent on this connection.
    public static func agent(_ peer: Peer) -> Actor {
        Actor(kind: .agent, user: peer.user, account: peer.account)
    }
    /// A reviewer on this connection.
    public static func reviewer(_ peer: Peer) -> Actor {
        Actor(kind: .reviewer, user: peer.user, account: peer.account)
    }
}

extension Actor: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, realm, uid, user
    }

    /// Reads the form that ``encode(to:)`` writes.
    ///
    /// - Throws: `DecodingError` when a part is missing.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        kind = try fields.decode(Kind.self, forKey: .kind)
        user = try fields.decodeIfPresent(String.self, forKey: .user)
        let uid = try fields.decodeIfPresent(UInt32.self, forKey: .uid)
        let realm = try fields.decodeIfPresent(String.self, forKey: .realm) ?? ""
        account = uid.map { Account(realm: realm, uid: $0) }
    }

    /// Writes kind and name, and the account as realm and number; what there is not is left out.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(kind, forKey: .kind)
        try fields.encodeIfPresent(account?.realm, forKey: .realm)
        try fields.encodeIfPresent(account?.uid, forKey: .uid)
        try fields.encodeIfPresent(user, forKey: .user)
    }
}

/// Whether requester and reviewer are kept apart (I13).
public enum Separation: String, Sendable, Hashable, Codable {
    /// They must differ in uid.
    case enforced
    /// Single-user mode: one uid alone can reach the sockets; recorded and shown everywhere.
    case none
}
