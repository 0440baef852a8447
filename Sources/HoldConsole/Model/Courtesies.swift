package import HoldCore

/// What this person tells colleagues without deciding anything: claims, snoozes and notes.
package struct Courtesies: Hashable, Sendable {
    /// Out of this person's sight, by this console.
    struct Snooze: Hashable, Sendable {
        var number: Int64
        var isIrreversible: Bool
        var until: Instant
    }

    /// Asked of the service and not answered yet.
    var underWay: Set<ShiftRequest> = []
    var snoozes: [ItemReference: Snooze] = [:]
    /// Notes that were not sent, by item.
    var drafts: [ItemReference: String] = [:]
    /// What was warned of already, so that nothing rings twice.
    var warnings: Set<Warning> = []

    /// One thing that is said once of an item on one tier.
    struct Warning: Hashable, Sendable {
        var item: ItemReference
        var tier: String
        var event: NotificationRules.Event
    }

    package init() {}

    /// No more is remembered of what is over.
    static let rememberedMax = 2_000
}

/// Whose cursor moves: the person's, or the newest activity's.
package struct Follow: Hashable, Sendable {
    package enum Mode: Hashable, Sendable {
        case off
        /// Wherever something happens.
        case newest
        /// Where something happens in one workflow.
        case workflow(WorkflowKey)
    }

    package internal(set) var mode = Mode.off
    /// The activity up to which it has been followed.
    var followed: Int64 = 0
    /// When the cursor was last moved without a key.
    var movedAt: Moment?

    package init() {}

    /// After a move that no key asked for, decision keys wait so long.
    static let pause = Span(milliseconds: 600)
}

/// Whether the service can write.
package enum ServiceHealth: Hashable, Sendable {
    case well
    /// It can write nothing: no proposal and no decision; the service's words, raw.
    case readOnly(String)
}

extension QueueItem {
    /// Who is on it at this time of the service, and until when.
    package func claim(at now: Instant) -> (by: String, until: Instant?)? {
        guard let claimedBy else { return nil }
        if let claimedUntil, claimedUntil <= now { return nil }
        return (claimedBy, claimedUntil)
    }

    /// Until when it is out of this person's sight; nil when it is not.
    package func snooze(at now: Instant) -> Instant? {
        snoozedUntil.flatMap { $0 > now ? $0 : nil }
    }
}

extension ItemDetail {
    /// What people wrote to the item, oldest first.
    package var notes: [HistoryLine] {
        history.filter { $0.isNote && $0.reason?.isEmpty == false }
    }
}

extension HistoryLine {
    /// What the service calls a note.
    package static let noted = "noted"

    /// Whether it is a note of a person and no step of the item's life.
    package var isNote: Bool { what == Self.noted }
}
