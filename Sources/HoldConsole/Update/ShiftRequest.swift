package import HoldCore

/// What the console asks of the service besides decisions; none of it decides anything.
package enum ShiftRequest: Hashable, Sendable {
    /// Tell colleagues that this person is on it, for the service's usual time.
    case claim(ItemReference)
    case release(ItemReference)
    /// Out of this person's sight for so long; at zero back at once.
    case snooze(ItemReference, Span)
    case note(ItemReference, String)
    case loadHandoff
    case leaveHandoff(String)
    /// Count from then on; from the first event when nil.
    case loadFigures(since: Instant?)
}

/// What the service says to it.
package enum ShiftAnswer: Hashable, Sendable {
    /// The claim as it stands; nobody's after a release.
    case claimed(ShiftRequest, by: String?, until: Instant?)
    /// Until when; nil: in sight.
    case snoozed(ShiftRequest, until: Instant?)
    /// A note is kept.
    case noted(ShiftRequest)
    case handoff(Handoff)
    case figures(ShiftRequest, Figures)
    /// It was turned down, or no answer came; the sentence is raw.
    case failed(ShiftRequest, String)
    /// Whether the service can write, as it says of itself.
    case health(ServiceHealth)
}
