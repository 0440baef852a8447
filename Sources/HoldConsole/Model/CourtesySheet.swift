package import HoldCore

/// A sheet that tells colleagues something and decides nothing.
package enum CourtesySheet: Hashable, Sendable {
    case snooze(SnoozeSheet)
    case note(NoteSheet)
}

/// The menu that puts an item out of sight for a while.
package struct SnoozeSheet: Hashable, Sendable {
    /// One entry of it.
    package struct Choice: Hashable, Sendable {
        package let span: Span
        /// Whether so much time is left; else it ends shortly before the deadline.
        package let isWhole: Bool
    }

    package let reference: ItemReference
    package let number: Int64
    package let deadline: Instant
    /// In sight again at once is the choice behind the others.
    package let isSnoozed: Bool
    package internal(set) var cursor = 0

    init(_ item: QueueItem, at now: Instant) {
        reference = item.reference
        number = item.number
        deadline = item.deadline
        isSnoozed = item.snooze(at: now) != nil
    }

    /// How long an item can be put off.
    package static let spans = [5.0, 15, 30, 60].map { Span(minutes: $0) }
    /// So long before its deadline an item is in sight again, whatever was chosen.
    package static let margin = Span(minutes: 2)

    /// What can be chosen at this time of the service: nothing when too little time is left.
    package func choices(at now: Instant) -> [Choice] {
        let room = deadline - Self.margin - now
        guard room > .zero else { return [] }
        let whole = Self.spans.filter { $0 <= room }.map { Choice(span: $0, isWhole: true) }
        guard whole.count < Self.spans.count else { return whole }
        // What is left is a choice of its own where it is more than a moment longer.
        let isLonger = whole.last.map { room >= $0.span + Span(minutes: 1) } ?? true
        return isLonger ? whole + [Choice(span: room, isWhole: false)] : whole
    }
}

/// The field for a note: on an item, or for who comes next.
package struct NoteSheet: Hashable, Sendable {
    package enum About: Hashable, Sendable {
        case item(ItemReference, number: Int64)
        case shift
    }

    package let about: About
    package internal(set) var field: TextField
    /// Why it was not sent, in our words.
    package internal(set) var problem: String?

    init(_ about: About, draft: String = "") {
        self.about = about
        field = TextField(draft, isMultiline: true, bytesMax: Self.bytesMax)
    }

    /// The service takes no longer ones.
    package static let bytesMax = 4_096
}
