import HoldBroker
import HoldCore
import HoldJournal
import TestAccounts
import Testing

/// Deadlines by the journal's time, whatever the wall clock does (semantics, Time).
struct ClockTests {
    private static let second: Int64 = 1000
    private static let hour: Int64 = 3600 * second
    private static let year: Int64 = 8766 * hour
    /// 2026-11-21T10:00:00Z.
    private static let morning: Int64 = 1_795_255_200_000

    /// A host with a broker on it: a boot clock, a wall clock, and the anchor that the store keeps.
    private struct Host {
        let journal = MemoryJournal()
        var reading = ClockReading(boot: "one", sinceBoot: hour, wall: morning)
        var anchor: ClockAnchor
        var broker: Broker
        /// When each event came, in truth: milliseconds since the test began.
        var truth: Int64 = 0
        private(set) var decidedAt: [StepID: Int64] = [:]
        private(set) var times: [Instant] = []

        init() throws {
            anchor = ClockAnchor(at: reading, kept: nil, last: nil)
            broker = try Host.broker(journal)
        }

        private static func broker(_ journal: MemoryJournal) throws -> Broker {
            try Broker(
                journal: journal,
                manifest: .sample,
                separation: .enforced,
                redactionKey: [1]
            )
        }

        var now: Instant { anchor.now(at: reading.sinceBoot) }

        /// The service starts anew, by what the store kept.
        mutating func restart() throws {
            let kept = ClockAnchor(bytes: anchor.bytes)
            anchor = ClockAnchor(at: reading, kept: kept, last: try journal.head().at)
            broker = try Host.broker(journal)
            note(try broker.resume(at: now))
        }

        /// The host goes down for some time, and comes back with this wall clock.
        mutating func reboot(down: Int64, wall: Int64, boot: String = "two") throws {
            truth += down
            reading = ClockReading(boot: boot, sinceBoot: 10 * second, wall: wall)
            try restart()
        }

        mutating func propose(_ step: String) {
            note(
                broker.process(
                    [
                        Submission(
                            ticket: Ticket(1),
                            workflow: "wf",
                            party: .bot,
                            request: proposal(step, "change")
                        )
                    ],
                    at: now
                )
            )
        }

        /// Time passes as it does; the wall clock says what it likes.
        mutating func pass(_ span: Int64, step: Int64 = 500, wall: (Int64) -> Int64) {
            var passed: Int64 = 0
            while passed < span {
                passed += step
                truth += step
                reading.sinceBoot += step
                reading.wall = wall(truth)
                note(broker.passTime(at: now))
            }
        }

        private mutating func note(_ effects: [Effect]) {
            for entry in effects.publications.flatMap(\.entries) {
                times.append(entry.at)
                guard case .itemDecided(let data)? = try? Event(type: entry.type, data: entry.data)
                else { continue }
                #expect(decidedAt[data.step] == nil, "decided twice")
                decidedAt[data.step] = truth
            }
        }
    }

    /// How long all tiers of an item of the sample manifest have.
    private func span(_ host: Host) throws -> Int64 {
        let workflow = try host.journal.entries(of: "wf", after: 0)
            .reduce(into: Workflow(id: "wf")) { state, entry in
                state.evolve(
                    try Event(type: entry.type, data: entry.data),
                    at: entry.at,
                    by: entry.actor
                )
            }
        let item = try #require(workflow.steps.last?.item)
        return item.policy.tiers.reduce(0) { $0 + $1.span.milliseconds }
    }

    /// What a wall clock can do while the host stays up.
    enum Wall: String, CaseIterable {
        case hourAhead, hourBehind, decadeAhead, decadeBehind, leapSecond, sawtooth, stopped

        func time(_ truth: Int64) -> Int64 {
            let right = morning + truth
            guard truth > 60 * second else { return right }
            return switch self {
            case .hourAhead: right + hour
            case .hourBehind: right - hour
            case .decadeAhead: right + 10 * year
            case .decadeBehind: right - 10 * year
            case .leapSecond: right - second
            case .sawtooth: right + (truth / 500 % 2 == 0 ? hour : -hour)
            case .stopped: morning
            }
        }
    }

    @Test(arguments: Wall.allCases, [false, true])
    func `whatever the wall clock does, a deadline comes once and within a second`(
        _ wall: Wall,
        _ restarts: Bool
    ) throws {
        var host = try Host()
        host.propose("1")
        let span = try span(host)

        host.pass(span / 2, wall: wall.time)
        if restarts { try host.restart() }
        host.pass(span, wall: wall.time)

        let decided = try #require(host.decidedAt["1"])
        #expect(decided >= span && decided <= span + Self.second)
        #expect(host.times == host.times.sorted())
    }

    @Test func `what was slept through is over once, right after the host wakes`() throws {
        var host = try Host()
        host.propose("1")
        let span = try span(host)
        host.pass(60_000) { Self.morning + $0 }

        host.truth += 10 * span
        host.reading.sinceBoot += 10 * span
        let woken = host.truth
        host.pass(60_000) { Self.morning + $0 }

        #expect(try #require(host.decidedAt["1"]) <= woken + Self.second)
    }

    @Test func `after a reboot the time that the host was down counts, to the second`() throws {
        var host = try Host()
        host.propose("1")
        let span = try span(host)
        host.pass(60_000) { Self.morning + $0 }

        try host.reboot(down: span / 2, wall: Self.morning + 60_000 + span / 2)
        host.pass(span) { Self.morning + $0 }

        let decided = try #require(host.decidedAt["1"])
        #expect(decided >= span && decided <= span + Self.second)
    }

    @Test(arguments: [hour, 10 * year])
    func `after a reboot with the wall clock behind, no more is left than there was`(
        _ behind: Int64
    ) throws {
        var host = try Host()
        host.propose("1")
        let span = try span(host)
        host.pass(60_000) { Self.morning + $0 }
        let last = try #require(try host.journal.head().at)

        try host.reboot(down: 1000, wall: Self.morning - behind)
        #expect(host.now >= last)
        let back = host.truth
        host.pass(span + 2000) { Self.morning - behind + $0 }

        // Never early; and late by no more than what passed since the last event.
        let decided = try #require(host.decidedAt["1"])
        #expect(decided >= span && decided <= back + span + Self.second)
        #expect(host.times == host.times.sorted())
    }

    @Test(arguments: ["two", ""])
    func `after a reboot with the wall clock far ahead, all ends as timed out, never as approved`(
        _ boot: String
    ) throws {
        var host = try Host()
        for step in ["1", "2", "3"] { host.propose(step) }

        try host.reboot(down: 1000, wall: Self.morning + 10 * Self.year, boot: boot)
        let back = host.truth
        host.pass(5000) { Self.morning + 10 * Self.year + $0 }

        for step in ["1", "2", "3"] as [StepID] {
            #expect(try #require(host.decidedAt[step]) <= back + Self.second)
        }
        let entries = try host.journal.entries(after: 0, limit: 1000)
        let outcomes = try entries.compactMap { entry -> ItemState? in
            guard case .itemDecided(let data) = try Event(type: entry.type, data: entry.data)
            else { return nil }
            return data.state
        }
        // The others depend on the first (I8).
        #expect(outcomes == [.timeout, .withdrawn, .withdrawn])
        // Set right in the next boot, it does not take the journal's time back.
        let last = host.now
        try host.reboot(down: 1000, wall: Self.morning + Self.hour, boot: "three")
        #expect(host.now >= last - Span(seconds: 10))
        #expect(host.times == host.times.sorted())
    }
}
