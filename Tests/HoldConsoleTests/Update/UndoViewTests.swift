import HoldCore
import TestAccounts
import Testing

@testable import HoldConsole

@Suite struct UndoViewTests {
    private static let item = QueueItem.sample(1)
    private static let workflow = WorkflowKey("wf-1")

    private func opened(
        separation: Separation = .enforced,
        agreedBy: String? = nil
    ) -> ConsoleDriver {
        var driver = ConsoleDriver.stuck(Self.item, separation: separation)
        if agreedBy != nil { driver.isStuck(Self.item, agreedBy: agreedBy) }
        driver.press("U")
        driver.settle()
        return driver
    }

    @Test func `the chain opens with the cursor at the failed link`() {
        let driver = opened()

        #expect(driver.model.screen == .undo(Self.workflow))
        #expect(driver.model.undoLine?.step == StepID("wf-1/8"))
    }

    @Test(arguments: [
        ("R", Steering.Order.retry), ("M", .resolve), ("P", .halt),
    ])
    func `an order wants a sheet, a reason and Ctrl-s`(key: String, order: Steering.Order) {
        var driver = opened()
        driver.press(key)
        #expect(driver.steerSheet?.order == order)
        driver.press(.enter, .control("s"))
        #expect(driver.steerings.isEmpty)
        driver.type("see OPS-77")

        driver.press(.control("s"))

        #expect(driver.steerings.map(\.order) == [order])
        #expect(driver.steerings.first?.reason == "see OPS-77")
        #expect(driver.steerings.first?.step == (order.isOfUndo ? StepID("wf-1/8") : nil))
        #expect(driver.model.sheet == nil)
    }

    @Test func `skipping wants the action typed besides, and not pasted`() {
        var driver = opened(agreedBy: "bob")
        driver.press("K")
        driver.type("the record is gone")
        driver.press(.control("s"))
        #expect(driver.steerings.isEmpty && driver.steerSheet?.focus == .typed)
        driver.press(.paste(Array("pay".utf8)))
        driver.press(.control("s"))
        #expect(driver.steerings.isEmpty)

        driver.type("pay")
        driver.press(.control("s"))

        #expect(driver.steerings.map(\.order) == [.skip])
    }

    @Test(arguments: [
        (nil, "two people"), ("bob", "you would be the second"),
        ("alice", "you agreed: another person must"),
    ])
    func `the choice to skip says whose word it takes`(agreedBy: String?, words: String) {
        let picture = draw(opened(agreedBy: agreedBy).model).frame.picture

        #expect(picture.contains(words))
        #expect(picture.contains("second person must agree too") == (agreedBy != nil))
    }

    @Test func `who agreed to skip already is told that a second person is needed`() {
        var driver = opened(agreedBy: "alice")

        driver.press("K")

        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("a second person must agree too") })
    }

    @Test(arguments: [UndoLink.State.skipped, .undoFailed])
    func `the answer to skipping says whether it counts already`(state: UndoLink.State) {
        var driver = opened()
        driver.press("K")
        driver.type("gone")
        driver.press(.tab)
        driver.type("pay")
        driver.press(.control("s"))

        driver.send(.steered(driver.steerings[0].id, .done(state)))

        let says = driver.notices.contains { $0.contains("second person") }
        #expect(says == (state != .skipped))
        #expect(driver.model.undoView.awaiting.isEmpty)
    }

    @Test func `a refusal is shown in words`() {
        var driver = opened()
        driver.press("R")
        driver.type("again")
        driver.press(.control("s"))

        let turned = Turned(code: "forbidden", message: "alice is on no tier of the items.")
        driver.send(.steered(driver.steerings[0].id, .refused(turned)))

        #expect(driver.notices.contains("Not allowed: alice is on no tier of the items."))
    }

    @Test func `an order without an answer is not sent again`() {
        var driver = opened()
        driver.press("R")
        driver.type("again")
        driver.press(.control("s"))
        driver.send(.disconnected(cause: "gone"))
        driver.send(.connected(Connection(place: "", user: "alice", separation: .enforced)))
        driver.settle()

        #expect(driver.steerings.count == 1)
        #expect(driver.model.undoView.awaiting.isEmpty)
        #expect(driver.notices.contains { $0.contains("not resent") })
    }

    @Test func `a sheet closes when its link changes, and keeps what was typed`() {
        var driver = opened()
        driver.press("M")
        driver.type("deleted by hand")
        var detail = WorkflowDetail.stuck(Self.workflow)
        detail.undoChain[1].attempts = 4

        driver.send(.workflowLoaded(detail))
        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("changed: look again") })

        driver.press("M")
        #expect(driver.steerSheet?.reason.text == "deleted by hand")
    }

    @Test func `a lost link closes the sheet, and R tries to connect again`() {
        var driver = opened()
        driver.press("K")
        driver.type("why")
        driver.send(.disconnected(cause: "gone"))
        #expect(driver.model.sheet == nil)

        driver.press("v", "M")
        #expect(driver.model.sheet == nil)
        driver.requests = []
        driver.press("R")

        #expect(driver.requests.contains(.retryConnection))
        #expect(driver.steerings.isEmpty)
    }

    @Test func `stray typing opens nothing that stays`() {
        var driver = opened()

        driver.press("MRKP")

        #expect(driver.steerings.isEmpty)
    }

    @Test func `where nothing failed there is nothing to choose`() {
        var driver = opened()
        var detail = WorkflowDetail.stuck(Self.workflow)
        detail.line.status = .unwinding
        detail.line.stuckAt = nil
        detail.undoChain[1].state = .undoStarted
        driver.send(.workflowLoaded(detail))

        driver.press("R")

        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("nothing to choose") })
    }

    @Test func `the chain is read anew while it unwinds`() {
        var driver = opened()
        driver.requests = []

        driver.send(
            .activityHappened([
                ActivityLine(
                    sequence: 99,
                    at: Instant(milliseconds: 0),
                    user: nil,
                    what: "undone",
                    workflow: Self.workflow
                )
            ])
        )

        #expect(driver.requests.contains(.loadWorkflow(Self.workflow)))
    }
}
