import HoldCore
import Testing

@testable import HoldConsole

/// Claims, snoozes and notes: told to colleagues, and never a decision.
@Suite struct CourtesyTests {
    private static let item = QueueItem.sample(1)

    private func console(_ items: [QueueItem] = [item, .sample(2)]) -> ConsoleDriver {
        var driver = ConsoleDriver.showing(items)
        driver.advance(ms: 500)
        driver.requests = []
        return driver
    }

    // MARK: - Claims

    @Test func `c claims, shows who and until when, and gives up again`() throws {
        var driver = console()
        driver.press("c")
        #expect(driver.shift == [.claim(Self.item.reference)])
        #expect(driver.model.queue.rows[0].item.claimedBy == nil)

        let end = driver.model.serviceNow + Span(minutes: 10)
        driver.send(.shift(.claimed(.claim(Self.item.reference), by: "alice", until: end)))
        #expect(driver.model.queue.rows[0].item.claim(at: driver.model.serviceNow)?.by == "alice")

        driver.requests = []
        driver.advance(ms: 400)
        driver.press("c")
        #expect(driver.shift == [.release(Self.item.reference)])
        driver.send(.shift(.claimed(.release(Self.item.reference), by: nil, until: nil)))
        #expect(driver.model.queue.rows[0].item.claimedBy == nil)
        #expect(driver.decisions.isEmpty)
    }

    @Test func `a claim is asked for once while its answer is under way`() {
        var driver = console()
        driver.press("c")
        driver.advance(ms: 500)
        driver.press("c")

        #expect(driver.shift.count == 1)
    }

    @Test func `a colleague's claim is told and stops nobody from deciding`() {
        var claimed = Self.item
        claimed.claimedBy = "bob"
        claimed.claimedUntil = claimed.createdAt + Span(minutes: 5)
        var driver = console([claimed])
        driver.press("c")

        #expect(driver.shift.isEmpty)
        #expect(driver.notices.contains { $0.contains("claimed by bob") })
        #expect(driver.model.obstacle(to: .approve) == nil)
    }

    @Test func `the sheet that approves says that a colleague is on it`() {
        var claimed = Self.item
        claimed.claimedBy = "bob"
        claimed.claimedUntil = claimed.createdAt + Span(minutes: 5)
        var driver = ConsoleDriver.showing([claimed], size: Size(columns: 80, rows: 24))
        driver.renderer = Renderer()
        driver.press("2")
        for _ in 0..<20 where driver.model.selected?.unread != nil {
            driver.press("j")
            driver.advance(ms: 100)
        }
        driver.press("a")
        driver.paint()

        #expect(driver.picture.contains("bob is on it until 14:18Z."))
    }

    @Test func `a claim that has ended is nobody's`() {
        var claimed = Self.item
        claimed.claimedBy = "bob"
        claimed.claimedUntil = claimed.createdAt + Span(seconds: 1)
        var driver = console([claimed])
        driver.advance(ms: 2_000)
        driver.press("c")

        #expect(driver.shift == [.claim(claimed.reference)])
    }

    @Test func `a refused claim says why`() {
        var driver = console()
        driver.press("c")
        driver.send(.shift(.failed(.claim(Self.item.reference), "bob holds it")))

        #expect(driver.notices.contains("#1 not claimed: bob holds it"))
    }

    // MARK: - Snoozes

    @Test(arguments: [("1", 5.0), ("2", 15), ("4", 18)])
    func `a snooze lasts as chosen and never to the deadline`(key: String, minutes: Double) {
        var driver = console([.sample(1, left: Span(minutes: 20) + Span(milliseconds: 500))])
        driver.press("s")
        let wanted = key == "4" ? "3" : key
        driver.press(wanted)

        guard case .snooze(_, let span)? = driver.shift.first else {
            Issue.record("nothing was snoozed")
            return
        }
        #expect(abs(span.seconds - minutes * 60) < 1)
        #expect(driver.model.sheet == nil)
        #expect(driver.decisions.isEmpty)
    }

    @Test(arguments: [(7.5, 1), (8.5, 2), (3, 1), (61, 4), (63, 4), (2, 0)])
    func `no two snoozes are all but the same`(left: Double, count: Int) {
        let item = QueueItem.sample(1, left: Span(minutes: left))
        let menu = SnoozeSheet(item, at: item.createdAt)

        #expect(menu.choices(at: item.createdAt).count == count)
    }

