public import HoldWire

/// How a connection behaves.
public struct ConnectionOptions: Sendable {
    /// What becomes of a connection that ends.
    public enum Reconnecting: Hashable, Sendable {
        /// It stays ended: for a command that asks once.
        case never
        /// It is made anew, for as long as it takes.
        case always
    }

    /// The socket.
    public var path: String
    /// Who the client says it is.
    public var client: WireParty
    /// What happens when the connection ends.
    public var reconnecting: Reconnecting
    /// The pauses between attempts.
    public var backoff: Backoff
    /// The accounts that a service may run as; any other is not talked to.
    public var trustedUIDs: Set<UInt32>
    /// The longest line read, in bytes.
    public var lineBytesMax: Int
    /// The most requests that wait for an answer at once.
    public var pendingCallsMax: Int
    /// How long the service may take to open the session.
    public var openTimeout: Duration

    /// A connection to this socket; only a service of one's own account or of root is trusted.
    public init(path: String, client: WireParty, reconnecting: Reconnecting = .always) {
        self.path = path
        self.client = client
        self.reconnecting = reconnecting
        backoff = Backoff()
        trustedUIDs = [0, PeerCredentials.ownUID]
        lineBytesMax = 64 * 1024 * 1024
        pendingCallsMax = 4096
        openTimeout = .seconds(5)
    }
}

/// Pauses that grow with each attempt that failed.
public struct Backoff: Hashable, Sendable {
    /// The first pause.
    public var first: Duration
    /// The longest pause.
    public var longest: Duration

    /// Doubles the first pause until the longest.
    public init(first: Duration = .milliseconds(100), longest: Duration = .seconds(5)) {
        self.first = first
        self.longest = longest
    }

    /// The pause after so many attempts that failed, counted from 1.
    public func pause(afterAttempt attempt: Int) -> Duration {
        var pause = min(first, longest)
        var attempt = attempt
        while attempt > 1, pause < longest {
            pause = min(pause * 2, longest)
            attempt -= 1
        }
        return pause
    }
}
