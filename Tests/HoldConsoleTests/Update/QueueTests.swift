import HoldCore
import Testing

@testable import HoldConsole

@Suite struct QueueTests {
    private func items(_ numbers: Int64...) -> [QueueItem] { numbers.map { .sample($0) } }

    @Test func `new items are announced and come in with N`() {
        var driver = ConsoleDriver.showing(items(1, 2, 3))
        driver.press("j")
        driver.show(items(9, 1, 2, 3), sequence: 2)

        #expect(driver.shownNumbers == [1, 2, 3])
        #expect(driver.model.queue.newItems.map(\.number) == [9])
        #expect(driver.selectedNumber == 2)

        driver.press("N")
        #expect(driver.shownNumbers == [9, 1, 2, 3])
        #expect(driver.selectedNumber == 2)
        #expect(driver.model.queue.newItems.isEmpty)
    }

    @Test func `rows stand still while keys are pressed, then sort around the selected one`() {
        var driver = ConsoleDriver.showing(items(1, 2, 3, 4))
        driver.press("j")
        driver.show(items(4, 3, 2, 1), sequence: 2)
        driver.advance(ms: 1_900)
        #expect(driver.shownNumbers == [1, 2, 3, 4])

        driver.advance(ms: 200)

        #expect(driver.shownNumbers == [4, 2, 3, 1])
        #expect(driver.selectedNumber == 2)
        #expect(driver.model.queue.selectedIndex == 1)
    }

    @Test func `rows stand still while a sheet is open, or the list is paused`() {
        var sheet = ConsoleDriver.showing(items(1, 2))
        sheet.press("r")
        sheet.show(items(2, 1), sequence: 2)
        sheet.advance(ms: 90_000)
        #expect(sheet.shownNumbers == [1, 2])

        var paused = ConsoleDriver.showing(items(1, 2, 3))
        paused.press("p")
        paused.show(items(3, 2, 1), sequence: 2)
        paused.advance(ms: 90_000)
        #expect(paused.shownNumbers == [1, 2, 3])
    }

    @Test func `a decided row stays until N`() {
        var driver = ConsoleDriver.showing(items(1, 2, 3))
        var decided = QueueItem.sample(2)
        decided.state = .rejected
        driver.details[decided.reference] = .sample(decided)
        driver.show(items(1, 3), sequence: 2)
        driver.settle()
        driver.advance(ms: 5_000)
        #expect(driver.shownNumbers == [1, 2, 3])
        #expect(driver.model.queue.rows[1].isDecided)

        driver.press("N")

        #expect(driver.shownNumbers == [1, 3])
    }

    @Test func `after a minute without keys the list is as the service has it`() {
        var driver = ConsoleDriver.showing(items(1, 2, 3))
        driver.press("j")
        driver.show(items(9, 2, 3), sequence: 2)
        driver.advance(ms: 59_000)
        #expect(driver.shownNumbers == [1, 2, 3])

        driver.advance(ms: 2_000)

        #expect(driver.shownNumbers == [9, 2, 3])
        #expect(driver.selectedNumber == 2)
    }

    @Test func `the first items of an empty queue show at once`() {
        var driver = ConsoleDriver.showing([])
        #expect(driver.selectedNumber == nil)

        driver.show(items(5), sequence: 2)

        #expect(driver.shownNumbers == [5])
        #expect(driver.selectedNumber == 5)
        #expect(driver.requests.contains(.loadDetail(QueueItem.sample(5).reference)))
    }

    @Test func `a new item that cannot wait rings, any other does not`() {
        var driver = ConsoleDriver.showing(items(1))
        driver.show(items(1, 2), sequence: 2)
        #expect(!driver.requests.contains(.bell))

        driver.show(items(1, 2) + [.sample(3, risk: .irreversible)], sequence: 3)
        #expect(driver.requests.filter { $0 == .bell }.count == 1)

        driver.show(items(1, 2) + [.sample(3, risk: .irreversible)], sequence: 4)
        #expect(driver.requests.filter { $0 == .bell }.count == 1)
    }

