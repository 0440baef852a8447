import HoldCore
import TestAccounts
import Testing

@testable import HoldConsole

@Suite struct WorkflowsViewTests {
    private static let item = QueueItem.sample(1)

    private func opened() -> ConsoleDriver {
        var driver = ConsoleDriver.stuck(Self.item)
        driver.workflowDetails[WorkflowKey("wf-2")] = WorkflowDetail(
            line: .sample("wf-2"),
            steps: [
                WorkflowStep(step: StepID("wf-2/1"), action: "plan", mode: .autonomous),
                WorkflowStep(
                    step: Self.item.reference.step,
                    action: "drop_index",
                    mode: .sync,
                    number: 1,
                    state: .pendingReview
                ),
            ]
        )
        driver.press("w")
        driver.settle()
        return driver
    }

    @Test func `the list opens at the most pressing workflow, and reads it`() {
        let driver = opened()

        #expect(driver.model.screen == .workflows)
        #expect(driver.model.workflowsView.selection == WorkflowKey("wf-1"))
        #expect(driver.model.workflowsView.opened?.detail != nil)
        #expect(driver.model.workflowRows.map(\.workflow.text) == ["wf-1", "wf-2", "wf-3"])
    }

    @Test func `moving reads the workflow under the cursor, and nothing twice`() {
        var driver = opened()
        driver.requests = []

        driver.press("j")
        driver.settle()
        driver.advance(ms: 1_000)

        #expect(driver.requests.count { $0 == .loadWorkflow(WorkflowKey("wf-2")) } == 1)
        #expect(driver.model.workflowsView.opened?.detail?.steps.count == 2)
    }

    @Test func `no row moves while a person presses keys`() {
        var driver = opened()
        driver.press("j")
        var lines = driver.model.workflows
        lines[2].status = .halted

        driver.send(.workflowsLoaded([lines[2], .sample("wf-0"), lines[1], lines[0]]))

        #expect(
            driver.model.workflowRows.map(\.workflow.text) == ["wf-1", "wf-2", "wf-3", "wf-0"]
        )
        #expect(driver.model.workflowsView.selection == WorkflowKey("wf-2"))
        driver.press("N")
        #expect(
            driver.model.workflowRows.map(\.workflow.text) == ["wf-1", "wf-3", "wf-0", "wf-2"]
        )
        #expect(driver.model.workflowsView.selection == WorkflowKey("wf-2"))
    }

    @Test func `a filter narrows the list, and Esc clears it before it goes back`() {
        var driver = opened()
        driver.press("/")
        driver.type("agent-of-wf-3")
        driver.press(.enter)
        #expect(driver.model.workflowRows.map(\.workflow.text) == ["wf-3"])
        #expect(driver.model.workflowsView.selection == WorkflowKey("wf-3"))

        driver.press(.escape)
        #expect(driver.model.workflowRows.count == 3)
        #expect(driver.model.screen == .workflows)

        driver.press(.escape)
        #expect(driver.model.screen == .triage)
    }

    @Test func `Enter goes into a workflow, and from a step to its item`() {
        var driver = opened()
        driver.press("j")
        driver.settle()
        driver.press(.enter)
        #expect(driver.model.screen == .workflow(WorkflowKey("wf-2")))
        #expect(driver.model.workflowsView.opened?.steps.index == 1)

        driver.press(.enter)
        #expect(
            driver.model.screen
                == .record(
                    ItemReference(
                        workflow: WorkflowKey("wf-2"),
                        step: Self.item.reference.step
                    )
                )
        )
        driver.press(.escape)
        driver.press("k")
        driver.press(.enter)
        #expect(driver.notices.contains { $0.contains("no gate") })
        #expect(driver.model.screen == .workflow(WorkflowKey("wf-2")))
    }

    @Test func `an item that waits opens where it can be decided`() {
        var driver = opened()
        driver.workflowDetails[WorkflowKey("wf-1")]?.steps = [
            WorkflowStep(
                step: Self.item.reference.step,
                action: "drop_index",
                mode: .sync,
                number: 1,
                state: .pendingReview
            )
        ]
        driver.workflowDetails[WorkflowKey("wf-1")].map { driver.send(.workflowLoaded($0)) }
        driver.press(.enter)
        driver.press(.enter)

        #expect(driver.model.screen == .item)
        #expect(driver.selectedNumber == 1)
    }

    @Test func `a workflow is paused with a reason, and resumed with the same key`() {
        var driver = opened()
        driver.press("j")
        driver.press("P")
        #expect(driver.steerSheet?.order == .halt)
        driver.press(.control("s"))
        #expect(driver.steerings.isEmpty)
        #expect(driver.steerSheet?.problem != nil)

        driver.type("look first")
        driver.press(.control("s"))

        #expect(driver.steerings.map(\.order) == [.halt])
        #expect(driver.steerings.first?.workflow == WorkflowKey("wf-2"))
        #expect(driver.steerings.first?.reason == "look first")
        driver.press("P")
        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("not answered yet") })

        driver.send(.steered(driver.steerings[0].id, .done(nil)))
        var lines = driver.model.workflows
        lines[1].status = .halted
        driver.send(.workflowsLoaded(lines))
        driver.press("P")
        #expect(driver.steerSheet?.order == .resume)
    }

    @Test func `digits, zoom and the keys of panes do nothing where there are no panes`() {
        var driver = opened()
        let before = driver.model.screen
        for key in "12345678zxop".unicodeScalars {
            driver.advance(ms: 500)
            driver.press(.character(key))
        }

        #expect(driver.model.screen == before)
        #expect(driver.model.zoomed == nil && !driver.model.isRaw)
        #expect(driver.model.focus == .queue)
    }

    @Test func `while disconnected the list is frozen, and nothing can be ordered`() {
        var driver = opened()
        driver.send(.disconnected(cause: "gone"))
        driver.press("v")
        driver.requests = []
        driver.advance(ms: 500, hearing: false)

        driver.press("j", "P")

        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("Not connected") })
        #expect(driver.requests.allSatisfy { $0 != .loadWorkflow(WorkflowKey("wf-2")) })
    }

    @Test func `news of the workflow on the screen has it read anew, once`() {
        var driver = opened()
        driver.requests = []
        var lines = driver.model.workflows
        lines[0].pending = 7

        driver.send(.workflowsLoaded(lines))
        driver.send(.workflowsLoaded(lines))

        #expect(driver.requests.count { $0 == .loadWorkflow(WorkflowKey("wf-1")) } == 1)
    }
}
