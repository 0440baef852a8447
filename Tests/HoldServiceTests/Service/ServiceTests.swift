import Foundation
import HoldClient
import HoldCore
import HoldService
import HoldWire
import Synchronization
import Testing

/// The whole way over real sockets and a real store.
struct ServiceTests {
    @Test func `a sync step waits, is approved and runs`() async throws {
        let house = try await ServiceFixture()
        let agent = try await house.agent()
        let reviewer = try await house.reviewer()

        let proposed = try await agent.propose(.make("w", "w/1", "drop_table"))
        async let waiting = agent.wait(workflow: "w", step: "w/1")
        let decided = try await reviewer.decide("w", "w/1", .approve)
        let granted = try await waiting

        #expect(!proposed.proceed && proposed.mode == .sync && proposed.state == .pendingReview)
        #expect(proposed.reasons == ["manifest", "no_undo"])
        #expect(decided.state == .approved)
        #expect(granted.proceed && granted.permit != nil)
        let depth = try await agent.finish(
            StepFinish.Params(
                workflow: "w",
                step: "w/1",
                permit: granted.permit?.id ?? "",
                outcome: .succeeded
            )
        )
        #expect(depth.current == 0)
        await house.service.stop()
        house.remove()
    }

    @Test func `an async step goes on at once, provisionally`() async throws {
        let house = try await ServiceFixture()
        let agent = try await house.agent()

        let answer = try await agent.propose(.make("w", "w/1", "make_draft"))

        #expect(answer.proceed && answer.mode == .async && answer.provisional == true)
        #expect(answer.depth == WireDepth(current: 1, max: 20))
        await house.service.stop()
        house.remove()
    }

    @Test func `an autonomous step needs nobody`() async throws {
        let house = try await ServiceFixture()
        let agent = try await house.agent()

        let answer = try await agent.propose(.make("w", "w/1", "read"))

        #expect(answer.proceed && answer.mode == .autonomous && answer.number == nil)
        await house.service.stop()
        house.remove()
    }

    @Test func `a rejection undoes the twelve steps after it, newest first`() async throws {
        let house = try await ServiceFixture()
        let agent = try await house.agent()
        let reviewer = try await house.reviewer()
        let undone = Mutex<[String]>([])
        try await agent.serveUndos(["remove_draft"]) { call in
            undone.withLock { $0.append(call.step) }
            return UndoRun.Reply(outcome: .undone)
        }
        try await run(agent, "w", steps: ["make_draft"] + Array(repeating: "follow_up", count: 12))

        let decided = try await reviewer.decide("w", "w/0", .reject, reason: "wrong region")
        let settled = try await agent.settle("w")

        #expect(decided.state == .rejected)
        #expect(undone.withLock { $0 } == (0...12).reversed().map { "w/\($0)" })
        #expect(settled.rollback == .rolledBack)
        await house.service.stop()
        house.remove()
    }

    @Test func `a failing undo stops the chain, and a retry goes on from there`() async throws {
        let house = try await ServiceFixture()
        let agent = try await house.agent()
        let reviewer = try await house.reviewer()
        let broken = Mutex(true)
        let undone = Mutex<[String]>([])
        try await agent.serveUndos(["remove_draft"]) { call in
            if call.step == "w/6", broken.withLock({ $0 }) { throw UndoProblem.terminal("locked") }
            undone.withLock { $0.append(call.step) }
            return UndoRun.Reply(outcome: .undone)
        }
        try await run(agent, "w", steps: ["make_draft"] + Array(repeating: "follow_up", count: 12))

        let queue = try await reviewer.subscribe(HoldWire.QueueQuery())
        _ = try await reviewer.decide("w", "w/0", .reject, reason: "no")
        for await window in queue where window.items.contains(where: { $0.attention != nil }) {
            break
        }
        let before = undone.withLock { $0 }
        let stuck = try await agent.workflow("w")
        let listed = try await reviewer.workflows(status: .stuck)
        broken.withLock { $0 = false }
        _ = try await reviewer.retryUndo(
            UndoSteer(workflow: "w", step: "w/6", reason: "unlocked it")
        )
        let settled = try await agent.settle("w")

        #expect(before == (7...12).reversed().map { "w/\($0)" })
        #expect(stuck.summary.status == .stuck && stuck.rollback == .rollbackBlocked)
        #expect(listed.workflows.map(\.stuckUndo) == [stuck.summary.stuckUndo])
        #expect(listed.workflows.first?.stuckUndo?.step == "w/6")
        #expect(undone.withLock { $0 } == (0...12).reversed().map { "w/\($0)" })
        #expect(settled.rollback == .rolledBack)
        await house.service.stop()
        house.remove()
    }

    @Test func `at the depth limit the next step waits until a decision frees it`() async throws {
        let house = try await ServiceFixture()
        let agent = try await house.agent()
        let reviewer = try await house.reviewer()
        try await run(agent, "w", steps: ["limited", "limited", "limited"])

        let fourth = try await agent.propose(.make("w", "w/3", "limited"))
        async let waiting = agent.wait(workflow: "w", step: "w/3")
        _ = try await reviewer.decide("w", "w/0", .approve)
        _ = try await reviewer.decide("w", "w/1", .approve)
        _ = try await reviewer.decide("w", "w/2", .approve)
        _ = try await reviewer.decide("w", "w/3", .approve)
        let granted = try await waiting

        #expect(!fourth.proceed && fourth.mode == .sync)
        #expect(fourth.reasons == ["max_async_depth"])
        #expect(fourth.depth == WireDepth(current: 3, max: 3))
        #expect(granted.proceed)
        await house.service.stop()
        house.remove()
    }

    @Test func `an item nobody answers passes its tiers and times out`() async throws {
        let house = try await ServiceFixture()
        let agent = try await house.agent()

        _ = try await agent.propose(.make("w", "w/1", "brief"))
        let answer = try await agent.wait(workflow: "w", step: "w/1")

        #expect(!answer.proceed && answer.state == .timeout)
        #expect(answer.decision?.reviewedBy == nil && answer.decision?.tier == "second")
        await house.service.stop()
        house.remove()
    }

    private func run(_ agent: AgentClient, _ workflow: String, steps: [String]) async throws {
        for (number, action) in steps.enumerated() {
            let id = "\(workflow)/\(number)"
            let answer = try await agent.propose(.make(workflow, id, action))
            try #require(answer.proceed)
            _ = try await agent.finish(
                StepFinish.Params(
                    workflow: workflow,
                    step: id,
                    permit: answer.permit?.id ?? "",
                    outcome: .succeeded
                )
            )
        }
    }
}
