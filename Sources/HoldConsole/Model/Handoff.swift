package import HoldCore

/// What this shift hands to the next; names and notes are raw.
package struct Handoff: Hashable, Sendable {
    /// What a person of another shift wrote.
    package struct Note: Hashable, Sendable {
        package var by: String
        /// Raw.
        package var text: String
        package var at: Instant

        package init(by: String, text: String, at: Instant) {
            self.by = by
            self.text = text
            self.at = at
        }
    }

    /// An item out of one reviewer's sight.
    package struct Snoozed: Hashable, Sendable {
        package var by: String
        package var until: Instant
        package var item: QueueItem

        package init(by: String, until: Instant, item: QueueItem) {
            self.by = by
            self.until = until
            self.item = item
        }
    }

    /// Newest first.
    package var notes: [Note]
    package var pending: Int
    package var urgent: Int
    /// When the oldest open item was opened; nil when nothing is open.
    package var oldest: Instant?
    package var claimed: [QueueItem]
    package var snoozed: [Snoozed]
    package var stuck: [WorkflowLine]
    package var unwinding: [WorkflowLine]
    /// How long each list is in all, by its name: what came may be only its beginning.
    package var counts: [String: Int]

    package init(
        notes: [Note] = [],
        pending: Int = 0,
        urgent: Int = 0,
        oldest: Instant? = nil,
        claimed: [QueueItem] = [],
        snoozed: [Snoozed] = [],
        stuck: [WorkflowLine] = [],
        unwinding: [WorkflowLine] = [],
        counts: [String: Int] = [:]
    ) {
        self.notes = notes
        self.pending = pending
        self.urgent = urgent
        self.oldest = oldest
        self.claimed = claimed
        self.snoozed = snoozed
        self.stuck = stuck
        self.unwinding = unwinding
        self.counts = counts
    }
}

/// The hand-off as far as it has come, and where the person is in it.
package struct HandoffView: Hashable, Sendable {
    package internal(set) var handoff: Handoff?
    /// Why there is none, raw.
    package internal(set) var problem: String?
    package internal(set) var scroll = 0
    /// What was going to be left for who comes next.
    package internal(set) var draft = ""
    /// When it was asked for last.
    var askedAt: Moment?

    package init() {}

    /// While the view is open, it is asked for anew after so long.
    static let refresh = Span(seconds: 30)
}
