import HoldClient
import HoldCore
import HoldService
import HoldWire
import Synchronization
import Testing

/// A permit that its agent is told only when the workflow is being undone already.
struct LatePermitTests {
    @Test func `an unwind does not wait for a step whose permit came too late`() async throws {
        let house = try await ServiceFixture()
        let agent = try await house.agent()
        let reviewer = try await house.reviewer()
        let undone = Mutex<[UndoRun.Params]>([])
        try await agent.serveUndos(["remove_draft"]) { call in
            undone.withLock { $0.append(call) }
            return UndoRun.Reply(outcome: .notApplied)
        }
        let proposal = StepPropose.Params.make("w", "w/1", "make_draft")
        // Nobody reads this answer, as after a crash.
        _ = try await agent.propose(proposal)
        _ = try await reviewer.decide("w", "w/1", .reject, reason: "no")

        let late = try await agent.propose(proposal)
        let run = try await agent.run(proposal) { _ in
            Issue.record("it ran")
            return StepResult(())
        }
        let settled = try await agent.settle("w", timeout: .seconds(300))

        #expect(!late.proceed && late.state == .rejected && late.permit != nil)
        #expect(throws: ClientError.self) { try late.granted(for: proposal) }
        guard case .notToRun = run else { throw UnexpectedRun() }
        #expect(settled.settled && settled.rollback == .rolledBack)
        let calls = undone.withLock { $0 }
        #expect(calls.map(\.step) == ["w/1"])
        #expect(calls.map(\.inDoubt) == [true])
        await house.service.stop()
        house.remove()
    }

    private struct UnexpectedRun: Error {}
}
