import HoldBroker
import HoldCore
import HoldService
import TestAccounts
import Testing

/// What of an executor's answers keeps which rule.
struct ExecutorContractTests {
    private typealias Rule = ExecutorContract

    private static let outcomes = UndoOutcome.allCases.map { UndoReport.done($0, detail: nil) }
    private static let others: [UndoReport] = [
        .retry(after: Span(seconds: 1), "busy"), .terminal("never"), .failed("no"),
        .unreachable("away"),
    ]

    private func held(_ judge: (UndoReport) -> ExecutorContract.Verdict) -> [UndoReport] {
        (ExecutorContractTests.outcomes + ExecutorContractTests.others).filter {
            judge($0) == .holds
        }
    }

    @Test func `every word of the contract is one, and a failure is none`() {
        #expect(
            held(Rule.words)
                == ExecutorContractTests.outcomes + ExecutorContractTests.others.prefix(2)
        )
    }

    @Test func `what was never done is not_applied, and nothing else`() {
        #expect(held(Rule.neverDone) == [.done(.notApplied, detail: nil)])
    }

    @Test func `what had just been done is undone, and nothing else`() {
        #expect(held(Rule.undone) == [.done(.undone, detail: nil)])
    }

    @Test func `undone again it is undone or already undone`() {
        #expect(
            held(Rule.undoneAgain) == [
                .done(.undone, detail: nil), .done(.alreadyUndone, detail: nil),
            ]
        )
    }

    @Test func `a repeat succeeds in whichever word`() {
        #expect(held(Rule.repeated) == ExecutorContractTests.outcomes)
    }

    @Test func `of two at once both succeed, and one of them undid what was done`() {
        let (undone, already) = (
            UndoReport.done(.undone, detail: nil), UndoReport.done(.alreadyUndone, detail: nil)
        )
        #expect(Rule.atOnce(undone, already, wasDone: true) == .holds)
        #expect(Rule.atOnce(already, undone, wasDone: true) == .holds)
        #expect(Rule.atOnce(already, already, wasDone: true) != .holds)
        #expect(Rule.atOnce(already, already, wasDone: false) == .holds)
        #expect(Rule.atOnce(undone, .failed("locked"), wasDone: true) == .broken("locked"))
    }

    @Test func `a late do must be refused, and a first one must not`() {
        let call = UndoCall(
            workflow: Workflow.drill,
            step: StepID("1"),
            operation: "unmake",
            key: "k",
            arguments: [:],
            result: nil,
            attempt: 1,
            isInDoubt: false
        )
        let refused = RunExecutor.Rehearsal.notDone(.failed("undone before"))
        #expect(Rule.refused(refused) == .holds)
        #expect(Rule.refused(.done(call)) != .holds)
        #expect(Rule.refused(.notDone(.unreachable("no such file"))) != .holds)
        #expect(Rule.refused(.inDoubt("killed")) != .holds)
        #expect(Rule.done(.done(call)) == .holds)
        #expect(Rule.done(refused) != .holds)
    }

    @Test func `every rule says in words what it is and what to do`() {
        let rules = ExecutorContract.Rule.allCases
        #expect(Set(rules.map(\.sentence)).count == rules.count)
        #expect(rules.allSatisfy { !$0.advice.isEmpty })
        #expect(rules.filter(\.needsDo) == [.mark, .doneAndUndone, .lateDo])
    }
}
