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
    /// The sheet of many items that it was confirmed on: all of them go together.
    package var batch: DecisionID?

    package func left(at now: Moment) -> Span { deadline.since(now) }
    package var length: Span { deadline.since(began) }
}

/// A decision that was sent and not yet answered.
package struct Outgoing: Hashable, Sendable {
    package let verdict: Verdict
    package let sentAt: Moment
    /// Where it is in ``SheetMachine``: sending, unknown or asking.
    package internal(set) var phase: SheetMachine.State = .sending
    /// When it came there.
    var since: Moment

    init(verdict: Verdict, sentAt: Moment) {
        self.verdict = verdict
        self.sentAt = sentAt
        since = sentAt
    }

    /// Without an answer for so long, nobody knows whether it counts.
    static let answerTime = Span(seconds: 10)
}
