import HoldCore
import Testing

@testable import HoldConsole

@Suite struct KeyTests {
    private let item = QueueItem.sample(1)

    @Test(arguments: ["okay", "days", "says", "quay"])
    func `stray typing locks the decision keys until Esc`(word: String) {
        var driver = ConsoleDriver.showing([item])

        for letter in word.unicodeScalars {
            driver.press(.character(letter))
            driver.jump(ms: 60)
        }
        #expect(driver.model.isLocked || driver.requests.contains(.quit))
        #expect(driver.decisions.isEmpty && driver.model.holds.isEmpty)
        #expect(driver.model.sheet == nil)
        driver.advance(ms: 5_000)
        driver.press("a")
        #expect(driver.model.sheet == nil)

        driver.press(.escape)
        driver.press("a")
        #expect(driver.approveSheet != nil)
    }

    @Test func `a moving key held down locks nothing`() {
        var driver = ConsoleDriver.showing((1...40).map { .sample(Int64($0)) })

        for _ in 0..<20 {
            driver.press("j")
            driver.jump(ms: 30)
        }

        #expect(!driver.model.isLocked)
        #expect(driver.selectedNumber == 21)
    }

    @Test func `typing text fast is no stray typing`() {
        var driver = ConsoleDriver.showing([item])
        driver.press("r", "1")

        driver.press("okay, days")

        #expect(!driver.model.isLocked)
    }

    @Test func `a paste outside a text field does nothing`() {
        var driver = ConsoleDriver.showing([item])

        driver.press(.paste(Array("ay\nq".utf8)))

        #expect(driver.model.sheet == nil)
        #expect(!driver.requests.contains(.quit))
        #expect(driver.notices.contains { $0.contains("paste") })
    }

    @Test func `digits and Tab go through the panes`() {
        var driver = ConsoleDriver.showing([item])
        driver.press("5")
        #expect(driver.model.focus == .context)
        driver.press("j")
        #expect(driver.model.scroll(of: .context) == 1)
        driver.press(.end)
        #expect(driver.model.scroll(of: .context) == 25)
        driver.press(.tab)
        #expect(driver.model.focus == .undo)
        driver.press(.backTab)
        #expect(driver.model.focus == .context)
        #expect(driver.selectedNumber == 1)
    }

    @Test func `Enter opens the item, Esc and q lead back`() {
        var driver = ConsoleDriver.showing([item])
        driver.press(.enter)
        #expect(driver.model.screen == .item)
        driver.press("q")
        #expect(driver.model.screen == .triage)
        #expect(!driver.requests.contains(.quit))
        driver.press(.enter, .escape, .escape)
        #expect(driver.model.screen == .triage)
        #expect(!driver.requests.contains(.quit))
    }

    @Test func `help scrolls, closes, and decides nothing`() {
        var driver = ConsoleDriver.showing([item])
        driver.press("?", "j", "a")
        #expect(driver.model.screen == .help)
        #expect(driver.model.helpScroll == 1)
        #expect(driver.model.sheet == nil)

        driver.press(.escape)
        #expect(driver.model.screen == .triage)
    }

    @Test func `a theme is tried out while it is typed, and Esc brings the old one back`() {
        var driver = ConsoleDriver.showing([item])
        driver.press(":")
        driver.type("theme dawn")
        #expect(driver.model.theme.name == "dawn")
        driver.press(.escape)
        #expect(driver.model.theme.name == "dusk")

        driver.press(":")
        driver.type("theme dawn")
        driver.press(.enter)
        #expect(driver.model.theme.name == "dawn")
        driver.press("T")
        #expect(driver.model.theme.name == "dusk")
    }

    @Test(arguments: ["theme nope", "make coffee", "set glyphs emoji"])
    func `a command that is none says what there is`(command: String) {
        var driver = ConsoleDriver.showing([item])
        driver.press(":")
        driver.type(command)

        driver.press(.enter)

        #expect(driver.model.prompt?.problem != nil)
    }

    @Test func `commands quit, help and set glyphs`() {
        var driver = ConsoleDriver.showing([item])
        driver.press(":")
        driver.type("set glyphs ascii")
        driver.press(.enter)
        #expect(driver.model.glyphs == .ascii)
        #expect(driver.model.prompt == nil)

        driver.press(":")
        driver.type("q")
        driver.press(.enter)
        #expect(driver.requests.contains(.quit))
    }

    @Test func `the pager gets the text through the display filter`() throws {
        var item = self.item
        item.summary = "evil \u{1B}]52;c;x\u{7}"
        var driver = ConsoleDriver.showing([item])
        driver.press("o")

        let texts = driver.requests.compactMap { request -> String? in
            if case .openPager(let text) = request { return text.plain }
            return nil
        }
        let text = try #require(texts.first)
        #expect(text.contains("agent> drop_index"))
        // Editors look for settings in the first and last lines.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect((lines.prefix(6) + lines.suffix(6)).allSatisfy { $0.hasPrefix("#") })
        for title in ["Arguments:", "Undo:", "Digest", "A rejection undoes:", "Workflow:"] {
            #expect(text.contains(title))
        }
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test(arguments: [
        (Size(columns: 39, rows: 40), false), (Size(columns: 120, rows: 9), false),
        (Size(columns: 40, rows: 10), true),
    ])
    func `a screen too small to show the action decides nothing`(size: Size, isOn: Bool) {
        var driver = ConsoleDriver.showing([item], size: size)

        driver.press("a")

        #expect((driver.approveSheet != nil) == isOn)
    }

    @Test func `a resize closes the sheet and lines have to be seen anew`() {
        var driver = ConsoleDriver.showing([item])
        driver.press("a")
        driver.send(.resized(Size(columns: 80, rows: 24)))

        #expect(driver.model.sheet == nil)
        #expect(driver.model.obstacle(to: .approve) == .unread(.lines(1)))
        driver.paint()
        #expect(driver.model.obstacle(to: .approve) == nil)
    }

    @Test func `a stuck undo is told with the bell, once`() {
        var driver = ConsoleDriver.showing([item])
        var line = WorkflowLine(
            workflow: item.reference.workflow,
            agent: "db-janitor",
            status: .running,
            pending: 1,
            depth: Depth(current: 3, limit: 3),
            updatedAt: driver.now.wall
        )
        driver.send(.workflowsLoaded([line]))
        #expect(driver.model.workflowsByUrgency.first?.word == .atLimit)
        line.status = .stuck

        driver.send(.workflowsLoaded([line]))
        driver.send(.workflowsLoaded([line]))

        #expect(driver.requests.filter { $0 == .bell }.count == 1)
        #expect(driver.model.workflowsByUrgency.first?.word == .stuck)
        #expect(driver.requests.contains(.loadDetail(item.reference)))
    }
}
