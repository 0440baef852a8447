import HoldCore
import Testing

@testable import HoldConsole

@Suite struct MenuTests {
    private func driver() -> ConsoleDriver {
        ConsoleDriver.showing([.sample(1), .sample(2, workflow: "wf-2"), .sample(3)])
    }

    private func menu(_ driver: ConsoleDriver) -> Menu? {
        if case .menu(let menu) = driver.model.sheet { return menu }
        return nil
    }

    @Test func `the filter menu puts the text together that could be typed`() {
        var driver = driver()
        driver.type("fr1")
        #expect(driver.model.sheet == nil)
        #expect(driver.model.queue.filter == "risk:IRREV")

        driver.type("fw")
        #expect(menu(driver)?.entries.map(\.text) == ["wf-1", "wf-2"])
        driver.type("1")
        #expect(driver.model.queue.filter == "risk:IRREV wf:wf-1")

        driver.type("fr2")
        #expect(driver.model.queue.filter == "wf:wf-1 risk:HIGH")
        driver.type("fr2")
        #expect(driver.model.queue.filter == "wf:wf-1")
        driver.type("f0")
        #expect(driver.model.queue.filter == nil)
    }

    @Test(arguments: FilterField.allCases)
    func `every value of every field is a filter that can be read`(field: FilterField) {
        let driver = driver()
        let values = driver.model.filterValues(of: field)
        #expect(!values.isEmpty)
        for value in values {
            #expect(FilterText.problem(of: FilterText.word(field, value.value)) == nil)
        }
    }

    @Test(arguments: ["a b", "x\"y", "-z", "q:r", "\u{202E}", "a\nb", ""])
    func `names of any kind become one word each`(name: String) {
        let word = FilterText.word(.agent, name)

        #expect(FilterText.words(of: "x \(word) y").count == 3)
        #expect(FilterText.toggling(.agent, name, in: word) == "")
    }

    @Test func `the order is asked of the service, and the selection stays`() {
        var driver = driver()
        driver.type("jO")
        #expect(menu(driver)?.entries.map(\.text) == QueueSort.allCases.map(\.rawValue))
        #expect(menu(driver)?.cursor == 0)
        driver.type("r")
        #expect(driver.queries.map(\.sort) == [.risk])
        #expect(driver.shownNumbers == [1, 2, 3])

        driver.show([.sample(3), .sample(2, workflow: "wf-2"), .sample(1)], sequence: 2)
        #expect(driver.shownNumbers == [3, 2, 1])
        #expect(driver.selectedNumber == 2)
        driver.type("O")
        #expect(menu(driver)?.cursor == 2)
    }

    @Test func `moving keys move in a menu, Esc leads back and out`() {
        var driver = driver()
        driver.type("fj")
        driver.press(.enter)
        #expect(menu(driver)?.page == .values(.workflow))
        driver.press(.end)
        #expect(menu(driver)?.cursor == 1)
        driver.press(.escape)
        #expect(menu(driver)?.page == .fields)
        driver.press(.escape)
        #expect(driver.model.sheet == nil)
        #expect(driver.model.queue.filter == nil)
    }
}
