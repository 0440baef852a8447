package import HoldCore

/// What a person says about an item, complete: it is sent once.
package struct Verdict: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case approve, reject, modify, escalate
    }

    package var id: DecisionID
    package var target: Target
    package var kind: Kind
    package var reason: String?
    /// The edited arguments, for ``Kind/modify``.
    package var arguments: JSONValue?
    /// The key or the words that confirmed it.
    package var confirm: String?
}

/// A confirmed decision in its take-back time: nothing was sent yet.
package struct Hold: Hashable, Sendable {
    package let verdict: Verdict
    package let began: Moment
    package let deadline: Moment

    package func left(at now: Moment) -> Span { deadline.since(now) }
    package var length: Span { deadline.since(began) }
}

/// A decision that was sent and not yet answered.
package struct Outgoing: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        /// Sent; the answer is awaited.
        case sending
        /// The link dropped, or no answer came: nobody knows whether it counts.
        case unknown
        /// The service was asked what became of it.
        case asking
    }

    package let verdict: Verdict
    package let sentAt: Moment
    package internal(set) var state: State = .sending
}
