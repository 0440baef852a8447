import HoldCore
import Testing

@testable import HoldConsole

@Suite struct OrderTests {
    private func enter(_ line: String, _ driver: inout ConsoleDriver) {
        driver.press(":")
        driver.press(line)
        driver.press(.enter)
    }

    @Test(arguments: Keymap.Command.allCases)
    func `every command has its name in the command line`(command: Keymap.Command) throws {
        let line = command.rawValue
        let expected: Order = command == .quit ? .quit : .run(command)

        #expect(try Order(line) == expected)
        var driver = ConsoleDriver.showing([.sample(1), .sample(2)])
        enter(line, &driver)
        #expect(driver.decisions.isEmpty && driver.model.holds.isEmpty)
    }

    @Test(arguments: [
        ("sort age", Order.sort(.age)), ("sort", .run(.sortMenu)), ("filter", .run(.filter)),
        ("filter risk:HIGH x", .filter("risk:HIGH x")), ("theme dawn", .set(.theme, "dawn")),
        ("set glyphs ascii", .set(.glyphs, "ascii")), ("set glyphs=ascii", .set(.glyphs, "ascii")),
        ("set pause", .tell(.pause)), ("goto 4826", .go(4_826)), ("goto #12", .go(12)),
        ("4826", .go(4_826)), ("#7", .go(7)), ("q", .quit), ("  q  ", .quit),
    ])
    func `lines are read as what they say`(line: String, order: Order) throws {
        #expect(try Order(line) == order)
    }

    @Test(arguments: [
        "frobnicate", "sort luck", "filter risk:", "set", "set colour red", "goto", "goto there",
        "q now", "approve 4826", "99999999999999999999", "help me",
    ])
    func `what is wrong is said in a sentence, and the line stays`(line: String) {
        #expect(throws: OrderProblem.self) { try Order(line) }
        var driver = ConsoleDriver.showing([.sample(1)])

        enter(line, &driver)

        #expect(driver.model.prompt?.problem?.hasSuffix(".") == true)
        #expect(driver.decisions.isEmpty)
    }

    @Test func `a command line opens a sheet and decides nothing`() {
        var driver = ConsoleDriver.showing([.sample(1)])
        enter("approve", &driver)
        #expect(driver.approveSheet?.phase == .opened)
        driver.paint()
        driver.press("y")
        #expect(driver.model.holds.isEmpty)

        driver.advance(ms: 1_200)
        driver.press("y")
        #expect(driver.model.holds.count == 1)
    }

    @Test func `settings take effect, and tell what they are`() throws {
        var driver = ConsoleDriver.showing([.sample(1)])
        enter("set pause on", &driver)
        #expect(driver.model.queue.isPaused)
        enter("set sort risk", &driver)
        #expect(driver.queries.last?.sort == .risk)
        enter("set sort", &driver)
        #expect(driver.notices.contains { $0.hasPrefix("sort is risk.") })
        enter("set pause perhaps", &driver)
        #expect(driver.model.prompt?.problem?.contains("on, off") == true)
    }

    @Test(arguments: Setting.allCases)
    func `every value of a setting can be set and is then told`(setting: Setting) throws {
        var model = ConsoleDriver.showing([.sample(1)]).model
        for value in setting.values(in: model) {
            try model.set(setting, to: value)
            #expect(setting.value(in: model) == value)
        }
        #expect(throws: OrderProblem.self) { try model.set(setting, to: "nonsense") }
    }

    @Test func `a number goes to its item, wherever that is`() {
        var driver = ConsoleDriver.showing([.sample(1), .sample(2), .sample(3)])
        enter("3", &driver)
        #expect(driver.selectedNumber == 3)

        enter("goto 77", &driver)
        #expect(driver.requests.contains(.findNumber(77)))
        driver.send(.numberFound(.sample(.sample(77))))
        #expect(driver.selectedNumber == 77)
        #expect(driver.shownNumbers == [1, 2, 3, 77])
        #expect(driver.requests.contains(.loadDetail(QueueItem.sample(77).reference)))

        driver.send(.numberNotFound(78, "there is no such item"))
        #expect(driver.notices.contains { $0.contains("#78 was not found") })
    }

    @Test func `an item that was looked for does not slip under an open sheet`() {
        var driver = ConsoleDriver.showing([.sample(1), .sample(2)])
        enter("goto 77", &driver)
        driver.press("a")

        driver.send(.numberFound(.sample(.sample(77))))

        #expect(driver.selectedNumber == 1)
        #expect(driver.approveSheet?.target.number == 1)
    }

    @Test func `Tab completes names and values, and cycles`() {
        var driver = ConsoleDriver.showing([.sample(1)])
        driver.press(":", "the")
        driver.press(.tab)
        #expect(driver.model.prompt?.field.text == "theme ")
        #expect(driver.model.prompt?.completion?.candidates.map(\.text) == ["dusk", "dawn"])
        driver.press(.tab)
        #expect(driver.model.prompt?.field.text == "theme d")
        driver.press(.tab, .tab)
        #expect(driver.model.prompt?.field.text == "theme dawn")
        #expect(driver.model.theme.name == "dawn")
        driver.press(.escape)
        #expect(driver.model.theme.name == "dusk")
    }

    @Test func `the history is bounded, without doubles, and can be handed over`() {
        var history = PromptHistory()
        for number in 0..<250 { history.add("set sort \(number)", to: .command) }
        history.add("set sort 200", to: .command)

        #expect(history.commands.count == PromptHistory.most)
        #expect(history.commands.last == "set sort 200")
        #expect(Set(history.commands).count == history.commands.count)
        #expect(PromptHistory(commands: history.commands) == history)
    }
}
