import HoldClient
import HoldCore
import HoldWire
import TestAccounts
import Testing

/// Propose, wait, run, finish.
@Suite(.timeLimit(.minutes(20))) struct AgentRunTests {
    private struct Broken: Error {}

    private let proposal = StepPropose.Params(
        workflow: "w",
        step: "w/1",
        action: "pay",
        arguments: ["amount": 5]
    )

    private func answer(
        step: String = "w/1",
        proceed: Bool,
        state: WireItemState?
    ) throws -> JSONValue {
        let digest = Digest(
            of: [
                "account": .string(Account.bots.text), "workflow": "w", "step": "w/1",
                "action": "pay", "arguments": ["amount": 5], "undo": .null,
            ]
        )
        let permit = WirePermit(id: "p-1", validUntil: Instant(milliseconds: 4_102_444_800_000))
        return try JSONValue(
            encoding: StepAnswer(
                account: .bots,
                workflow: "w",
                step: step,
                proceed: proceed,
                digest: digest,
                state: state,
                arguments: ["amount": 5],
                permit: proceed ? permit : nil
            )
        )
    }

    private let depth: JSONValue = ["depth": ["current": 0, "max": 5]]

    @Test func `a step that has to wait runs once it may, and is reported`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        let client = AgentClient(try await Connection.open(socket.options()))

        async let ran = client.run(proposal) { arguments in
            StepResult("paid", result: ["id": 7], undoArguments: ["echo": arguments])
        }
        let proposed = try await service.next()
        #expect(proposed.method == "step.propose")
        service.answer(proposed, try answer(proceed: false, state: .pendingReview))
        let waited = try await service.next()
        #expect(waited.method == "step.wait")
        service.answer(waited, try answer(proceed: true, state: .approved))
        let finished = try await service.next()
        #expect(
            finished.params == [
                "workflow": "w", "step": "w/1", "permit": "p-1", "outcome": "succeeded",
                "result": ["id": 7], "undo": ["arguments": ["echo": ["amount": 5]]],
            ]
        )
        service.answer(finished, depth)

        guard case .ran("paid", _) = try await ran else {
            Issue.record("the step ran")
            return
        }
        client.connection.close()
    }

    @Test func `a step that fails is reported as failed`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        let client = AgentClient(try await Connection.open(socket.options()))

        let run = Task { () -> StepRun<String> in
            try await client.run(proposal) { _ in throw Broken() }
        }
        service.answer(try await service.next(), try answer(proceed: true, state: nil))
        let finished = try await service.next()
        #expect(finished.params?["outcome"] == "failed")
        service.answer(finished, depth)

        await #expect(throws: Broken.self) { try await run.value }
        client.connection.close()
    }

    @Test(arguments: [WireItemState.rejected, .timeout, .withdrawn])
    func `a step that never may is not run`(state: WireItemState) async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        let client = AgentClient(try await Connection.open(socket.options()))

        async let ran: StepRun<String> = client.run(proposal) { _ in
            Issue.record("it ran")
            return StepResult("")
        }
        service.answer(try await service.next(), try answer(proceed: false, state: state))

        guard case .notToRun(let answer) = try await ran else {
            Issue.record("there was leave")
            return
        }
        #expect(answer.state == state)
        client.connection.close()
    }

    @Test func `leave for another step is nobody's leave`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        let client = AgentClient(try await Connection.open(socket.options()))

        let run = Task {
            try await client.run(proposal) { _ in
                Issue.record("it ran")
                return StepResult("")
            }
        }
        let other = try answer(step: "w/2", proceed: true, state: .approved)
        service.answer(try await service.next(), other)

        await #expect(throws: ClientError.self) { try await run.value }
        client.connection.close()
    }

    @Test func `what is told unasked comes as what it is`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        let client = AgentClient(try await Connection.open(socket.options()))
        var notices = client.notices().makeAsyncIterator()

        let opening = Task { try await client.openWorkflow("w") }
        let asked = try await service.next()
        service.send(.notification(method: "something.new", params: [:]), on: asked.connection)
        let stuck = WorkflowUnwound.Params(workflow: "w", outcome: .rolledBack)
        service.send(try WorkflowUnwound.notification(stuck), on: asked.connection)
        #expect(await notices.next() == .unwound(stuck))
        service.refuse(asked, RPCError(.halted, "stopped"))
        await #expect(throws: ClientError.self) { try await opening.value }
        client.connection.close()
    }
}
