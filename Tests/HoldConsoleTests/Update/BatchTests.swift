import HoldCore
import TestAccounts
import Testing

@testable import HoldConsole

@Suite struct BatchTests {
    /// Three LOW items, one HIGH; all of them read.
    private func driver(read: Bool = true) -> ConsoleDriver {
        var driver = ConsoleDriver.showing([
            .sample(1, risk: .low), .sample(2, risk: .low), .sample(3, risk: .low), .sample(4),
        ])
        if read { driver.readAll() }
        driver.advance(ms: 1_000)
        return driver
    }

    private func armed() -> ConsoleDriver {
        var driver = driver()
        driver.press("   ")
        driver.advance(ms: 1_000)
        driver.press("B", "a")
        driver.advance(ms: 600)
        return driver
    }

    private func marked(_ driver: ConsoleDriver) -> [Int64] {
        driver.model.queue.rows.map(\.item).filter { driver.model.marks.contains($0.reference) }
            .map(\.number)
    }

    // MARK: - Marks

    @Test func `Space marks and goes on, and takes a mark away again`() {
        var driver = driver()
        driver.press("  ")
        #expect(marked(driver) == [1, 2])
        #expect(driver.selectedNumber == 3)

        driver.type("k ")
        #expect(marked(driver) == [1])
        driver.type("V")
        #expect(marked(driver) == [])
    }

    @Test func `a range is marked from where it began to the cursor`() {
        var driver = driver()
        driver.type("jvjj")
        #expect(driver.model.markingRange == 1...3)
        driver.type(" ")
        #expect(marked(driver) == [2, 3, 4])
        #expect(driver.model.markingRange == nil)

        driver.type("Vvg")
        driver.press(.escape)
        #expect(marked(driver) == [])
        #expect(driver.model.markingRange == nil)
    }

    @Test func `a final item cannot be marked`() {
        var decided = QueueItem.sample(1)
        decided.state = .approved
        var driver = ConsoleDriver.showing([decided, .sample(2)])

        driver.press(" ")

        #expect(driver.model.marks.isEmpty)
        #expect(driver.notices.contains { $0.contains("final") })
    }

    @Test func `marks stay with their items when rows are sorted anew`() {
        var driver = driver()
        driver.press("j", " ")
        driver.show(
            [
                .sample(4), .sample(3, risk: .low), .sample(2, risk: .low), .sample(1, risk: .low),
            ],
            sequence: 2
        )
        driver.press("N")

        #expect(driver.shownNumbers == [4, 3, 2, 1])
        #expect(marked(driver) == [2])
    }

    @Test func `a mark is gone when its item changed or is final, and that is said`() {
        var driver = driver()
        driver.press("  ")
        let revised = driver.revise(.sample(1, risk: .low))
        driver.show([revised, .sample(2, risk: .low)], sequence: 2)
        #expect(marked(driver) == [2])
        #expect(driver.notices.contains { $0.contains("#1 changed: its mark is gone") })

        var decided = QueueItem.sample(2, risk: .low)
        decided.state = .rejected
        driver.send(.detailLoaded(.sample(decided)))
        #expect(driver.model.marks.isEmpty)
        #expect(driver.notices.contains { $0.contains("#2 is rejected") })
    }

    // MARK: - Approving

