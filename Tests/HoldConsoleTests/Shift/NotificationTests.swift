import HoldCore
import Testing

@testable import HoldConsole

@Suite struct NotificationTests {
    private static let night =
        Instant(rfc3339: "2026-11-21T03:00:00.000Z") ?? .init(milliseconds: 0)

    private func activity(
        _ item: QueueItem,
        _ kind: ActivityLine.Kind,
        _ sequence: Int64,
        user: String? = nil
    ) -> Message {
        .activityHappened([
            ActivityLine(
                sequence: sequence,
                at: item.createdAt,
                user: user,
                what: "something",
                workflow: item.reference.workflow,
                step: item.reference.step,
                kind: kind
            )
        ])
    }

    private func console(_ items: [QueueItem]) -> ConsoleDriver {
        var driver = ConsoleDriver.showing(items)
        driver.send(activity(items[0], .other, 1))
        driver.requests = []
        return driver
    }

    // MARK: - Rules

    @Test func `quiet hours silence all but what cannot be undone`() throws {
        let quiet = try #require(QuietHours(from: 22 * 60, until: 6 * 60))
        let rules = NotificationRules(quiet: quiet)

        for event in NotificationRules.Event.allCases {
            let isAlways = event == .irreversible
            #expect(rules.ways(for: event, at: Self.night).isEmpty != isAlways, "\(event)")
            #expect(!rules.ways(for: event, isIrreversible: true, at: Self.night).isEmpty)
        }
    }

    @Test(arguments: [
        (22 * 60, 6 * 60, 21 * 60 + 59, false), (22 * 60, 6 * 60, 22 * 60, true),
        (22 * 60, 6 * 60, 0, true), (22 * 60, 6 * 60, 6 * 60, false),
        (60, 120, 59, false), (60, 120, 60, true), (60, 120, 119, true), (60, 120, 120, false),
    ])
    func `quiet hours go over midnight`(from: Int, until: Int, minute: Int, isQuiet: Bool) throws {
        let hours = try #require(QuietHours(from: from, until: until))
        let day = Instant(rfc3339: "2026-11-21T00:00:00.000Z") ?? .init(milliseconds: 0)

        #expect(hours.contains(day + Span(minutes: Double(minute))) == isQuiet)
    }

    @Test func `hours that are none are refused`() {
        #expect(QuietHours(from: 60, until: 60) == nil)
        #expect(QuietHours(from: -1, until: 60) == nil)
        #expect(QuietHours(from: 0, until: 1_440) == nil)
        let before = Instant(milliseconds: -60_000)
        #expect(QuietHours(from: 1_439, until: 1)?.contains(before) == true)
    }

    @Test
    func `a new irreversible item rings, notifies and stands in the title, a plain one does not`() {
        var driver = console([.sample(1)])
        driver.show([.sample(1), .sample(2)], sequence: 2)
        #expect(!driver.requests.contains(.bell) && driver.notifications == 0)

        driver.show([.sample(1), .sample(3, risk: .irreversible)], sequence: 3)
        #expect(driver.requests.contains(.bell) && driver.notifications == 1)
        #expect(driver.model.titleSource?.title.text.hasSuffix("1 unread") == true)
        #expect(driver.model.sheet == nil && driver.selectedNumber == 1)

        driver.model.rules.ways = [:]
        driver.requests = []
        driver.show([.sample(1), .sample(4, risk: .irreversible)], sequence: 4)
        #expect(!driver.requests.contains(.bell) && driver.notifications == 0)
    }

    @Test func `in quiet hours a new item with little time is only logged`() throws {
        var driver = console([.sample(1)])
        let minute = Int(driver.model.serviceNow.milliseconds / 60_000 % 1_440)
        driver.model.rules.quiet = QuietHours(from: minute, until: (minute + 60) % 1_440)
        driver.show([.sample(1), .sample(2, left: Span(seconds: 90))], sequence: 2)

        #expect(!driver.requests.contains(.bell))
        #expect(driver.model.log.entries.first?.text.hasPrefix("New: #2") == true)
    }

    // MARK: - Warnings before expiry

    @Test func `the warn time of the selected item rings once, of others not at all`() {
        let items = [QueueItem.sample(1), .sample(2)]
        var driver = console(items)
        driver.send(activity(items[1], .warned, 2))
        #expect(!driver.requests.contains(.bell))

        driver.send(activity(items[0], .warned, 3))
        #expect(driver.requests.filter { $0 == .bell }.count == 1)
        driver.send(activity(items[0], .warned, 4))
        #expect(driver.requests.filter { $0 == .bell }.count == 1)
        #expect(driver.notices.contains { $0.hasPrefix("#1 has only") })
    }

