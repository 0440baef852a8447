import HoldCore
import Testing

@testable import HoldConsole

@Suite struct FilterTests {
    private func items(_ numbers: Int64...) -> [QueueItem] { numbers.map { .sample($0) } }

    private func driver() -> ConsoleDriver { ConsoleDriver.showing(items(1, 2, 3, 4)) }

    @Test func `while one question is under way only the newest text waits for its turn`() {
        var driver = driver()
        driver.press("/", "drop")
        #expect(driver.queries.map(\.text) == ["d"])
        #expect(driver.shownNumbers == [1, 2, 3, 4])

        driver.show(items(2, 3), sequence: 2)
        #expect(driver.queries.map(\.text) == ["d", "drop"])
        #expect(driver.shownNumbers == [2, 3])

        driver.show(items(3), sequence: 3)
        #expect(driver.queries.count == 2)
        #expect(driver.shownNumbers == [3])
    }

    @Test func `a text that is typed back is not asked for`() {
        var driver = driver()
        driver.press("/", "dr")
        driver.press(.backspace)

        driver.show(items(2), sequence: 2)

        #expect(driver.queries.map(\.text) == ["d"])
        #expect(driver.shownNumbers == [2])
    }

    @Test func `the selection stays on its item for as long as that is there`() {
        var driver = driver()
        driver.press("jj", "/", "d")
        driver.show(items(2, 3, 4), sequence: 2)
        #expect(driver.selectedNumber == 3)

        driver.press("x")
        driver.show(items(2, 4), sequence: 3)
        #expect(driver.selectedNumber == 2)
    }

    @Test func `Esc brings back the filter and the selection from before`() {
        var driver = driver()
        driver.press("jj", "/", "zz")
        driver.show(items(4), sequence: 2)
        #expect(driver.selectedNumber == 4)
        driver.show([], sequence: 3)

        driver.press(.escape)
        #expect(driver.queries.last?.text == nil)
        driver.show(items(1, 2, 3, 4), sequence: 4)

        #expect(driver.model.queue.filter == nil)
        #expect(driver.shownNumbers == [1, 2, 3, 4])
        #expect(driver.selectedNumber == 3)
    }

    @Test func `Esc before any answer leaves every row where it was`() {
        var driver = driver()
        driver.press("j", "/", "z")
        driver.press(.escape)

        driver.show(items(4), sequence: 2)
        #expect(driver.shownNumbers == [1, 2, 3, 4])
        #expect(driver.queries.map(\.text) == ["z", nil])

        driver.show(items(1, 2, 3, 4), sequence: 3)
        #expect(driver.shownNumbers == [1, 2, 3, 4])
        #expect(driver.selectedNumber == 2)
    }

    @Test func `Enter keeps a filter, and Esc at the top takes it away`() {
        var driver = driver()
        driver.press("/", "drop")
        driver.press(.enter)
        driver.show(items(1, 2), sequence: 2)
        driver.show(items(2), sequence: 3)
        #expect(driver.model.prompt == nil)
        #expect(driver.model.queue.filter == "drop")
        #expect(driver.model.history.filters == ["drop"])

        driver.press(.escape)

        #expect(driver.model.queue.filter == nil)
        #expect(driver.queries.last?.text == nil)
        #expect(!driver.requests.contains(.quit))
    }

    @Test(arguments: ["risk:", "nofield:x", "left:soon", "\"open"])
    func `what means nothing is told in words and never asked`(text: String) {
        var driver = driver()
        driver.press("/")
        for scalar in text.unicodeScalars {
            driver.press(.character(scalar))
            driver.show(items(1), sequence: 2)
        }
        #expect(driver.model.prompt?.problem?.hasSuffix(".") == true)
        #expect(!driver.queries.map(\.text).contains(text))

        driver.press(.enter)
        #expect(driver.model.prompt != nil)
    }

    @Test func `what the service does not take is told in the line, and the next text is asked`() {
        var driver = driver()
        driver.press("/", "ab")
        let query = QueueQuery(offset: 0, limit: driver.model.windowRows, text: "a")
        driver.send(.queueFailed(query, "The store is busy."))

        #expect(driver.model.prompt?.problem == "The store is busy.")
        #expect(driver.queries.map(\.text) == ["a", "ab"])
        #expect(driver.shownNumbers == [1, 2, 3, 4])
    }

    @Test func `after a lost link the newest text is asked for`() {
        var driver = driver()
        driver.press("/", "ab")
        driver.send(.disconnected(cause: "gone"))
        driver.send(.connected(Connection(place: "", user: "alice", separation: .enforced)))

        #expect(driver.queries.map(\.text) == ["a", "ab"])
    }

    @Test func `n and b go through what still waits`() {
        var driver = driver()
        driver.press("n")
        #expect(driver.selectedNumber == 1)
        #expect(driver.notices.contains { $0.contains("No filter") })
        driver.press("/", "d")
        driver.press(.enter)
        var decided = QueueItem.sample(2)
        decided.state = .approved
        driver.show([.sample(1), decided, .sample(3), .sample(4)], sequence: 2)

        driver.press("n")
        #expect(driver.selectedNumber == 3)
        driver.type("nn")
        #expect(driver.selectedNumber == 4)
        driver.type("b")
        #expect(driver.selectedNumber == 3)
        driver.type("b")
        #expect(driver.selectedNumber == 1)
    }

    @Test func `Tab completes fields and what the rows have`() {
        var driver = driver()
        driver.press("/", "ri")
        #expect(driver.model.prompt?.completion?.candidates.map(\.text) == ["risk:"])
        driver.press(.tab)
        #expect(driver.model.prompt?.field.text == "risk:")
        driver.press(.tab)
        #expect(driver.model.prompt?.field.text == "risk:IRREV")
        driver.press(.tab)
        #expect(driver.model.prompt?.field.text == "risk:HIGH")
        driver.press(.backTab)
        #expect(driver.model.prompt?.field.text == "risk:IRREV")

        driver.press(" -ag")
        driver.press(.tab)
        driver.press(.tab)
        #expect(driver.model.prompt?.field.text == "risk:IRREV -agent:db-janitor ")
        #expect(driver.model.queue.filter == "risk:IRREV -agent:db-janitor")
    }

    @Test func `earlier filters come back with Up`() {
        var driver = driver()
        for text in ["one", "two"] {
            driver.press("/")
            driver.press(.control("u"))
            driver.press(text)
            driver.press(.enter)
        }
        driver.press("/")
        driver.press(.control("u"))
        driver.press("t")
        driver.press(.up)
        #expect(driver.model.prompt?.field.text == "two")
        driver.press(.up, .up)
        #expect(driver.model.prompt?.field.text == "one")
        driver.press(.down, .down)
        #expect(driver.model.prompt?.field.text == "t")
    }

    @Test func `what a filter looks for is marked, and not what it leaves out`() {
        #expect(FilterText.highlights(of: "Drop -git action:sql risk:HIGH") == ["drop", "sql"])
        #expect(FilterText.highlights(of: "\"two words\"") == ["two words"])
        #expect(FilterText.highlights(of: "risk:").isEmpty)
        #expect(FilterText.highlights(of: nil).isEmpty)
    }
}
