import HoldCore
import HoldJournal
import HoldService
import Synchronization
import Testing

private let hour: Int64 = 3_600_000
/// 2026-11-21T10:00:00Z.
private let morning: Int64 = 1_795_255_200_000

/// Clocks that a test sets.
private final class Clocks: Sendable {
    private let reading: Mutex<ClockReading>

    init(boot: String = "one", sinceBoot: Int64 = hour, wall: Int64 = morning) {
        reading = Mutex(ClockReading(boot: boot, sinceBoot: sinceBoot, wall: wall))
    }

    func set(_ change: (inout ClockReading) -> Void) { reading.withLock { change(&$0) } }

    var read: @Sendable () -> ClockReading { { self.reading.withLock { $0 } } }
}

@Suite struct JournalClockTests {
    @Test(arguments: [hour, -hour, 87_600 * hour, -87_600 * hour])
    func `a wall clock that jumps moves nothing and shows as drift`(_ jump: Int64) throws {
        let clocks = Clocks()
        let clock = try JournalClock(journal: MemoryJournal(), read: clocks.read)
        #expect(clock.now() == Instant(milliseconds: morning))
        #expect(clock.drift == .zero)

        clocks.set { $0.wall += jump }

        #expect(clock.now() == Instant(milliseconds: morning))
        #expect(clock.drift == Span(milliseconds: jump))

        clocks.set {
            $0.sinceBoot += 5000
            $0.wall += 5000
        }
        #expect(clock.now() == Instant(milliseconds: morning + 5000))
        #expect(clock.drift == Span(milliseconds: jump))
    }

    @Test func `a boot clock that stumbles does not take the time back`() throws {
        let clocks = Clocks()
        let clock = try JournalClock(journal: MemoryJournal(), read: clocks.read)
        clocks.set { $0.sinceBoot += 60_000 }
        let before = clock.now()

        clocks.set { $0.sinceBoot -= 30_000 }

        #expect(clock.now() == before)
    }

    @Test func `the next service of the same boot goes on where this one was`() throws {
        let journal = MemoryJournal()
        let clocks = Clocks()
        _ = try JournalClock(journal: journal, read: clocks.read)

        clocks.set {
            $0.sinceBoot += hour
            $0.wall -= 100 * hour
        }
        let next = try JournalClock(journal: journal, read: clocks.read)

        #expect(next.now() == Instant(milliseconds: morning + hour))
    }

    @Test func `after a reboot the anchor of the new boot is kept`() throws {
        let journal = MemoryJournal()
        _ = try JournalClock(journal: journal, read: Clocks().read)
        let rebooted = Clocks(boot: "two", sinceBoot: 1000, wall: morning + 2 * hour)

        let clock = try JournalClock(journal: journal, read: rebooted.read)
        #expect(clock.now() == Instant(milliseconds: morning + 2 * hour))

        rebooted.set { $0.wall += 500 * hour }
        let next = try JournalClock(journal: journal, read: rebooted.read)
        #expect(next.now() == Instant(milliseconds: morning + 2 * hour))
    }

    @Test func `an anchor that cannot be read counts as none`() throws {
        let journal = MemoryJournal()
        try journal.keep(Array("{\"boot\":1".utf8), as: "clock_anchor")

        let clock = try JournalClock(journal: journal, read: Clocks().read)

        #expect(clock.now() == Instant(milliseconds: morning))
        #expect(try journal.setting("clock_anchor") != Array("{\"boot\":1".utf8))
    }

    @Test func `the clock of this host is near its wall clock`() throws {
        let clock = try JournalClock(journal: MemoryJournal())

        #expect(abs(clock.drift.milliseconds) < 5000)
    }

    @Test func `this host names its boot, and its boot clock goes forward`() {
        let first = ClockReading.current()
        let second = ClockReading.current()

        #expect(!first.boot.isEmpty)
        #expect(first.boot == second.boot)
        #expect(first.sinceBoot > 0)
        #expect(second.sinceBoot >= first.sinceBoot)
    }
}
