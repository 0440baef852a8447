import HoldCore
import Testing

@testable import HoldConsole

@Suite struct ApproveTests {
    private let high = QueueItem.sample(4_826)

    /// Opens the sheet and waits until it takes a confirmation.
    private func armed(_ item: QueueItem) -> ConsoleDriver {
        var driver = ConsoleDriver.showing([item])
        driver.advance(ms: 1_000)
        driver.press("a")
        driver.paint()
        driver.advance(ms: 2_500)
        return driver
    }

    @Test func `an approval takes two keys, the arming time and the hold`() throws {
        var driver = ConsoleDriver.showing([high])
        driver.press("a")
        driver.paint()
        driver.advance(ms: 1_000)
        #expect(driver.approveSheet?.phase == .armed)

        driver.press("y")
        #expect(driver.model.holds.count == 1)
        #expect(driver.decisions.isEmpty)

        driver.advance(ms: 9_900)
        #expect(driver.decisions.isEmpty)
        driver.advance(ms: 100)
        let verdict = try #require(driver.decisions.first)
        #expect(driver.decisions.count == 1)
        #expect(verdict.kind == .approve)
        #expect(verdict.target.reference == high.reference)
        #expect(verdict.target.digest == high.digest)
        #expect(verdict.confirm == "y")
    }

    @Test func `a confirmation before the arming is over is dropped and arms anew`() {
        var driver = ConsoleDriver.showing([high])
        driver.press("a")
        driver.paint()
        driver.advance(ms: 900)
        driver.requests = []

        driver.press("y")

        #expect(driver.requests.contains(.flushInput))
        #expect(driver.model.holds.isEmpty)
        driver.paint()
        driver.advance(ms: 900)
        #expect(driver.approveSheet?.phase == .arming)
        driver.advance(ms: 100)
        #expect(driver.approveSheet?.phase == .armed)
    }

    @Test func `no key completes the arming by its own time`() {
        var driver = ConsoleDriver.showing([high])
        driver.press("a")
        driver.paint()
        driver.jump(ms: 5_000)

        driver.press("y")

        #expect(driver.model.holds.isEmpty)
    }

    @Test func `a sheet that was never painted whole does not arm`() {
        var driver = ConsoleDriver.showing([high])
        driver.press("a")
        driver.jump(ms: 5_000)
        driver.send(.ticked)

        driver.press("y")

        #expect(driver.model.holds.isEmpty)
        #expect(driver.approveSheet?.phase == .opened)
    }

    @Test func `the frame of an earlier arming does not count`() {
        var driver = armed(high)
        let stale = driver.approveSheet?.generation ?? 0
        driver.press(.focusIn)
        var report = FrameReport()
        report.sheet = driver.approveSheet.map { SheetShown(id: $0.id, generation: stale) }

        driver.send(.painted(report))

        #expect(driver.approveSheet?.phase == .opened)
    }

    @Test(arguments: [Key.character("a"), .character("n"), .escape, .enter, .tab, .character(" ")])
    func `any other key closes the sheet and sends nothing`(key: Key) {
        var driver = armed(high)

        driver.press(key)

        #expect(driver.model.sheet == nil)
        #expect(driver.model.holds.isEmpty)
        driver.advance(ms: 20_000)
        #expect(driver.decisions.isEmpty)
    }

    @Test func `taking back within the hold sends nothing`() {
        var driver = armed(high)
        driver.press("y")
        driver.advance(ms: 5_000)

        driver.press("u")

        #expect(driver.model.holds.isEmpty)
        driver.advance(ms: 20_000)
        #expect(driver.decisions.isEmpty)
    }

    @Test func `a take-back that was read late still counts`() {
        var driver = armed(high)
        driver.press("y")
        driver.jump(ms: 9_999_999)

        driver.press("u")

        #expect(driver.decisions.isEmpty)
        #expect(driver.model.holds.isEmpty)
    }

    @Test(arguments: [
        Message.disconnected(cause: "gone"), .keyPressed(.control("z")),
        .keyPressed(.character("q")),
    ])
    func `a hold never outlives the link, a suspension or the console`(message: Message) {
        var driver = armed(high)
        driver.press("y")

        driver.send(message)
        if driver.model.sheet != nil { driver.press("y") }

        #expect(driver.model.holds.isEmpty)
        driver.advance(ms: 20_000)
        #expect(driver.decisions.isEmpty)
    }

    @Test func `an item that changes closes its sheet and drops its hold`() {
        var sheet = armed(high)
        sheet.show([sheet.revise(high)], sequence: 2)
        #expect(sheet.model.sheet == nil)
        #expect(sheet.notices.contains { $0.contains("changed: look again") })

        var hold = armed(high)
        hold.press("y")
        hold.show([hold.revise(high)], sequence: 2)
        #expect(hold.model.holds.isEmpty)
        hold.advance(ms: 20_000)
        #expect(hold.decisions.isEmpty)
    }