    @Test func `moving near the end of the window asks for the next one`() throws {
        var driver = ConsoleDriver.showing([])
        let window = (1...driver.model.windowRows).map { QueueItem.sample(Int64($0)) }
        driver.show(window, total: 10_000, sequence: 2)
        for _ in 0..<30 { driver.press(.pageDown) }

        let query = try #require(driver.model.queue.asked)
        #expect(query.offset > 0)
        let selected = driver.selectedNumber
        let next = (query.offset..<query.offset + query.limit).map {
            QueueItem.sample(Int64($0) + 1)
        }
        driver.show(next, total: 10_000, sequence: 3)

        #expect(driver.selectedNumber == selected)
        #expect(driver.model.queue.offset == query.offset)
        #expect(driver.model.queue.rows.count == query.limit)
    }

    @Test func `G goes to the last of ten thousand, g back to the first`() throws {
        var driver = ConsoleDriver.showing([])
        let window = (1...driver.model.windowRows).map { QueueItem.sample(Int64($0)) }
        driver.show(window, total: 10_000, sequence: 2)

        driver.press("G")
        #expect(driver.model.queue.asked?.offset == 10_000 - window.count)
        driver.show(
            (10_001 - window.count...10_000).map { QueueItem.sample(Int64($0)) },
            total: 10_000,
            sequence: 3
        )
        #expect(driver.selectedNumber == 10_000)

        driver.press("g")
        driver.show(window, total: 10_000, sequence: 4)
        #expect(driver.selectedNumber == 1)
    }

    @Test(arguments: [(24, 96), (40, 160), (60, 240), (1_000, 1_000)])
    func `a taller terminal holds more rows, never more than a list may have`(
        rows: Int,
        held: Int
    ) {
        var driver = ConsoleDriver.showing(items(1))

        driver.send(.resized(Size(columns: 120, rows: rows)))

        #expect(driver.model.windowRows == held)
    }

    @Test func `an answer to an earlier question is dropped`() {
        var driver = ConsoleDriver.showing(items(1))

        driver.send(
            .queueChanged(
                QueueWindow(
                    query: QueueQuery(offset: 512, limit: 256),
                    items: items(8),
                    total: 1,
                    sequence: 9
                )
            )
        )

        #expect(driver.shownNumbers == [1])
    }

    @Test func `a filter is asked of the service`() {
        var driver = ConsoleDriver.showing(items(1, 2))
        driver.press("/")
        driver.type("drop")
        driver.press(.enter)
        driver.show(items(1, 2), sequence: 2)
        let query = QueueQuery(offset: 0, limit: driver.model.windowRows, text: "drop")
        #expect(driver.requests.contains(.subscribe(query)))

        driver.show(items(2), sequence: 3)

        #expect(driver.shownNumbers == [2])
        #expect(driver.selectedNumber == 2)
    }

    @Test func `a revision is marked until all of it was seen`() {
        var driver = ConsoleDriver.showing(items(1, 2))
        driver.press("j")
        let revised = driver.revise(.sample(1))
        driver.show([revised, .sample(2)], sequence: 2)
        driver.settle()
        #expect(driver.model.queue.rows[0].isChanged)

        driver.press("k")
        driver.requests = [.loadDetail(revised.reference)]
        driver.settle()
        driver.paint()

        #expect(!driver.model.queue.rows[0].isChanged)
    }

    @Test func `a late answer about an older revision is dropped`() {
        var driver = ConsoleDriver.showing(items(1))
        let revised = driver.revise(.sample(1))
        driver.show([revised], sequence: 2)

        driver.send(.detailLoaded(.sample(.sample(1))))

        #expect(driver.model.queue.rows[0].item.digest == revised.digest)
        #expect(driver.requests.contains(.loadDetail(revised.reference)))
        #expect(driver.model.obstacle(to: .approve) == .loading)
    }

