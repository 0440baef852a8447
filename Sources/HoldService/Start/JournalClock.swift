package import HoldCore
package import HoldJournal
import Synchronization

/// The journal's time: the host's time since boot, anchored so that it agrees with the journal.
///
/// A wall clock that jumps while the host stays up moves nothing here, forwards or back. Time while
/// the host sleeps counts.
package final class JournalClock: Sendable {
    private let anchor: ClockAnchor
    private let read: @Sendable () -> ClockReading
    /// The latest time told, in milliseconds: no later one is before it.
    private let latest: Atomic<Int64>

    /// The clock of this journal; its anchor is kept with the journal's settings.
    ///
    /// - Parameters:
    ///   - journal: The journal whose time it tells.
    ///   - read: What the host's clocks say.
    /// - Throws: `JournalFault` when the journal cannot be read or written.
    package init(
        journal: any Journal,
        read: @escaping @Sendable () -> ClockReading = { ClockReading.current() }
    ) throws(JournalFault) {
        let kept = try journal.setting(ClockAnchor.setting).flatMap { ClockAnchor(bytes: $0) }
        let reading = read()
        let anchor = ClockAnchor(at: reading, kept: kept, last: try journal.head().at)
        if anchor != kept { try journal.keep(anchor.bytes, as: ClockAnchor.setting) }
        self.anchor = anchor
        self.read = read
        latest = Atomic(anchor.now(at: reading.sinceBoot).milliseconds)
    }

    /// The journal's time; never before what it was.
    package func now() -> Instant {
        let time = anchor.now(at: read()).milliseconds
        return Instant(milliseconds: latest.max(time, ordering: .relaxed).newValue)
    }

    /// How far the wall clock is ahead of the journal's time; negative when it is behind.
    package var drift: Span {
        let reading = read()
        return Instant(milliseconds: reading.wall) - anchor.now(at: reading.sinceBoot)
    }
}
