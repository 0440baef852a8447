import HoldCore
import Testing

@testable import HoldConsole

/// What a line does, and what it must not.
@Suite struct PlainSessionTests {
    private let high = QueueItem.sample(4_826)

    private func reading(_ item: QueueItem) -> PlainDriver {
        var driver = PlainDriver.showing([item])
        driver.type("1")
        return driver
    }

    @Test func `an answer before the arming time is dropped and asked again`() {
        var driver = reading(high)
        driver.type("approve")
        driver.advance(ms: 900)
        driver.type("yes")

        #expect(driver.session.model.holds.isEmpty)
        #expect(driver.hasSaid("Too early, your answer was dropped"))
        #expect(driver.prompt == "Approve 4826? Type yes:")
        // The time begins anew with the question that was asked again.
        driver.advance(ms: 900)
        driver.type("yes")
        #expect(driver.session.model.holds.isEmpty)
        driver.advance(ms: 1_100)
        driver.type("yes")
        #expect(driver.session.model.holds.count == 1)
    }

    @Test(arguments: ["approve", "y", "", "a", "yes please", "4826", "no"])
    func `only the word that was asked for confirms`(answer: String) {
        var driver = reading(high)
        driver.type("approve")
        driver.advance(ms: 1_500)
        driver.type(answer)
        driver.advance(ms: 12_000)

        #expect(driver.decisions.isEmpty)
        #expect(driver.hasSaid("Not approved: nothing was sent."))
    }

    @Test func `a hold is sent once, after its time`() {
        var driver = reading(high)
        driver.type("approve")
        driver.advance(ms: 1_500)
        driver.type("YES")
        driver.advance(ms: 9_900)
        #expect(driver.decisions.isEmpty)
        driver.advance(ms: 200)

        #expect(driver.approvals.map(\.target.digest) == [high.digest])
        driver.record(.approved)
        driver.advance(ms: 20_000)
        #expect(driver.approvals.count == 1)
        driver.type("")
        #expect(driver.hasSaid("#4826 approved."))
    }

    @Test func `undo in time takes back, and later says that it is too late`() {
        var driver = reading(high)
        driver.type("approve")
        driver.advance(ms: 1_500)
        driver.type("yes")
        #expect(driver.prompt == "undo, next, list, help:")
        driver.advance(ms: 9_000)
        driver.type("undo")
        #expect(driver.hasSaid("#4826 taken back: nothing was sent."))

        driver.type("approve")
        driver.advance(ms: 1_500)
        driver.type("yes")
        driver.advance(ms: 10_500)
        driver.type("undo")
        #expect(driver.hasSaid("Too late to take back item 4826."))
        #expect(driver.approvals.count == 1)
    }

    @Test func `one decision at a time`() {
        let other = QueueItem.sample(4_827)
        var driver = PlainDriver.showing([high, other])
        driver.type("1", "approve")
        driver.advance(ms: 1_500)
        driver.type("yes", "2", "approve")

        #expect(driver.hasSaid("Item 4826 is on hold for 10 seconds"))
        #expect(driver.session.model.sheet == nil)
    }

    @Test func `what cannot be undone wants its action typed`() {
        let item = QueueItem.sample(7, risk: .irreversible)
        var driver = reading(item)
        driver.type("approve")
        driver.advance(ms: 2_500)
        driver.type("yes")
        #expect(driver.session.model.holds.isEmpty)

        driver.type("approve")
        driver.type("drop_index")
        #expect(driver.session.model.holds.isEmpty, "too early")
        driver.advance(ms: 2_500)
        driver.type("drop_index")
        #expect(driver.session.model.holds.first?.verdict.confirm == "drop_index")
    }