    @Test func `a late answer does not bring a decided item back`() {
        var driver = ConsoleDriver.showing(items(1, 2))
        var decided = QueueItem.sample(1)
        decided.state = .approved
        driver.send(.detailLoaded(.sample(decided)))

        driver.send(.detailLoaded(.sample(.sample(1))))
        driver.show(items(1, 2), sequence: 2)

        #expect(driver.model.queue.rows[0].isDecided)
        #expect(driver.model.obstacle(to: .approve) == .decided(.approved))
    }

    @Test func `an action that changed shows what was seen before`() {
        var driver = ConsoleDriver.showing(items(1))
        let revised = driver.revise(.sample(1))
        driver.show([revised], sequence: 2)

        driver.settle()

        #expect(driver.model.selected?.earlier?.item.digest == QueueItem.sample(1).digest)
        #expect(driver.model.selected?.detail?.item.digest == revised.digest)
    }

    @Test func `the first item of an empty queue can ring too`() {
        var driver = ConsoleDriver.showing([])

        driver.show([.sample(3, risk: .irreversible)], sequence: 2)

        #expect(driver.requests.contains(.bell))
    }

    @Test func `only another list and a place not held are waited for`() {
        var driver = ConsoleDriver.showing([])
        #expect(!driver.model.awaitsWindow)
        let window = (1...driver.model.windowRows).map { QueueItem.sample(Int64($0)) }
        driver.show(window, total: 10_000, sequence: 2)
        while driver.requests.last(where: \.isSubscription) == nil { driver.press("j") }
        #expect(!driver.model.awaitsWindow, "read ahead: the rows in sight stay")

        driver.show(window, total: 10_000, sequence: 3)
        driver.press("G")
        #expect(driver.model.awaitsWindow)

        driver.show(window, total: 10_000, sequence: 4)
        #expect(!driver.model.awaitsWindow)
        driver.press("/")
        driver.type("drop")
        #expect(driver.model.awaitsWindow)
    }

    @Test func `the item that the next key comes to is named across parts of the queue`() {
        var driver = ConsoleDriver.showing([])
        let held = driver.model.windowRows
        driver.show((1...held).map { .sample(Int64($0)) }, total: 10_000, sequence: 2)
        while driver.requests.last(where: \.isSubscription) == nil { driver.press("j") }
        let offset = driver.model.queue.asked?.offset ?? 0
        driver.requests = []

        let next = (offset + 1...offset + held).map { QueueItem.sample(Int64($0)) }
        driver.show(next, total: 10_000, sequence: 3)
        let selected = driver.selectedNumber ?? 0
        let after = QueueItem.sample(selected + 1).reference
        #expect(driver.expectations.last?.first == after)

        driver.press("j")
        #expect(driver.selectedNumber == selected + 1)
        #expect(driver.expectations.last?.first == QueueItem.sample(selected + 2).reference)
    }

    @Test func `far down the queue, news at its top is told`() {
        var driver = ConsoleDriver.showing([])
        let window = (1...driver.model.windowRows).map { QueueItem.sample(Int64($0)) }
        driver.show(window, total: 10_000, sequence: 2)
        driver.press("G")
        let end = (10_001 - window.count...10_000).map { QueueItem.sample(Int64($0)) }
        driver.show(end, total: 10_000, sequence: 3)
        driver.requests = []
        guard let query = driver.model.queue.asked else { return }

        driver.send(
            .queueChanged(
                QueueWindow(
                    query: query,
                    items: end,
                    total: 10_001,
                    counts: ["urgent": 1],
                    sequence: 4
                )
            )
        )

        #expect(driver.requests.contains(.bell))
        #expect(driver.notices.contains { $0.contains("at the top") })
    }
}

extension Request {
    fileprivate var isSubscription: Bool {
        if case .subscribe = self { true } else { false }
    }
}

extension ConsoleDriver {
    /// The items named as what the next key may come to, oldest first.
    fileprivate var expectations: [[ItemReference]] {
        requests.compactMap { if case .expectDetails(let items) = $0 { items } else { nil } }
    }
}