    @Test func `the last minute of a claimed item rings once, with the word NOW`() {
        var claimed = QueueItem.sample(2, left: Span(seconds: 70))
        claimed.claimedBy = "alice"
        var driver = console([.sample(1), claimed, .sample(3, left: Span(seconds: 70))])
        driver.advance(ms: 9_000)
        #expect(!driver.requests.contains(.bell))

        driver.advance(ms: 5_000)

        #expect(driver.requests.filter { $0 == .bell }.count == 1)
        #expect(driver.model.log.entries.contains { $0.text.hasPrefix("NOW: #2 has") })
        #expect(!driver.model.log.entries.contains { $0.text.contains("#3") })
    }

    @Test func `what happened before the console came rings for nobody`() {
        let item = QueueItem.sample(1)
        var driver = ConsoleDriver.showing([item])
        driver.send(activity(item, .warned, 7))

        #expect(!driver.requests.contains(.bell))
    }

    @Test func `a colleague's note on the selected item is told, one's own is not`() {
        let item = QueueItem.sample(1)
        var driver = console([item])
        driver.send(activity(item, .noted, 2, user: "alice"))
        #expect(!driver.requests.contains(.bell))
        driver.send(activity(item, .noted, 3, user: "bob"))
        #expect(driver.requests.contains(.bell))
    }

    @Test func `a note on what is on hold is told in time to take it back`() {
        let items = [QueueItem.sample(1), .sample(2)]
        var driver = console(items)
        driver.advance(ms: 500)
        driver.press("a")
        driver.advance(ms: 1_500)
        driver.press("y")
        driver.press("j")
        driver.requests = []
        driver.send(activity(items[0], .noted, 5, user: "bob"))

        #expect(driver.requests.contains(.bell))
        #expect(driver.model.holds.count == 1)
    }

    // MARK: - The log

    @Test func `the log keeps what was said, newest first, and no more than 500`() {
        var log = NoticeLog()
        for number in 0..<1_200 {
            log.add(.info, "n \(number)", at: Instant(milliseconds: Int64(number)))
        }

        #expect(log.entries.count == NoticeLog.entriesMax)
        #expect(log.entries.first?.text == "n 1199")
        #expect(log.unread == 0)
    }

    @Test func `what repeats is one line with a count`() {
        var log = NoticeLog()
        for _ in 0..<3 { log.add(.danger, "no", at: Instant(milliseconds: 1)) }

        #expect(log.entries.map(\.count) == [3])
        #expect(log.unread == 1)
    }

    @Test func `a disconnect, a refusal and a bell are in the log, and looking marks them read`() {
        var driver = console([.sample(1)])
        driver.send(.disconnected(cause: "gone"))
        driver.send(.connected(Connection(place: "", user: "alice", separation: .enforced)))
        driver.send(.requestFailed("no answer"))
        let texts = driver.model.log.entries.map(\.text)
        #expect(texts.contains("Connection lost: gone"))
        #expect(texts.contains("no answer"))
        #expect(driver.model.log.unread == 2)

        driver.press("!")

        #expect(driver.model.screen == .notifications)
        #expect(driver.model.log.unread == 0)
        driver.press(.escape)
        #expect(driver.model.screen == .triage)
    }

    @Test func `l in the box of a lost link opens the log`() {
        var driver = console([.sample(1)])
        driver.send(.disconnected(cause: "gone"))
        #expect(driver.model.showsOutage)
        driver.press("l")

        #expect(driver.model.screen == .notifications && !driver.model.showsOutage)
    }

    @Test func `a connection that never stood is lost without a bell`() {
        var driver = ConsoleDriver()
        driver.send(.retryFailed(cause: "refused", next: Span(seconds: 1)))

        #expect(!driver.requests.contains(.bell) && driver.notifications == 0)
    }

    @Test func `n tests a notification where nothing waits, and nowhere else`() {
        var empty = ConsoleDriver.showing([])
        empty.press("n")
        #expect(empty.requests.contains(.bell) && empty.notifications == 1)

        var full = console([.sample(1)])
        full.press("n")
        #expect(!full.requests.contains(.bell) && full.notifications == 0)
    }
}

extension Title {
    var text: String { String(decoding: ascii, as: UTF8.self) }
}