    @Test func `a hold never outlasts the item`() {
        let item = QueueItem.sample(7, left: Span(seconds: 9))
        var driver = reading(item)
        driver.type("approve")
        #expect(driver.hasSaid("it goes out at once, no take-back"))
        driver.advance(ms: 2_500)
        driver.type("yes")
        #expect(driver.decisions.isEmpty)
        driver.type("approve")
        driver.advance(ms: 2_500)
        driver.type("drop_index")

        #expect(driver.approvals.count == 1)
        #expect(driver.session.model.holds.isEmpty)
    }

    @Test func `approve is offered only once every line was read out`() {
        var driver = PlainDriver.showing([high])
        var detail = ItemDetail.sample(high)
        detail.arguments = .array((0..<45).map { .integer(Int64($0)) })
        driver.details[high.reference] = detail
        driver.type("1")
        #expect(driver.prompt == "more, reject, escalate, next:")
        driver.type("approve")
        #expect(driver.hasSaid("27 lines are not read yet: type more"))
        driver.type("more")
        #expect(driver.prompt == "more, reject, escalate, next:")
        driver.type("more")
        #expect(driver.prompt == "approve, reject, escalate, modify, next:")
    }

    @Test func `hidden characters are counted, and block until they were spelled`() {
        var driver = PlainDriver.showing([high])
        var detail = ItemDetail.sample(high)
        detail.arguments = ["path": "/srv/\u{202E}cod.exe"]
        driver.details[high.reference] = detail
        driver.type("1")
        #expect(driver.hasSaid("Hidden characters: 1."))
        #expect(driver.hasSaid("agent> line 1: \"path\": \"/srv/\\u{202E}cod.exe\""))
        #expect(driver.prompt == "hidden, reject, escalate, next:")
        driver.type("approve")
        #expect(driver.session.model.sheet == nil)
        driver.type("hidden")
        #expect(driver.hasSaid("U+202E, RIGHT-TO-LEFT OVERRIDE."))
        #expect(driver.prompt == "approve, reject, escalate, modify, next:")
    }

    @Test func `an item that changes closes its question, and has to be read again`() {
        var driver = reading(high)
        driver.type("approve")
        driver.advance(ms: 1_500)
        let revised = driver.revise(high)
        driver.show([revised], sequence: 2)
        driver.type("yes")

        #expect(driver.session.model.holds.isEmpty)
        #expect(driver.hasSaid("#4826 changed: look again. Nothing was sent."))
        #expect(driver.hasSaid("That question is over: your answer was dropped."))
        driver.type("approve")
        #expect(driver.hasSaid("not read yet"))
        driver.type("again")
        #expect(driver.hasSaid("Changed since you heard it, revision 1 to 2:"))
        #expect(driver.hasSaid("agent> added: \"revision\": 2"))
        driver.type("approve")
        driver.advance(ms: 1_500)
        driver.type("yes")
        #expect(driver.session.model.holds.first?.verdict.target.digest == revised.digest)
    }

    @Test func `nothing is said while a question waits for its answer`() {
        var driver = reading(high)
        let before = driver.transcript
        driver.show(
            [high, .sample(9_001, risk: .irreversible, left: Span(seconds: 50))],
            sequence: 2
        )
        driver.send(.disconnected(cause: "gone"))
        driver.advance(ms: 3_000, hearing: false)

        #expect(driver.transcript == before)
        driver.type("")
        #expect(driver.hasSaid("New: 1 item, 1 urgent."))
        #expect(driver.hasSaid("DISCONNECTED: gone."))
        #expect(driver.prompt.hasPrefix("Not connected for 3 seconds: decisions are off."))
    }

    @Test func `an item that came while nobody typed for long is announced all the same`() {
        var driver = reading(high)
        let late = QueueItem.sample(9_001)
        driver.show([high, late], sequence: 2)
        driver.advance(ms: 90_000)
        driver.type("")
        #expect(driver.hasSaid("New: 1 item, 0 urgent."))
        let length = driver.transcript.count
        driver.type("")
        #expect(!driver.transcript.dropFirst(length).contains("New:"))
    }

