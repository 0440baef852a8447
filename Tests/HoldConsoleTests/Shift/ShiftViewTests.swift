import HoldCore
import Testing

@testable import HoldConsole

/// Stats, the hand-off, and a service that cannot write.
@Suite struct ShiftViewTests {
    private func console(_ size: Size = Size(columns: 120, rows: 40)) -> ConsoleDriver {
        var driver = ConsoleDriver.showing([.sample(1), .sample(2)], size: size)
        driver.renderer = Renderer()
        driver.advance(ms: 500)
        driver.requests = []
        return driver
    }

    // MARK: - Stats

    @Test func `S asks for this shift, and digits for other times`() throws {
        var driver = console()
        driver.press("S")
        let now = driver.model.serviceNow
        #expect(driver.shift == [.loadFigures(since: now - Span(minutes: 480))])

        driver.requests = []
        driver.press("1")
        #expect(driver.shift == [.loadFigures(since: now - Span(minutes: 60))])
        driver.requests = []
        driver.press("4")
        #expect(driver.shift == [.loadFigures(since: nil)])
        #expect(driver.model.focus == .queue && driver.model.zoomed == nil)
    }

    @Test func `figures of another time than the one shown are dropped`() throws {
        var driver = console()
        driver.press("S")
        let first = try #require(driver.shift.first)
        driver.press("4")
        driver.send(.shift(.figures(first, ShiftSample.figures)))
        #expect(driver.model.stats.figures == nil)

        driver.send(.shift(.figures(.loadFigures(since: nil), ShiftSample.figures)))
        #expect(driver.model.stats.figures != nil)
    }

    @Test func `open figures are read anew every half minute, and not behind another view`() {
        var driver = console()
        driver.press("S")
        driver.answerFigures()
        driver.requests = []
        driver.advance(ms: 29_000)
        #expect(driver.shift.isEmpty)
        driver.advance(ms: 2_000)
        #expect(driver.shift.count == 1)

        driver.answerFigures()
        driver.press(.escape)
        driver.requests = []
        driver.advance(ms: 90_000)
        #expect(driver.shift.isEmpty)
    }

    @Test func `Tab turns the table and moving keys go through its rows`() {
        var driver = console(Size(columns: 80, rows: 24))
        driver.press("S")
        driver.answerFigures()
        driver.paint()
        driver.press("G")
        driver.paint()
        #expect(driver.model.stats.cursor.index == 6)
        #expect(driver.picture.contains("onboard-hr-7f2"))

        driver.press(.tab)
        driver.paint()
        #expect(driver.model.stats.table == .action)
        #expect(driver.picture.contains("By action"))
        #expect(driver.model.stats.cursor.index == 0)
    }

    @Test func `Enter shows what waits of a row in the queue`() {
        var driver = console()
        driver.press("S")
        driver.answerFigures()
        driver.paint()
        driver.press("j")
        driver.press(.enter)

        #expect(driver.model.screen == .triage && driver.model.focus == .queue)
        #expect(driver.model.queue.asked?.text == "wf:\"refund-bot-7f2\"")
    }

    @Test func `signs of haste are pointed at, and a suggestion wants one LOW action`() {
        var signs = ReviewSigns(decided: 41, quick: 3, quickHigh: 0, longestRun: 9)
        #expect(!signs.isHasty && !signs.isLongRun && signs.suggestion == nil)
        signs.quick = 5
        #expect(signs.isHasty)
        signs.longestRun = 20
        #expect(signs.isLongRun)

        signs.most = .init(action: "git.push", riskClass: .low, approved: 22, of: 29)
        #expect(signs.suggestion != nil)
        signs.most = .init(action: "git.push", riskClass: .low, approved: 14, of: 29)
        #expect(signs.suggestion == nil)
        signs.most = .init(action: "sql.exec", riskClass: .high, approved: 22, of: 29)
        #expect(signs.suggestion == nil)

        let often = ReviewSigns.Share(riskClass: .high, decided: 20, approved: 19)
        #expect(signs.isSuspicious(often))
        #expect(!signs.isSuspicious(.init(riskClass: .high, decided: 5, approved: 5)))
        #expect(!signs.isSuspicious(.init(riskClass: .low, decided: 20, approved: 20)))
    }

