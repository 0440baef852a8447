import HoldCore
import Testing

@testable import HoldConsole

/// Keys in, pictures out: the update and the drawing together.
@Suite struct DrawnConsoleTests {
    private static let sizes = [
        Size(columns: 40, rows: 10), Size(columns: 60, rows: 20), Size(columns: 80, rows: 24),
        Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
    ]

    private func drawn(_ items: [QueueItem], size: Size) -> ConsoleDriver {
        var driver = ConsoleDriver.showing([], size: size)
        driver.renderer = Renderer()
        for item in items { driver.details[item.reference] = .sample(item) }
        driver.show(items, sequence: 2)
        driver.settle()
        driver.advance(ms: 500)
        return driver
    }

    /// Scrolls the action until all of it was seen.
    private func read(_ driver: inout ConsoleDriver) {
        driver.press("2")
        driver.paint()
        for _ in 0..<60 where driver.model.selected?.unread != nil {
            driver.press("j")
            driver.advance(ms: 100)
        }
    }

    @Test(arguments: sizes)
    func `an item can be read and approved at every size`(size: Size) throws {
        var driver = drawn([.sample(1, risk: .high)], size: size)
        read(&driver)
        #expect(driver.model.obstacle(to: .approve) == nil)

        driver.press("a")
        driver.advance(ms: 1_000)
        #expect(driver.approveSheet?.phase == .armed)
        driver.press("y")
        driver.advance(ms: 10_000)

        #expect(driver.approvals.count == 1)
    }

    @Test(arguments: sizes)
    func `an irreversible action can be typed at every size`(size: Size) throws {
        var driver = drawn([.sample(1, risk: .irreversible)], size: size)
        read(&driver)
        driver.press("a")
        driver.advance(ms: 2_000)
        #expect(driver.approveSheet?.phase == .armed)
        driver.type("drop_index")

        driver.press(.enter)

        #expect(driver.model.holds.count == 1)
    }

    @Test(arguments: sizes)
    func `a rejection says why at every size`(size: Size) throws {
        var driver = drawn([.sample(1)], size: size)
        driver.press("r")
        driver.press("4")
        driver.type("please")
        driver.paint()
        #expect(driver.picture.contains("please"))
        driver.press(.control("s"))

        #expect(driver.decisions.map(\.kind) == [.reject])
    }

    @Test func `the words of a terminal that is too small decide nothing`() {
        var driver = drawn([.sample(1)], size: Size(columns: 24, rows: 6))

        driver.press("a")
        driver.advance(ms: 3_000)
        driver.press("y")

        #expect(driver.model.sheet == nil && driver.model.holds.isEmpty)
    }

    @Test func `a queue with nothing in it says so, and shows what comes`() {
        var driver = drawn([], size: Size(columns: 80, rows: 24))
        driver.paint()
        #expect(driver.picture.contains("Nothing is waiting for you"))

        driver.details[QueueItem.sample(7).reference] = .sample(.sample(7))
        driver.show([.sample(7)], sequence: 3)
        driver.paint()

        #expect(driver.picture.contains("drop_index"))
    }
}