    @Test func `the end of the input decides nothing`() {
        var driver = reading(high)
        driver.type("approve")
        driver.advance(ms: 1_500)
        driver.type("yes")
        driver.end()

        #expect(driver.isOver)
        #expect(driver.decisions.isEmpty)
        #expect(driver.hasSaid("The input has ended: item 4826 is NOT decided."))
    }

    @Test func `leaving with something on hold asks first`() {
        var driver = reading(high)
        driver.type("approve")
        driver.advance(ms: 1_500)
        driver.type("yes", "quit")
        #expect(driver.prompt.hasPrefix("Leave? 1 on hold will not be sent"))
        driver.type("no")
        #expect(!driver.isOver)
        driver.type("quit", "yes")
        #expect(driver.isOver)
        #expect(driver.decisions.isEmpty)
    }

    @Test func `a process that was stopped drops what was on hold`() {
        var driver = reading(high)
        driver.type("approve")
        driver.advance(ms: 1_500)
        driver.type("yes")
        driver.jump(ms: 60_000)
        driver.type("")

        #expect(driver.decisions.isEmpty)
        #expect(driver.hasSaid("#4826: hold dropped, nothing was sent."))
    }

    @Test func `the stop key drops what is on hold at once`() {
        var driver = reading(high)
        driver.type("approve")
        driver.advance(ms: 1_500)
        driver.type("yes")
        driver.advance(ms: 9_900)
        driver.send(.resumed)
        driver.advance(ms: 2_000)

        #expect(driver.decisions.isEmpty)
        #expect(driver.session.model.holds.isEmpty)
    }

    @Test func `escalating asks twice, and says to whom`() {
        var driver = reading(high)
        driver.type("escalate", "over my head", "yes")

        #expect(driver.hasSaid("Escalates from primary to secondary."))
        #expect(driver.decisions.map(\.kind) == [.escalate])
        #expect(driver.decisions.first?.reason == "over my head")
    }

    @Test func `an edit is shown, asks why, and then goes the way of an approval`() throws {
        var driver = reading(high)
        driver.type("modify")
        let job = try #require(
            driver.requests.compactMap {
                if case .openEditor(let job) = $0 { job } else { nil }
            }.last
        )
        let edited = EditorText.frame(#"{"index":"orders_ix8","online":true}"#, about: "x")
        driver.send(.editorReturned(job, Array(edited.utf8)))
        #expect(driver.hasSaid("agent> added: \"index\": \"orders_ix8\""))
        driver.type("the other one")
        #expect(driver.prompt == "Approve your change of 4826? Type yes:")
        driver.advance(ms: 1_500)
        driver.type("yes")
        driver.advance(ms: 10_500)

        #expect(driver.approvals.map(\.kind) == [.modify])
        #expect(driver.approvals.first?.reason == "the other one")
        #expect(driver.approvals.first?.arguments?["index"] == "orders_ix8")
    }

    @Test func `a row number means the list as it was read out`() {
        let (first, second) = (QueueItem.sample(5), QueueItem.sample(6))
        var driver = PlainDriver.showing([first, second])
        driver.advance(ms: 3_000)
        driver.show([second, first], sequence: 2)
        driver.advance(ms: 3_000)
        driver.type("1")
        #expect(driver.hasSaid("Item 5, HIGH"))
        driver.type("item 6")
        #expect(driver.hasSaid("Item 6, HIGH"))
        driver.type("77")
        #expect(driver.hasSaid("Number 77 is not in the list."))
    }

    @Test func `the start of a word is enough only where it is clear`() {
        #expect(PlainCommand("app") == .approve)
        #expect(PlainCommand("l") == .list)
        #expect(PlainCommand("mo") == nil)
        #expect(PlainCommand("yes") == nil)
        for command in PlainCommand.allCases { #expect(PlainCommand(command.rawValue) == command) }
    }
}
