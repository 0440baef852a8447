import HoldCore
import TestAccounts
import Testing

@testable import HoldConsole

@Suite struct SessionMemoryTests {
    private static let items = (1...5).map { QueueItem.sample($0) }

    private func console(restoring memory: SessionMemory) -> ConsoleDriver {
        var driver = ConsoleDriver()
        driver.model.restore(memory)
        for item in Self.items { driver.details[item.reference] = .sample(item) }
        driver.send(
            .connected(Connection(place: "prod", user: "alice", separation: .enforced))
        )
        driver.show(Self.items)
        driver.settle()
        return driver
    }

    @Test func `the console takes up at the item where the person was`() {
        let third = Self.items[2].reference
        var driver = console(restoring: SessionMemory(selection: third))
        #expect(driver.model.queue.selection == third)
        #expect(driver.model.memory.selection == third)

        // Only once: later the selection is the person's own.
        driver.press("k")
        driver.show(Self.items)
        #expect(driver.model.queue.selection == Self.items[1].reference)
    }

    @Test func `an item that is gone leaves the first row selected`() {
        let gone = ItemReference(workflow: WorkflowKey("gone"), step: StepID("gone/1"))
        let driver = console(restoring: SessionMemory(selection: gone))
        #expect(driver.model.queue.selection == Self.items[0].reference)
    }

    @Test func `a filter of last time is in force, asked for, and said`() {
        let driver = console(restoring: SessionMemory(filter: "risk:HIGH"))
        #expect(driver.model.queue.filter == "risk:HIGH")
        #expect(driver.model.queue.asked?.text == "risk:HIGH")
        #expect(driver.model.notices.contains { $0.text.contains("filter of last time") })
    }

    @Test func `a theme that was chosen by hand is kept, the one of the settings is not`() {
        var driver = console(restoring: SessionMemory())
        #expect(driver.model.memory.theme == nil)
        driver.press("T")
        #expect(driver.model.theme.name == "dawn" && driver.model.memory.theme == "dawn")
        driver.press("T")
        #expect(driver.model.memory.theme == nil)
    }

    @Test func `a memory is read as it was written`() throws {
        let memory = SessionMemory(
            filter: "agent:\u{202E}x",
            selection: Self.items[4].reference,
            theme: "dawn"
        )
        #expect(SessionMemory(try #require(memory.bytes)) == memory)
    }

    @Test(arguments: ["", "{", "[]", "{\"filter\":7}", "{\"selection\":{}}", "\u{0}"])
    func `what is no memory is as good as none`(_ text: String) {
        #expect(SessionMemory(Array(text.utf8)) == nil)
    }

    @Test func `what is too long is neither kept nor read`() {
        let long = SessionMemory(filter: String(repeating: "x", count: 70_000))
        #expect(long.bytes == nil)
        #expect(SessionMemory(Array(repeating: 0x20, count: 70_000) + Array("{}".utf8)) == nil)
    }
}
