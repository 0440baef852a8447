public import HoldWire

/// Whether there is a connection to the service.
public enum LinkState: Hashable, Sendable {
    /// No attempt has ended yet.
    case connecting
    /// The session is open; what the service said of itself and of us.
    case live(SessionOpen.Reply)
    /// There is none: why, after how many attempts that failed since, and when the next one comes.
    ///
    /// The next is nil when there will be none.
    case down(cause: String, attempt: Int, nextIn: Duration?)
    /// The client closed it.
    case closed

    /// Whether calls are answered now.
    public var isLive: Bool {
        if case .live = self { true } else { false }
    }
}