    @Test func `what runs out too soon cannot be put off`() {
        var driver = console([.sample(1, left: Span(seconds: 100))])
        driver.press("s")

        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("too soon") })
    }

    @Test func `a snoozed row stays where it is, and rings when it is back`() {
        var driver = console()
        driver.press("s", "1")
        let end = driver.model.serviceNow + Span(minutes: 5)
        let request = ShiftRequest.snooze(Self.item.reference, Span(minutes: 5))
        driver.send(.shift(.snoozed(request, until: end)))
        #expect(driver.selectedNumber == 1)
        #expect(driver.model.queue.rows[0].item.snooze(at: driver.model.serviceNow) == end)

        driver.requests = []
        driver.advance(ms: 299_000)
        #expect(!driver.requests.contains(.bell))
        driver.advance(ms: 2_000)

        #expect(driver.requests.contains(.bell))
        #expect(driver.notices.contains("#1 is back from its snooze."))
    }

    @Test func `what is snoozed can be shown, and brought back`() throws {
        var snoozed = Self.item
        snoozed.snoozedUntil = snoozed.createdAt + Span(minutes: 9)
        var driver = console()
        driver.press("Z")
        #expect(try #require(driver.model.queue.asked).snoozed)
        driver.show([snoozed, .sample(2)], sequence: 3)
        driver.settle()
        driver.press("g")
        driver.requests = []
        driver.advance(ms: 500)
        driver.press("s", "0")

        #expect(driver.shift == [.snooze(snoozed.reference, .zero)])
    }

    // MARK: - Notes

    @Test func `a note is typed, sent once, and kept as a draft until it is recorded`() {
        var driver = console()
        driver.press("i")
        driver.type("ask dana")
        driver.press(.enter)
        driver.type("first")
        driver.press(.control("s"))
        let request = ShiftRequest.note(Self.item.reference, "ask dana\nfirst")
        #expect(driver.shift == [request])
        #expect(driver.model.courtesies.drafts[Self.item.reference] == "ask dana\nfirst")

        driver.send(.shift(.failed(request, "no")))
        #expect(driver.model.courtesies.drafts[Self.item.reference] == "ask dana\nfirst")
        driver.press("i")
        driver.press(.control("s"))
        driver.send(.shift(.noted(request)))

        #expect(driver.model.courtesies.drafts.isEmpty)
        #expect(driver.decisions.isEmpty)
    }

    @Test func `an empty note says so and is not sent, and quitting asks about a draft`() {
        var driver = console()
        driver.press("i")
        driver.press(.control("s"))
        #expect(driver.shift.isEmpty)

        driver.type("later")
        driver.press(.escape)
        driver.press("q")
        #expect(driver.model.sheet == .quit(QuitSheet(holds: 0, unsent: 0, drafts: 1)))
    }

    @Test func `a paste goes into a note and confirms nothing`() {
        var driver = console()
        driver.press("i")
        driver.press(.paste(Array("line one\nline two\u{1B}[2J".utf8)))

        guard case .courtesy(.note(let note)) = driver.model.sheet else {
            Issue.record("the note was closed")
            return
        }
        #expect(note.field.text == "line one\nline two[2J")
    }

    @Test func `a note that comes while its item is being approved starts the arming again`() {
        var driver = console()
        driver.press("a")
        driver.advance(ms: 1_500)
        #expect(driver.approveSheet?.phase == .armed)

        var detail = ItemDetail.sample(Self.item)
        detail.history.append(
            HistoryLine(
                at: driver.model.serviceNow,
                user: "bob",
                what: HistoryLine.noted,
                reason: "stop: backup runs"
            )
        )
        driver.send(.detailLoaded(detail))
        driver.press("y")

        #expect(driver.model.holds.isEmpty)
        #expect(driver.approveSheet?.phase != .armed)
    }

    @Test(arguments: [
        Size(columns: 40, rows: 10), Size(columns: 60, rows: 20), Size(columns: 80, rows: 24),
        Size(columns: 200, rows: 60),
    ])
    func `a colleague's note is on the sheet of a risky item, which can still be approved`(
        size: Size
    ) {
        for risk in [RiskClass.high, .irreversible] {
            var driver = ConsoleDriver.showing([], size: size)
            driver.renderer = Renderer()
            var detail = ItemDetail.sample(.sample(1, risk: risk))
            detail.history = [
                HistoryLine(
                    at: detail.item.createdAt,
                    user: "bob",
                    what: HistoryLine.noted,
                    reason: "backup runs " + String(repeating: "very long ", count: 60)
                )
            ]
            driver.details[detail.item.reference] = detail
            driver.show([detail.item], sequence: 2)
            driver.settle()
            driver.press("2")
            for _ in 0..<60 where driver.model.selected?.unread != nil {
                driver.press("j")
                driver.advance(ms: 100)
            }
            driver.press("a")
            driver.advance(ms: 2_100)

            #expect(driver.approveSheet?.phase == .armed, "\(risk)")
            #expect(driver.picture.contains("bob 14:13 wrote: ┊ back"), "\(risk)")
        }
    }

    // MARK: - Off

    @Test func `nothing is told while decisions are off, and why is said`() {
        for key in ["c", "s", "i"] {
            var driver = console()
            driver.send(.disconnected(cause: "gone"))
            driver.press("v")
            driver.press(key)
            #expect(driver.shift.isEmpty && driver.model.sheet == nil, "\(key)")
            #expect(driver.notices.contains(Obstacle.disconnected.sentence), "\(key)")
        }
    }

    @Test func `no key of a claim, a snooze or a note decides anything`() {
        for opener in ["c", "s", "i", "Z", "F", "S", "H", "!"] {
            for second in "yncsjuzx1234 0".unicodeScalars {
                var driver = console()
                driver.press(opener)
                driver.advance(ms: 2_500)
                driver.press(.character(second))
                driver.advance(ms: 400)
                driver.press("y")
                driver.press(.enter)
                driver.press(.control("s"))
                #expect(driver.decisions.isEmpty, "\(opener) \(second)")
                #expect(driver.model.holds.isEmpty, "\(opener) \(second)")
            }
        }
    }
}

extension ConsoleDriver {
    /// What was asked of the service besides decisions.
    var shift: [ShiftRequest] {
        requests.compactMap {
            if case .shift(let request) = $0 { return request }
            return nil
        }
    }

    var notifications: Int {
        requests.count {
            if case .notify = $0 { return true }
            return false
        }
    }
}
