/// The agent behind a connection: its account, as the kernel reports it, and the name that it gave.
public struct AgentIdentity: Sendable, Hashable, Codable {
    /// The name it gave in `session.open`; 1–200 characters that can be seen.
    ///
    /// Unless the manifest gives it to the account, it is a label: it can tighten a gate and never
    /// loosen one.
    public var name: String
    /// The account's name on this host.
    public var user: String
    /// The account.
    public var account: Account

    /// An agent of this name on this account.
    public init(name: String, user: String, account: Account) {
        self.name = name
        self.user = user
        self.account = account
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
        case .agent(let agent): Actor(kind: .agent, user: agent.user, account: agent.account)
        case .reviewer(let peer): .reviewer(peer)
        case .service: .service
        }
    }
}
