package import HoldCore

/// The connection to the service, as far as it is known.
package struct Link: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        /// Never connected yet.
        case connecting
        case live
        case disconnected(Outage)
    }

    /// The time without a connection.
    package struct Outage: Hashable, Sendable {
        package var since: Moment
        /// What failed, raw.
        package var cause: String
        /// How many attempts to reconnect there were.
        package var attempt: Int
        /// When the next attempt is due.
        package var retryAt: Moment?

        package init(since: Moment, cause: String, attempt: Int = 0, retryAt: Moment? = nil) {
            self.since = since
            self.cause = cause
            self.attempt = attempt
            self.retryAt = retryAt
        }
    }

    package var state: State = .connecting
    /// When the service was last heard of; nil: never.
    package var lastHeard: Moment?
    /// Where the service answers, such as its socket's path.
    package var address: String
    /// The name of the service's host or environment; empty when it has none.
    package var place: String = ""
    /// The account that the service knows this reviewer by.
    package var user: String = ""
    package var separation: Separation = .enforced
    /// How far the service's time is ahead of this host's.
    package var offset: Span = .zero

    package init(address: String) { self.address = address }
}

/// How fresh what the screen shows is.
package enum Freshness: Hashable, Sendable {
    case connecting
    /// Heard of the service lately: this long ago.
    case live(Span)
    /// Not heard of for over 3 s.
    case stale(Span)
    /// Not heard of for over 10 s: decisions are off.
    case tooStale(Span)
    /// No connection since so long: decisions are off.
    case disconnected(Span)
}

extension Link {
    /// From here on the age is called stale.
    package static let staleAfter = Span(seconds: 3)
    /// From here on decisions are off.
    package static let offAfter = Span(seconds: 10)

    /// How fresh the data is at a moment.
    package func freshness(at now: Moment) -> Freshness {
        switch state {
        case .connecting: return .connecting
        case .disconnected(let outage): return .disconnected(now.since(outage.since))
        case .live: break
        }
        guard let lastHeard else { return .connecting }
        let age = now.since(lastHeard)
        if age > Self.offAfter { return .tooStale(age) }
        return age > Self.staleAfter ? .stale(age) : .live(age)
    }

    /// Whether the connection was lost.
    var isDown: Bool {
        if case .disconnected = state { return true }
        return false
    }
}
