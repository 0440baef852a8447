import HoldCore
import TestAccounts
import Testing

@testable import HoldConsole

@Suite struct HistoryViewTests {
    private static let item = QueueItem.sample(1)

    private func opened() -> ConsoleDriver {
        var driver = ConsoleDriver.stuck(Self.item)
        driver.press("h")
        return driver
    }

    private func page(
        _ query: HistoryQuery,
        _ sequences: ClosedRange<Int64>,
        reached: Int64?
    ) -> Message {
        .historyLoaded(
            HistoryPage(
                query: query,
                events: sequences.reversed().map { .sample($0, about: Self.item) },
                lastSequence: 5_000,
                reached: reached
            )
        )
    }

    @Test func `it asks for the newest events, and for the check of the chain, once`() throws {
        var driver = opened()
        let query = try #require(driver.model.historyView.asked)
        #expect(query.edge == .newest && query.filter.types == HistoryFilter.usual)
        driver.send(page(query, 4_990...5_000, reached: nil))
        driver.send(.historyChecked(.sound(events: 5_000, at: Instant(milliseconds: 0))))
        driver.press(.escape)
        driver.press("h")

        #expect(driver.requests.count { $0 == .checkHistory } == 1)
        #expect(driver.requests.count { $0 == .loadHistory(query) } == 1)
        #expect(driver.model.historyView.rows.first?.sequence == 5_000)
    }

    @Test func `older events are read when the cursor comes near them, and newer ones let go`()
        throws
    {
        var driver = opened()
        for _ in 0..<40 {
            guard let query = driver.model.historyView.asked else {
                driver.press(.end)
                continue
            }
            let top: Int64 =
                switch query.edge {
                case .newest: 5_000
                case .before(let edge): edge - 1
                case .after: 0
                }
            driver.send(page(query, (top - 99)...top, reached: top - 99))
            driver.press(.end)
        }
        let view = driver.model.historyView
        #expect(view.rows.count <= HistoryView.rowsMax)
        #expect(view.isCutAbove)
        #expect(zip(view.rows, view.rows.dropFirst()).allSatisfy { $0.sequence > $1.sequence })

        if let query = view.asked { driver.send(page(query, 1...2, reached: nil)) }
        driver.press(.home)
        let newer = try #require(driver.model.historyView.asked)
        #expect(newer.edge == driver.model.historyView.rows.first.map { .after($0.sequence) })
    }

    @Test func `a search that finds nothing in one part goes on to the next`() throws {
        var driver = opened()
        let first = try #require(driver.model.historyView.asked)
        driver.send(
            .historyLoaded(
                HistoryPage(query: first, events: [], lastSequence: 5_000, reached: 4_000)
            )
        )
        let next = try #require(driver.model.historyView.asked)
        #expect(next.edge == .before(4_000))
        driver.send(
            .historyLoaded(HistoryPage(query: next, events: [], lastSequence: nil, reached: nil))
        )

        #expect(driver.model.historyView.asked == nil)
        #expect(driver.model.historyView.isAtStart)
    }

    @Test func `a filter asks anew, and a wrong one says why`() throws {
        var driver = opened()
        driver.press("/")
        driver.type("type:nonsense")
        driver.press(.enter)
        #expect(driver.model.prompt?.problem?.contains("No such type") == true)
        driver.press(.control("u"))
        driver.type("user:bob type:undo disk full")
        driver.press(.enter)

        let query = try #require(driver.model.historyView.asked)
        #expect(query.filter.user == "bob" && query.filter.text == "disk full")
        #expect(query.filter.types.contains("undo_failed"))
        driver.press(.escape)
        #expect(driver.model.historyView.typed == nil)
        #expect(driver.model.screen == .history)
    }

    @Test func `an answer to another question is of no use`() throws {
        var driver = opened()
        let old = try #require(driver.model.historyView.asked)
        driver.press("/")
        driver.type("x")
        driver.press(.enter)

        driver.send(page(old, 1...5, reached: nil))

        #expect(driver.model.historyView.rows.isEmpty)
    }

    @Test func `a review is told by the decision that it led to`() throws {
        var driver = opened()
        let query = try #require(driver.model.historyView.asked)
        func event(_ type: String, _ version: Int) -> HistoryEvent {
            HistoryEvent(
                sequence: Int64(version),
                workflow: WorkflowKey("wf-1"),
                version: version,
                type: type,
                at: Instant(milliseconds: 0),
                actor: .service,
                data: [:]
            )
        }
        driver.send(
            .historyLoaded(
                HistoryPage(
                    query: query,
                    events: [
                        event("item_decided", 8), event("item_reviewed", 7),
                        event("item_reviewed", 5),
                    ],
                    lastSequence: 8,
                    reached: nil
                )
            )
        )

        #expect(driver.model.historyView.rows.map(\.version) == [8, 5])
    }

    @Test func `news is announced and taken in with N`() throws {
        var driver = opened()
        driver.settle()
        driver.send(
            .activityHappened([
                ActivityLine(
                    sequence: 91,
                    at: Instant(milliseconds: 0),
                    user: nil,
                    what: "approved",
                    workflow: WorkflowKey("wf-1")
                )
            ])
        )
        #expect(driver.model.historyView.newCount == 1)
        #expect(driver.model.historyView.asked == nil)

        driver.press("N")

        #expect(driver.model.historyView.asked?.edge == .newest)
    }

    @Test func `Enter shows the item as it was decided, and nothing can be decided there`() {
        var driver = opened()
        driver.settle()
        driver.press(.enter)
        driver.settle()
        #expect(driver.model.screen == .record(Self.item.reference))
        #expect(driver.model.historyView.record?.detail != nil)

        for key in ["a", "r", "e", "m", "y"] {
            driver.advance(ms: 500)
            driver.press(key)
        }
        #expect(driver.model.sheet == nil && driver.decisions.isEmpty)
        driver.press("x")
        #expect(driver.model.historyView.record?.isRaw == true)
        #expect(driver.model.isRaw == false)
        driver.press(.escape)
        #expect(driver.model.screen == .history)
    }

    @Test func `what could not be read is said, and asked again with N`() throws {
        var driver = opened()
        let query = try #require(driver.model.historyView.asked)
        driver.send(.historyFailed(query, "timed out"))
        #expect(driver.model.historyView.problem == "timed out")
        driver.advance(ms: 3_000)
        #expect(driver.model.historyView.asked == nil)

        driver.press("N")

        #expect(driver.model.historyView.asked == query)
    }
}
