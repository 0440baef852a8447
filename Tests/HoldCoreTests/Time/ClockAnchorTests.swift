import HoldCore
import Testing

private let second: Int64 = 1000
private let hour: Int64 = 3600 * second
private let year: Int64 = 365 * 24 * hour
/// 2026-11-21T10:00:00Z.
private let morning: Int64 = 1_795_255_200_000

@Suite struct ClockAnchorTests {
    private func reading(
        _ boot: String = "one",
        sinceBoot: Int64,
        wall: Int64
    ) -> ClockReading {
        ClockReading(boot: boot, sinceBoot: sinceBoot, wall: wall)
    }

    @Test func `a first start takes the wall clock`() {
        let anchor = ClockAnchor(
            at: reading(sinceBoot: 5 * hour, wall: morning),
            kept: nil,
            last: nil
        )

        #expect(anchor.now(at: 5 * hour) == Instant(milliseconds: morning))
        #expect(anchor.now(at: 6 * hour) == Instant(milliseconds: morning + hour))
    }

    @Test(arguments: [hour, -hour, 10 * year, -10 * year])
    func `a wall clock that jumped before a restart moves nothing`(_ jump: Int64) {
        let kept = ClockAnchor(
            at: reading(sinceBoot: 5 * hour, wall: morning),
            kept: nil,
            last: nil
        )

        let anchor = ClockAnchor(
            at: reading(sinceBoot: 6 * hour, wall: morning + hour + jump),
            kept: kept,
            last: Instant(milliseconds: morning + second)
        )

        #expect(anchor == kept)
        #expect(anchor.now(at: 6 * hour) == Instant(milliseconds: morning + hour))
    }

    @Test func `time that the host slept counts`() {
        let anchor = ClockAnchor(
            at: reading(sinceBoot: 5 * hour, wall: morning),
            kept: nil,
            last: nil
        )

        // The boot clock goes on while the host is suspended.
        #expect(anchor.now(at: 17 * hour) == Instant(milliseconds: morning + 12 * hour))
    }

    @Test func `after a reboot the time that the host was down counts`() {
        let kept = ClockAnchor(
            at: reading(sinceBoot: 5 * hour, wall: morning),
            kept: nil,
            last: nil
        )

        let anchor = ClockAnchor(
            at: reading("two", sinceBoot: 20 * second, wall: morning + 3 * hour),
            kept: kept,
            last: Instant(milliseconds: morning + hour)
        )

        #expect(anchor.boot == "two")
        #expect(anchor.now(at: 20 * second) == Instant(milliseconds: morning + 3 * hour))
    }

    @Test(arguments: [hour, 10 * year])
    func `after a reboot a wall clock that was set back extends nothing`(_ back: Int64) {
        let kept = ClockAnchor(
            at: reading(sinceBoot: 5 * hour, wall: morning),
            kept: nil,
            last: nil
        )
        let last = Instant(milliseconds: morning + 2 * hour)

        let anchor = ClockAnchor(
            at: reading("two", sinceBoot: 20 * second, wall: morning - back),
            kept: kept,
            last: last
        )

        #expect(anchor.now(at: 20 * second) == last)
        #expect(anchor.now(at: 21 * second) == last + Span(seconds: 1))
    }

    @Test func `after a reboot a wall clock behind the last anchor but past the last event counts`()
    {
        let kept = ClockAnchor(boot: "one", offset: morning + 10 * year)

        let anchor = ClockAnchor(
            at: reading("two", sinceBoot: 0, wall: morning),
            kept: kept,
            last: Instant(milliseconds: morning - hour)
        )

        #expect(anchor.now(at: 0) == Instant(milliseconds: morning))
    }

    @Test func `a boot clock behind the journal, as in another container, never goes back`() {
        let kept = ClockAnchor(
            at: reading(sinceBoot: 50 * hour, wall: morning),
            kept: nil,
            last: nil
        )
        let last = Instant(milliseconds: morning + hour)

        let anchor = ClockAnchor(
            at: reading(sinceBoot: 1 * hour, wall: morning + 2 * hour),
            kept: kept,
            last: last
        )

        #expect(anchor.now(at: 1 * hour) == last)
    }

    @Test func `a host that does not name its boot starts by the wall clock each time`() {
        let kept = ClockAnchor(boot: "", offset: 0)

        let anchor = ClockAnchor(
            at: reading("", sinceBoot: hour, wall: morning),
            kept: kept,
            last: nil
        )

        #expect(anchor.now(at: hour) == Instant(milliseconds: morning))
    }

    @Test(arguments: [Int64.min, .max])
    func `readings at the ends of the range trap nowhere`(_ end: Int64) {
        for sinceBoot in [Int64.min, 0, .max] {
            let anchor = ClockAnchor(
                at: reading(sinceBoot: sinceBoot, wall: end),
                kept: nil,
                last: Instant(milliseconds: end)
            )
            #expect(anchor.now(at: .max) >= anchor.now(at: .min))
        }
    }
}