    @Test func `B without marks says how to mark`() {
        var driver = driver()
        driver.press("B")
        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("Space marks") })
    }

    @Test func `the sheet lists what is approved and what is left out`() throws {
        var driver = driver()
        driver.type("vG B")
        let sheet = try #require(driver.batchSheet)

        #expect(sheet.stage == .overview)
        #expect(sheet.approval.entries.map(\.target.number) == [1, 2, 3])
        #expect(sheet.approval.leftOut.map(\.rule) == [.risk(.high)])
        #expect(sheet.rejection.count == 4)
    }

    @Test func `what was never opened is not approved with others`() throws {
        var driver = driver(read: false)
        driver.press("   ", "B")
        let sheet = try #require(driver.batchSheet)

        #expect(sheet.approval.leftOut.map(\.rule).suffix(2) == [.notRead, .notRead])
    }

    @Test func `many are confirmed like one, held together and sent as one`() {
        var driver = armed()
        #expect(driver.batchSheet?.phase == .armed)
        driver.press("y")
        #expect(driver.model.sheet == nil)
        #expect(driver.model.holds.count == 3)
        #expect(driver.decisions.isEmpty)

        driver.advance(ms: 2_100)

        let sent = driver.requests.compactMap { request -> [Verdict]? in
            if case .decideAll(let verdicts) = request { return verdicts }
            return nil
        }
        #expect(sent.map { $0.map(\.target.number) } == [[1, 2, 3]])
        #expect(sent[0].allSatisfy { $0.kind == .approve && $0.confirm == "y" })
        #expect(Set(sent[0].map(\.id)).count == 3)
        #expect(driver.model.marks.isEmpty)
    }

    @Test func `one key takes all of it back`() {
        var driver = armed()
        driver.press("y", "u")
        #expect(driver.model.holds.isEmpty)
        #expect(driver.notices.contains { $0.contains("taken back") })
        driver.advance(ms: 3_000)
        #expect(driver.decisions.isEmpty)
        #expect(marked(driver) == [1, 2, 3])
    }

    @Test func `a confirmation before the arming is over starts it anew`() {
        var driver = driver()
        driver.press("   ")
        driver.advance(ms: 1_000)
        driver.press("B", "a", "y")
        #expect(driver.model.holds.isEmpty)
        driver.advance(ms: 360)
        driver.press("y")
        #expect(driver.model.holds.isEmpty)
        driver.advance(ms: 300)
        driver.press("y")
        #expect(driver.model.holds.isEmpty)
        driver.advance(ms: 500)
        driver.press("y")
        #expect(driver.model.holds.count == 3)
    }

    @Test func `a list that was not seen to its end is not confirmed`() {
        var driver = driver()
        driver.batchRows = 1
        driver.type("vG ")
        driver.advance(ms: 1_000)
        driver.press("B", "a")
        driver.advance(ms: 600)
        driver.press("y")
        #expect(driver.model.holds.isEmpty)
        #expect(driver.notices.contains { $0.contains("not seen yet") })

        driver.press("G")
        driver.paint()
        driver.press("y")
        #expect(driver.model.holds.count == 3)
    }

    @Test func `an item that changes under the sheet falls out, and the rest arms anew`() {
        var driver = armed()
        let revised = driver.revise(.sample(2, risk: .low))
        driver.show(
            [.sample(1, risk: .low), revised, .sample(3, risk: .low), .sample(4)],
            sequence: 2
        )
        #expect(driver.batchSheet?.approval.entries.map(\.target.number) == [1, 3])
        #expect(driver.batchSheet?.approval.leftOut.map(\.rule) == [.changed])
        driver.press("y")
        #expect(driver.model.holds.isEmpty)
        driver.advance(ms: 600)
        driver.press("y")
        #expect(driver.model.holds.map(\.verdict.target.number) == [1, 3])
    }

    @Test func `the sheet closes with its last item`() {
        var driver = driver()
        driver.press(" ")
        driver.press("B", "a")
        driver.advance(ms: 600)
        let revised = driver.revise(.sample(1, risk: .low))
        driver.show([revised, .sample(2, risk: .low)], sequence: 2)

        #expect(driver.model.sheet == nil)
        #expect(driver.notices.contains { $0.contains("Nothing was sent") })
        driver.press("y")
        #expect(driver.model.holds.isEmpty)
    }

    @Test func `an item that changes on hold falls out of it alone`() {
        var driver = armed()
        driver.press("y")
        let revised = driver.revise(.sample(2, risk: .low))
        driver.show([.sample(1, risk: .low), revised, .sample(3, risk: .low)], sequence: 2)
        driver.advance(ms: 2_100)

        #expect(driver.approvals.map(\.target.number) == [1, 3])
    }

    @Test func `a lost link drops the whole hold`() {
        var driver = armed()
        driver.press("y")
        driver.send(.disconnected(cause: "gone"))
        driver.advance(ms: 3_000, hearing: false)

        #expect(driver.model.holds.isEmpty)
        #expect(driver.decisions.isEmpty)
    }

    // MARK: - Rejecting

    @Test func `all marked are rejected with one reason`() {
        var driver = driver(read: false)
        driver.type("vG Br")
        driver.press(.control("s"))
        #expect(driver.batchSheet?.reasons?.problem?.contains("reason first") == true)
        driver.press("2")
        driver.type("old")
        driver.press(.control("s"))

        #expect(driver.model.sheet == nil)
        #expect(driver.decisions.map(\.target.number) == [1, 2, 3, 4])
        #expect(
            driver.decisions.allSatisfy { $0.kind == .reject && $0.reason == "not needed: old" }
        )
    }

    @Test func `prompt injection halts each workflow once`() {
        var driver = ConsoleDriver.showing([
            .sample(1), .sample(2), .sample(3, workflow: "wf-2"),
        ])
        driver.type("vG Br6")
        driver.press(.control("s"))

        let halted = driver.requests.compactMap { request -> WorkflowKey? in
            if case .halt(let workflow, _) = request { return workflow }
            return nil
        }
        #expect(halted == [WorkflowKey("wf-1"), WorkflowKey("wf-2")])
    }

    // MARK: - Results

    @Test func `each item has its result, told once all are known`() throws {
        var driver = armed()
        driver.press("y")
        driver.advance(ms: 2_100)
        let ids = driver.decisions.map(\.id)
        driver.send(.recorded(ids[0], Recorded(state: .approved)))
        driver.send(
            .refused(
                ids[1],
                Turned(
                    code: "already_decided",
                    message: "decided",
                    state: .rejected,
                    decision: DecisionLine(
                        outcome: .rejected,
                        reviewedBy: "bob",
                        reviewedAt: driver.now.wall
                    )
                )
            )
        )
        #expect(!driver.notices.contains { $0.hasPrefix("Batch:") })
        driver.send(.recorded(ids[2], Recorded(state: .pendingReview)))

        #expect(driver.notices.contains("Batch: 2 approved, 1 refused. B lists them."))
        #expect(driver.model.sheet == nil)
        driver.press("B")
        #expect(driver.model.sheet == .batchResults)
        let results = try #require(driver.model.batchResults)
        #expect(results.rows.map(\.target.number) == [1, 2, 3])
        driver.press(.escape)
        #expect(driver.model.sheet == nil)
    }

    @Test func `what got no answer is asked for one by one and never sent again`() {
        var driver = armed()
        driver.press("y")
        driver.advance(ms: 2_100)
        let sent = driver.decisions
        for verdict in sent { driver.send(.noAnswer(verdict.id)) }

        let asked = driver.requests.filter {
            if case .askOutcome = $0 { return true }
            return false
        }
        #expect(asked.count == 3)
        driver.send(.outcomeKnown(sent[0].id, .sample(.sample(1, risk: .low))))
        #expect(driver.model.batchResults?.lost == 1)
        #expect(driver.decisions.count == 3)
    }
}