    @Test func `a sparkline never draws a little as nothing, nor nothing as a little`() {
        #expect(Sparkline.text([0, 1, 50, 100, nil], .unicode).plain == " ▁▄▇ ")
        #expect(Sparkline.text([0, 1, 50, 100, nil], .ascii).plain == " .-# ")
        #expect(Sparkline.text([], .unicode).isEmpty)
        #expect(Sparkline.text([0, 0], .ascii).plain == "  ")
    }

    @Test(arguments: [(90.0, 10.0), (601, 12), (7_300, 180), (90_000, 2_880)])
    func `the top of the chart is round and above everything`(seconds: Double, minutes: Double) {
        let chart = WaitChart(
            waits: [
                WaitFigure(
                    at: Scene.night,
                    opened: 1,
                    decided: 1,
                    p95: Span(seconds: seconds)
                )
            ],
            slow: Span(minutes: 10),
            glyphs: .unicode,
            width: 40,
            rows: 4
        )

        #expect(chart.top == Span(minutes: minutes))
        #expect(chart.lines().count == 5)
    }

    // MARK: - The hand-off

    @Test func `the hand-off is read at the start, when opened, and after a note`() {
        var driver = ConsoleDriver()
        driver.send(.connected(Connection(place: "", user: "alice", separation: .enforced)))
        #expect(driver.shift == [.loadHandoff])
        driver.send(.shift(.handoff(ShiftSample.handoff)))

        driver.requests = []
        driver.press("H")
        #expect(driver.shift == [.loadHandoff])
        driver.send(.shift(.handoff(ShiftSample.handoff)))

        driver.requests = []
        driver.advance(ms: 500)
        driver.press("i")
        driver.type("watch 7")
        driver.press(.control("s"))
        #expect(driver.shift == [.leaveHandoff("watch 7")])
        driver.send(.shift(.noted(.leaveHandoff("watch 7"))))
        #expect(driver.shift.last == .loadHandoff)
        #expect(driver.model.handoff.draft.isEmpty)
    }

    @Test(arguments: ["S", "H", "!"])
    func `keys of the list below do nothing unseen`(view: String) {
        var driver = console()
        driver.press(view)
        let before = driver.model.queue
        for key in "armecsWxzp/N".unicodeScalars where !"iSH!".unicodeScalars.contains(key) {
            driver.advance(ms: 400)
            driver.press(.character(key))
        }

        #expect(driver.model.sheet == nil && driver.model.prompt == nil)
        #expect(driver.model.queue == before && !driver.model.isRaw && driver.model.zoomed == nil)
        driver.press(.escape)
        #expect(driver.model.screen == .triage)
    }

    // MARK: - Read-only

    @Test func `a service that cannot write turns every decision key off and says why`() {
        var driver = console()
        driver.send(.shift(.health(.readOnly("the disk is full."))))
        #expect(driver.requests.contains(.bell))

        for command in [Keymap.Command.approve, .reject, .escalate, .modify] {
            #expect(driver.model.obstacle(to: command) == .readOnly("the disk is full."))
        }
        driver.press("r")
        #expect(driver.model.sheet == nil)
        driver.advance(ms: 20_000)
        driver.send(.shift(.health(.readOnly("the disk is full."))))
        driver.paint()
        #expect(driver.picture.contains("THE SERVICE CANNOT WRITE"))
        #expect(driver.picture.contains("keys OFF"))

        driver.send(.shift(.health(.well)))
        #expect(driver.model.obstacle(to: .reject) == nil)
    }

    @Test func `what is on hold is dropped when the service cannot write`() {
        var driver = ConsoleDriver.showing([.sample(1)])
        driver.advance(ms: 500)
        driver.press("a")
        driver.advance(ms: 1_500)
        driver.press("y")
        #expect(driver.model.holds.count == 1)

        driver.send(.shift(.health(.readOnly("no space"))))
        driver.advance(ms: 30_000)

        #expect(driver.model.holds.isEmpty && driver.approvals.isEmpty)
        #expect(
            driver.model.log.entries.contains {
                $0.text == "#1: the service cannot write, nothing was sent."
            }
        )
    }

    @Test func `it rings once as long as it cannot write`() {
        var driver = console()
        for _ in 0..<5 { driver.send(.shift(.health(.readOnly("no space")))) }

        #expect(driver.requests.filter { $0 == .bell }.count == 1)
    }
}

extension ConsoleDriver {
    /// Answers the figures that are under way.
    mutating func answerFigures() {
        for request in model.courtesies.underWay where request.isFigures {
            send(.shift(.figures(request, ShiftSample.figures)))
        }
    }
}