    @Test func `nothing is approved before every line was on the screen`() {
        var driver = ConsoleDriver.showing([])
        driver.actionLines = 30
        driver.visibleLines = 10
        driver.details[high.reference] = .sample(high)
        driver.show([high], sequence: 2)
        driver.settle()

        driver.press("a")
        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("20 lines not seen yet") })

        driver.press("2")
        for _ in 0..<3 {
            driver.press(.pageDown)
            driver.paint()
        }
        driver.advance(ms: 1_000)
        driver.press("a")
        #expect(driver.approveSheet != nil)
    }

    @Test func `hidden characters want one look at the raw text`() {
        var driver = ConsoleDriver.showing([high])
        var report = FrameReport()
        report.lines = LinesShown(
            item: high.reference,
            digest: high.digest,
            lines: 0..<3,
            total: 3,
            hidden: 2
        )
        driver.send(.painted(report))

        #expect(driver.model.obstacle(to: .approve) == .unread(.hidden(2)))

        driver.press("x")
        driver.send(.painted(FrameReport()))
        #expect(driver.model.obstacle(to: .approve) == .unread(.hidden(2)), "it was covered")

        var look = FrameReport()
        look.raw = high.digest
        driver.send(.painted(look))
        #expect(driver.model.obstacle(to: .approve) == nil)
    }

    @Test func `too little time left goes out at once and has to be typed`() {
        let item = QueueItem.sample(7, risk: .high, left: Span(seconds: 11))
        var driver = ConsoleDriver.showing([item])
        driver.press("a")
        driver.paint()
        #expect(driver.approveSheet?.terms.goesAtOnce == true)
        #expect(driver.approveSheet?.terms.typed == "drop_index")
        driver.advance(ms: 2_000)
        driver.type("drop_index")

        driver.press(.enter)

        #expect(driver.approvals.count == 1)
        #expect(driver.model.holds.isEmpty)
    }

    @Test func `an irreversible action is typed, never pasted, and Enter wants the right words`() {
        let item = QueueItem.sample(4_821, risk: .irreversible)
        var driver = armed(item)
        driver.press(.paste(Array("drop_index".utf8)))
        driver.paint()
        driver.advance(ms: 2_000)
        #expect(driver.approveSheet?.field.isEmpty == true)
        driver.type("drop_inde")
        driver.press(.enter)
        #expect(driver.model.holds.isEmpty)
        driver.type("x")

        driver.press(.enter)

        #expect(driver.model.holds.first?.verdict.confirm == "drop_index")
        #expect(driver.model.holds.first?.length == Span(seconds: 10))
    }

    @Test func `the policy can ask for typing whatever the risk`() {
        let driver = armed(QueueItem.sample(9, risk: .low, confirm: .type))

        #expect(driver.approveSheet?.terms.typed == "drop_index")
    }

    @Test(arguments: [
        (RiskClass.low, 400, 2_000), (.medium, 1_000, 5_000), (.high, 1_000, 10_000),
        (.irreversible, 2_000, 10_000),
    ])
    func `each risk class has its arming and its hold`(risk: RiskClass, arming: Int64, hold: Int64)
    {
        let terms = ConfirmTerms(for: .sample(1, risk: risk), left: Span(minutes: 10))

        #expect(terms.arming == Span(milliseconds: arming))
        #expect(terms.hold == Span(milliseconds: hold))
        #expect((terms.typed != nil) == (risk == .irreversible))
    }

    @Test func `the cursor stays on the decided row`() {
        let other = QueueItem.sample(5_000)
        var driver = ConsoleDriver.showing([high, other])
        driver.advance(ms: 1_000)
        driver.press("a")
        driver.paint()
        driver.advance(ms: 1_000)
        driver.press("y")
        driver.advance(ms: 10_000)
        let id = driver.decisions.first?.id ?? DecisionID(0)
        driver.send(.recorded(id, Recorded(state: .approved)))
        driver.show([other], sequence: 2)
        driver.advance(ms: 10_000)

        #expect(driver.selectedNumber == 4_826)
        #expect(driver.shownNumbers == [4_826, 5_000])
        #expect(driver.model.queue.selectedRow?.isDecided == true)
        #expect(driver.model.outgoing.isEmpty)
    }

    @Test func `a refusal says who won`() {
        var driver = armed(high)
        driver.press("y")
        driver.advance(ms: 10_000)
        let id = driver.decisions.first?.id ?? DecisionID(0)
        let decision = DecisionLine(
            outcome: .rejected,
            reviewedBy: "bob",
            reviewedAt: Instant(milliseconds: 0)
        )

        driver.send(
            .refused(
                id,
                Turned(
                    code: "already_decided",
                    message: "no",
                    state: .rejected,
                    decision: decision
                )
            )
        )

        #expect(
            driver.notices.contains("#4826 was already rejected by bob: yours changed nothing.")
        )
        #expect(driver.model.outgoing.isEmpty)
        #expect(driver.model.queue.selectedRow?.item.state == .rejected)
    }
}
