/// The agent behind a connection: its own name for itself, beside what the kernel reports.
public struct AgentIdentity: Sendable, Hashable, Codable {
    /// The name it gave in `session.open`; 1–200 printable characters.
    public var name: String
    /// The account as the kernel reports it.
    public var user: String
    /// The account's number.
    public var uid: UInt32

    /// An agent of this name on this account.
    public init(name: String, user: String, uid: UInt32) {
        self.name = name
        self.user = user
        self.uid = uid
    }
}

/// Who sends a command.
public enum Party: Sendable, Hashable {
    /// A connection on the agent socket. It can never decide.
    case agent(AgentIdentity)
    /// A connection on the review socket.
    case reviewer(Peer)
    /// The service itself: time that was reached, undo reports.
    case service

    /// The party as records name it.
    public var actor: Actor {
        switch self {
        case .agent(let agent): Actor(kind: .agent, user: agent.user, uid: agent.uid)
        case .reviewer(let peer): .reviewer(peer)
        case .service: .service
        }
    }
}
