import HoldClient
import HoldCore
import HoldWire
import Testing

@Suite(.timeLimit(.minutes(20))) struct ConnectionTests {
    private let digest = Digest(of: [1])

    private var review: ItemReview {
        ItemReview(
            item: WireItemReference(workflow: "w", step: "s"),
            decision: .approve,
            digest: digest
        )
    }

    private var answer: JSONValue {
        [
            "account": "1001@host-a", "workflow": "w", "step": "s", "proceed": false,
            "state": "rejected",
            "digest": .string(digest.description),
        ]
    }

    private let window: JSONValue = ["items": [], "total": 0, "counts": [:], "seq": 1]

    private func window(seq: Int64) -> JSONValue {
        ["items": [], "total": 0, "counts": [:], "seq": .integer(seq)]
    }

    private func error(
        _ body: () async throws(ClientError) -> Void
    ) async -> ClientError? {
        do {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    @Test func `answers find their calls in any order`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        let client = ReviewClient(try await Connection.open(socket.options()))

        async let one = client.list(QueueQuery(queue: "one"))
        let first = try await service.next()
        async let two = client.list(QueueQuery(queue: "two"))
        let second = try await service.next()
        #expect(first.params?["queue"] == "one")
        service.answer(second, window(seq: 2))
        service.answer(first, window(seq: 1))

        #expect(try await one.seq == 1)
        #expect(try await two.seq == 2)
        client.connection.close()
    }

    @Test func `a wait survives a service that is killed and started again`() async throws {
        let socket = try SocketPath()
        let killed = try FakeService(at: socket.path)
        let client = AgentClient(try await Connection.open(socket.options()))

        async let waited = client.wait(workflow: "w", step: "s")
        #expect(try await killed.next().method == "step.wait")
        killed.kill()
        let service = try FakeService(at: socket.path)
        let again = try await service.next()
        #expect(again.method == "step.wait")
        #expect(again.params == ["workflow": "w", "step": "s"])
        service.answer(again, answer)

        #expect(try await waited.state == .rejected)
        client.connection.close()
    }

    @Test func `what a person said is sent once, whatever becomes of the service`() async throws {
        let socket = try SocketPath()
        let killed = try FakeService(at: socket.path)
        let client = ReviewClient(try await Connection.open(socket.options()))

        async let failure = error { () throws(ClientError) in _ = try await client.decide(review) }
        #expect(try await killed.next().method == "item.decide")
        killed.kill()
        guard case .unconfirmed = await failure else {
            Issue.record("a decision without an answer is not confirmed")
            return
        }
        let service = try FakeService(at: socket.path)
        async let listed = client.list(QueueQuery())
        let next = try await service.next()
        #expect(next.method == "queue.list")
        service.answer(next, window)
        _ = try await listed
        client.connection.close()
    }

    @Test func `what a person says is not kept for later while there is no service`() async throws {
        let socket = try SocketPath()
        let killed = try FakeService(at: socket.path)
        let client = ReviewClient(try await Connection.open(socket.options()))
        let links = client.connection.linkStates()
        killed.kill()
        for await link in links {
            if case .down = link { break }
        }

        let failure = await error { () throws(ClientError) in _ = try await client.decide(review) }

        guard case .noService(socket.path, _) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        client.connection.close()
    }

    @Test func `a decision that is not answered in time is not confirmed`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        let client = ReviewClient(try await Connection.open(socket.options()))

        let decided = await error { () throws(ClientError) in
            _ = try await client.decide(review, timeout: .milliseconds(20))
        }
        let asked = await error { () throws(ClientError) in
            _ = try await client.status(timeout: .milliseconds(20))
        }

        guard case .unconfirmed = decided else {
            Issue.record("\(String(describing: decided))")
            return
        }
        #expect(asked == .timedOut)
        withExtendedLifetime(service) { client.connection.close() }
    }

    @Test func `a call that is cancelled ends, and its late answer is nobody's`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        let client = ReviewClient(try await Connection.open(socket.options()))

        let call = Task { await error { () throws(ClientError) in _ = try await client.status() } }
        let asked = try await service.next()
        call.cancel()
        #expect(await call.value == .cancelled)

        service.answer(asked, [:])
        async let listed = client.list(QueueQuery())
        service.answer(try await service.next(), window)
        #expect(try await listed.seq == 1)
        client.connection.close()
    }

    @Test func `a subscription goes on after a restart, with the window as it then is`()
        async throws
    {
        let socket = try SocketPath()
        let killed = try FakeService(at: socket.path)
        let client = ReviewClient(try await Connection.open(socket.options()))

        async let subscribed = client.subscribe(QueueQuery(queue: "ops"))
        let first = try await killed.next()
        killed.answer(first, window(seq: 1))
        var windows = try await subscribed.makeAsyncIterator()
        #expect(await windows.next()?.seq == 1)
        killed.send(
            .notification(method: "queue.changed", params: window(seq: 2)),
            on: first.connection
        )
        #expect(await windows.next()?.seq == 2)

        killed.kill()
        let service = try FakeService(at: socket.path)
        let again = try await service.next()
        #expect(again.method == "queue.subscribe")
        #expect(again.params == ["queue": "ops"])
        service.answer(again, window(seq: 7))
        #expect(await windows.next()?.seq == 7)

        client.connection.close()
        #expect(await windows.next() == nil)
    }

    @Test func `a subscription that is refused says why`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        let client = ReviewClient(try await Connection.open(socket.options()))
        let refusal = RPCError(.storeUnavailable, "no store")

        async let failure = error { () throws(ClientError) in
            _ = try await client.subscribe(QueueQuery())
        }
        service.refuse(try await service.next(), refusal)

        #expect(await failure == .refused(refusal))
        client.connection.close()
    }

    @Test func `an offer to undo is renewed, and what is asked of it is answered`() async throws {
        let socket = try SocketPath()
        let killed = try FakeService(at: socket.path)
        let client = AgentClient(try await Connection.open(socket.options()))

        async let offered: Void = client.serveUndos(["destroy"]) { params in
            guard params.attempt > 1 else { throw UndoProblem.retry(after: .seconds(3), "busy") }
            return UndoRun.Reply(outcome: .undone, detail: params.key)
        }
        killed.answer(try await killed.next(), [:])
        try await offered
        killed.kill()
        let service = try FakeService(at: socket.path)
        let again = try await service.next()
        #expect(again.method == "undo.serve")
        service.answer(again, [:])

        var answers = service.answers.makeAsyncIterator()
        for attempt in 1...2 {
            let params = UndoRun.Params(
                key: "w/1#undo",
                workflow: "w",
                step: "w/1",
                operation: "destroy",
                arguments: [:],
                attempt: attempt,
                inDoubt: false,
                drill: false
            )
            service.send(try UndoRun.request(id: "u-1", params), on: again.connection)
            let answer = await answers.next()
            if attempt == 1 {
                guard case .error("u-1"?, let error) = answer else {
                    Issue.record("\(String(describing: answer))")
                    return
                }
                #expect(error.data?["retry_after_seconds"] == 3)
            } else {
                let result: JSONValue = ["outcome": "undone", "detail": "w/1#undo"]
                #expect(answer == .response(id: "u-1", result: result))
            }
        }
        client.connection.close()
    }

    @Test func `nobody at the socket is no service`() async throws {
        let socket = try SocketPath()

        let failure = await error { () throws(ClientError) in
            _ = try await Connection.open(socket.options())
        }

        #expect(
            failure == .noService(path: socket.path, sentence: "there is no such socket")
        )
    }

    @Test func `a service of a stranger is not talked to`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        var options = socket.options()
        options.trustedUIDs = []

        let failure = await error { () throws(ClientError) in
            _ = try await Connection.open(options)
        }

        guard case .noService(_, let sentence) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(sentence.contains("neither yours nor root"))
        withExtendedLifetime(service) {}
    }

    @Test func `a service that comes later is found`() async throws {
        let socket = try SocketPath()
        let client = ReviewClient(Connection.start(socket.options()))
        let links = client.connection.linkStates()
        for await link in links {
            if case .down(_, attempt: 2, _) = link { break }
        }
        let service = try FakeService(at: socket.path)

        async let listed = client.list(QueueQuery())
        service.answer(try await service.next(), window)

        #expect(try await listed.seq == 1)
        #expect(client.connection.link.isLive)
        client.connection.close()
        #expect(client.connection.link == .closed)
    }

    @Test func `a connection that is not to be made anew ends its calls`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        let client = ReviewClient(try await Connection.open(socket.options(.never)))

        async let failure = error { () throws(ClientError) in _ = try await client.status() }
        _ = try await service.next()
        service.kill()

        guard case .noService = await failure else {
            Issue.record("a call without a service has to end")
            return
        }
    }

    @Test func `what is not the protocol ends the connection`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path)
        let client = ReviewClient(try await Connection.open(socket.options(.never)))

        async let failure = error { () throws(ClientError) in _ = try await client.status() }
        let asked = try await service.next()
        service.send(Array("HTTP/1.1 400 Bad Request\r\n".utf8), on: asked.connection)

        guard case .noService(_, let sentence) = await failure else {
            Issue.record("nonsense is no answer")
            return
        }
        #expect(sentence.contains("is not the protocol"))
    }

    @Test func `a request beyond the service's limit is not sent`() async throws {
        let socket = try SocketPath()
        let service = try FakeService(at: socket.path, frameBytesMax: 300)
        let client = ReviewClient(try await Connection.open(socket.options()))

        let failure = await error { () throws(ClientError) in
            _ = try await client.list(QueueQuery(text: String(repeating: "a", count: 300)))
        }

        guard case .refused(let error) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(error.refusalCode == .frameTooLarge)
        async let listed = client.list(QueueQuery())
        service.answer(try await service.next(), window)
        #expect(try await listed.seq == 1)
        client.connection.close()
    }

    @Test func `pauses between attempts double, up to the longest`() {
        let backoff = Backoff(first: .milliseconds(100), longest: .milliseconds(500))
        let pauses = (1...5).map { backoff.pause(afterAttempt: $0) }
        #expect(pauses == [100, 200, 400, 500, 500].map { .milliseconds($0) })
        #expect(backoff.pause(afterAttempt: .max) == .milliseconds(500))
    }
}
