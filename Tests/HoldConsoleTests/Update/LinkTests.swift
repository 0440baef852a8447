import HoldCore
import Testing

@testable import HoldConsole

@Suite struct LinkTests {
    private let item = QueueItem.sample(4_822)

    /// An approval that is on its way, unanswered.
    private func sent() -> (driver: ConsoleDriver, id: DecisionID) {
        var driver = ConsoleDriver.showing([item])
        driver.advance(ms: 1_000)
        driver.press("a")
        driver.paint()
        driver.advance(ms: 1_000)
        driver.press("y")
        driver.advance(ms: 10_000)
        return (driver, driver.decisions.first?.id ?? DecisionID(0))
    }

    @Test func `without a word for ten seconds decisions are off`() {
        var driver = ConsoleDriver.showing([item])
        driver.advance(ms: 3_500, hearing: false)
        #expect(driver.model.freshness == .stale(Span(milliseconds: 3_500)))
        #expect(driver.model.obstacle(to: .approve) == nil)

        driver.advance(ms: 7_000, hearing: false)
        driver.press("a")

        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("decisions are off") })
        driver.send(.heard(serviceTime: nil))
        driver.press("a")
        #expect(driver.approveSheet != nil)
    }

    @Test func `a decision in doubt is asked for after the link is back, never sent again`() {
        var (driver, id) = sent()
        driver.send(.disconnected(cause: "ECONNREFUSED"))
        #expect(driver.model.outgoing.first?.phase == .unknown)
        driver.requests = []

        driver.send(.connected(Connection(place: "", user: "alice", separation: .enforced)))

        #expect(driver.requests.contains(.askOutcome(id, item.reference)))
        driver.advance(ms: 5_000)
        #expect(driver.decisions.isEmpty)
    }

    @Test(arguments: ["approve", "human_approve"])
    func `a decision that the record has counts`(word: String) {
        var (driver, id) = sent()
        driver.send(.noAnswer(id))
        #expect(driver.requests.contains(.askOutcome(id, item.reference)))
        var detail = ItemDetail.sample(item)
        detail.item.state = .approved
        detail.history = [
            HistoryLine(at: driver.now.wall, user: "alice", what: word)
        ]

        driver.send(.outcomeKnown(id, detail))

        #expect(driver.model.outgoing.isEmpty)
        #expect(driver.model.decidedCount == 1)
        #expect(driver.decisions.count == 1)
    }

    @Test(arguments: ["bob", nil])
    func `a decision that the record does not have is said to be lost`(user: String?) {
        var (driver, id) = sent()
        driver.send(.noAnswer(id))
        var detail = ItemDetail.sample(item)
        detail.history =
            user.map {
                [HistoryLine(at: driver.now.wall, user: $0, what: "human_approve")]
            } ?? []

        driver.send(.outcomeKnown(id, detail))

        #expect(driver.model.outgoing.isEmpty)
        #expect(driver.model.decidedCount == 0)
        #expect(driver.notices.contains { $0.contains("NOT recorded") })
        #expect(driver.decisions.count == 1)
    }

    @Test func `an approval of an earlier revision is not taken for this one`() {
        var (driver, id) = sent()
        driver.send(.noAnswer(id))
        var detail = ItemDetail.sample(item)
        detail.history = [
            HistoryLine(
                at: driver.now.wall + Span(seconds: -600),
                user: "alice",
                what: "human_approve"
            )
        ]

        driver.send(.outcomeKnown(id, detail))

        #expect(driver.model.decidedCount == 0)
    }

    @Test func `a lost link shows its box, and v shows the frozen lists`() {
        var driver = ConsoleDriver.showing([item])
        driver.send(.disconnected(cause: "ECONNREFUSED"))
        #expect(driver.model.showsOutage)
        driver.press("R")
        #expect(driver.requests.contains(.retryConnection))

        driver.press("v")

        #expect(!driver.model.showsOutage)
        for key in ["a", "r", "e", "m"] { driver.press(key) }
        #expect(driver.model.sheet == nil)
    }

    @Test func `a note that was being typed survives the lost link`() {
        var driver = ConsoleDriver.showing([item])
        driver.press("r", "3")
        driver.type("later")

        driver.send(.disconnected(cause: "gone"))

        #expect(driver.model.sheet == nil)
        #expect(driver.model.drafts[item.reference]?.note == "later")
        #expect(driver.decisions.isEmpty)
    }

    @Test func `time runs on the service's clock where it told its time`() {
        var driver = ConsoleDriver.showing([item])

        driver.send(.heard(serviceTime: driver.now.wall + Span(seconds: 90)))

        #expect(driver.model.serviceNow == driver.now.wall + Span(seconds: 90))
    }

    @Test func `a service that never answered is told as a lost link`() {
        var driver = ConsoleDriver()
        #expect(driver.model.obstacle(to: .approve) == .connecting)

        driver.send(.retryFailed(cause: "no such file", next: Span(seconds: 2)))

        #expect(driver.model.showsOutage)
        guard case .disconnected(let outage) = driver.model.link.state else {
            Issue.record("not disconnected")
            return
        }
        #expect(outage.cause == "no such file")
        #expect(outage.attempt == 1)
        #expect(outage.retryAt == driver.now.adding(Span(seconds: 2)))
    }
}
