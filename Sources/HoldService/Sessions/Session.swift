import HoldBroker
import HoldCore
import HoldWire
import Logging
import NIOCore

/// One connection: lines in, lines out, and who is at the other end.
///
/// Everything here runs on the connection's event loop; what comes from elsewhere hops onto it.
final class Session: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let house: House
    let role: Switchboard.Role
    let peer: Peer
    let loop: any EventLoop
    var eventLoop: any EventLoop { loop }
    private var decoder: LineDecoder
    private(set) var context: ChannelHandlerContext?
    /// The client's name for itself; nil before `session.open`.
    private(set) var clientName: String?
    private(set) var line = 0
    /// Tickets that wait for something, with their workflow and the timer that ends the wait.
    private var waits: [Ticket: (workflow: WorkflowKey, timer: Scheduled<Void>?)] = [:]
    private var openRequests = 0
    /// A line was too long: what still comes is thrown away.
    private var isDeaf = false
    /// How long a peer that still sends has to read why its connection ends; in seconds.
    private static let partingTime = 2.0
    var undos: [String: (@Sendable (UndoReport) -> Void)] = [:]
    var undoTimers: [String: Scheduled<Void>] = [:]
    private var nextUndo = 1
    var subscription: Subscription?
    var auditWaits: [AuditWait] = []

    init(house: House, role: Switchboard.Role, peer: Peer, loop: any EventLoop) {
        self.house = house
        self.role = role
        self.peer = peer
        self.loop = loop
        decoder = LineDecoder(limit: house.configuration.frameLimit)
    }

    /// This session, to be touched on its loop by work that comes from elsewhere.
    var bound: NIOLoopBound<Session> { NIOLoopBound(self, eventLoop: loop) }

    /// Runs something here when another thread has a result.
    func later<Value: Sendable>(
        _ body: @escaping @Sendable (Session, Value) -> Void
    ) -> @Sendable (Value) -> Void {
        let bound = bound
        let loop = loop
        return { value in loop.execute { body(bound.value, value) } }
    }

    // MARK: - The connection's life

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        line = house.switchboard.connect(
            Switchboard.Line(
                role: role,
                send: later { session, message in session.send(message) },
                queueChanged: { [queueChanged = later { $0.markQueueDirty($1) }] in
                    queueChanged(())
                },
                journalGrew: later { session, seq in session.journalGrew(to: seq) },
                runUndo: { [run = later { $0.runUndo($1) }] params, done in
                    run(UndoErrand(params: params, done: done))
                }
            )
        )
    }

    func channelInactive(context: ChannelHandlerContext) {
        house.switchboard.hangUp(line)
        for (ticket, wait) in waits {
            wait.timer?.cancel()
            house.lane.forget(ticket, in: wait.workflow)
        }
        waits = [:]
        undoTimers.values.forEach { $0.cancel() }
        undos.values.forEach { $0(.hungUp) }
        undos = [:]
        subscription?.stop()
        subscription = nil
        auditWaits.forEach { $0.timer.cancel() }
        auditWaits = []
        self.context = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        house.logger.debug("connection failed", metadata: ["error": "\(error)"])
        context.close(promise: nil)
    }

    /// One slow reader never delays another: past the bound its connection goes, and state stays.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable {
            house.logger.warning(
                "dropped a connection that reads too slowly",
                metadata: ["client": "\(clientName ?? "?")", "user": "\(peer.user)"]
            )
            context.close(promise: nil)
        }
        context.fireChannelWritabilityChanged()
    }

    // MARK: - Lines

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDeaf else { return }
        let buffer = unwrapInboundIn(data)
        decoder.append(buffer.readableBytesView)
        do {
            while let bytes = try decoder.next() {
                guard self.context != nil else { return }
                if !bytes.isEmpty { take(bytes) }
            }
        } catch {
            send(.error(id: nil, RPCError(.frameTooLarge, "\(error); this connection ends here.")))
            part(context)
        }
    }

    /// Ends the connection so that the peer can read the last answer: a socket that is closed with
    /// bytes unread is an error at the other end, and who gets that often reads no further.
    private func part(_ context: ChannelHandlerContext) {
        isDeaf = true
        decoder = LineDecoder(limit: house.configuration.frameLimit)
        context.close(mode: .output, promise: nil)
        _ = schedule(after: Self.partingTime) { $0.context?.close(promise: nil) }
    }

    private func take(_ bytes: [UInt8]) {
        do {
            switch try RPCMessage(line: bytes) {
            case .request(let id, let method, let params): dispatch(id, method, params)
            case .response(let id, let result): takeUndoAnswer(id, .success(result))
            case .error(let id, let error):
                if let id { takeUndoAnswer(id, .failure(error)) }
            case .notification: break
            }
        } catch {
            send(error.answer)
        }
    }

    private func dispatch(_ id: RPCID, _ method: String, _ params: JSONValue?) {
        guard openRequests < house.configuration.openRequestsLimit else {
            let limit = house.configuration.openRequestsLimit
            return send(
                .error(
                    id: id,
                    RPCError(
                        .tooMany,
                        "\(limit) requests of this connection already wait.",
                        data: ["retry_after_seconds": 1]
                    )
                )
            )
        }
        openRequests += 1
        let call = Call(id: id, method: method, params: params)
        do throws(RPCError) {
            if method == SessionOpen.method { return try open(call) }
            guard clientName != nil else {
                throw RPCError(.notOpen, "Say session.open first, with protocol and client.")
            }
            switch role {
            case .agent: try dispatchAgent(call)
            case .reviewer: try dispatchReview(call)
            }
        } catch {
            fail(call, error)
        }
    }

    private func open(_ call: Call) throws(RPCError) {
        guard clientName == nil else {
            throw RPCError(
                .alreadyOpen,
                "This connection is open, under the name that it gave: a connection is opened once."
            )
        }
        let params = try call.params(of: SessionOpen.self)
        guard WireProtocol.supported.contains(params.protocol) else {
            throw RPCError(
                .unsupportedProtocol,
                "This service speaks \(WireProtocol.supported.joined(separator: ", ")).",
                data: ["supported": .array(WireProtocol.supported.map { .string($0) })]
            )
        }
        clientName = params.client.name
        let configuration = house.configuration
        reply(
            call,
            to: SessionOpen.self,
            SessionOpen.Reply(
                protocol: WireProtocol.name,
                service: WireParty(
                    name: "holdshort",
                    version: configuration.version,
                    id: configuration.id
                ),
                peer: WirePeer(user: peer.user, uid: peer.uid, pid: peer.pid),
                manifest: house.manifests.current.digest,
                limits: WireLimits(maxFrameBytes: configuration.frameLimit),
                separation: house.separation
            )
        )
    }

    // MARK: - Answers

    /// One request of this connection.
    struct Call: Sendable {
        var id: RPCID
        var method: String
        var params: JSONValue?

        func params<Method: WireMethod>(of method: Method.Type) throws(RPCError) -> Method.Params {
            try Method.params(from: params)
        }
    }

    func reply<Method: WireMethod>(_ call: Call, to: Method.Type, _ reply: Method.Reply) {
        openRequests -= 1
        send(Method.response(id: call.id, reply))
    }

    func fail(_ call: Call, _ error: RPCError) {
        openRequests -= 1
        send(.error(id: call.id, error))
    }

    func send(_ message: RPCMessage) {
        guard let context else { return }
        let bytes = message.line
        var buffer = context.channel.allocator.buffer(capacity: bytes.count)
        buffer.writeBytes(bytes)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    /// Sends something to the broker, and hands its answer to `then` on this session's loop.
    @discardableResult
    func ask(
        _ request: Submission.Request,
        in workflow: WorkflowKey,
        by party: Party,
        blobs: [Digest: [UInt8]] = [:],
        _ call: Call,
        then: @escaping @Sendable (Session, Workflow, [Event]) throws(RPCError) -> Void
    ) -> Ticket {
        // Who waits for an answer about a workflow works on it, unless the answer is that there is none.
        let isAgent = role == .agent
        if isAgent { house.switchboard.note(line, worksOn: workflow) }
        return house.lane.submit(
            request,
            in: workflow,
            by: party,
            blobs: blobs,
            then: later { session, answer in
                if isAgent, !answer.isAbout(workflow) {
                    session.house.switchboard.takeBack(session.line, worksOn: workflow)
                }
                session.take(answer, for: call, then: then)
            }
        )
    }

    private func take(
        _ answer: Answer,
        for call: Call,
        then: (Session, Workflow, [Event]) throws(RPCError) -> Void
    ) {
        do throws(RPCError) {
            switch answer {
            case .done(let workflow, let events): try then(self, workflow, events)
            case .refused(let refusal): throw RPCError(refusal)
            case .unavailable(let fault): throw RPCError(fault)
            case .reviewed: throw RPCError(.internalError, "an answer to another question")
            }
        } catch {
            fail(call, error)
        }
    }

    /// Waits for a goal in a workflow, for at most so long; an hour if the client does not say.
    func wait(
        _ request: Submission.Request,
        in workflow: WorkflowKey,
        by party: Party,
        seconds: Double?,
        _ call: Call,
        then: @escaping @Sendable (Session, Workflow) throws(RPCError) -> Void
    ) {
        let box = NIOLoopBoundBox(Ticket?.none, eventLoop: loop)
        let ticket = ask(request, in: workflow, by: party, call) {
            session,
            workflow,
            _ throws(RPCError) in
            if let ticket = box.value { session.endWait(ticket) }
            try then(session, workflow)
        }
        box.value = ticket
        let timer = seconds.map { seconds in
            let bound = bound
            let limit = Int64(min(seconds, 31_536_000) * 1000)
            return loop.scheduleTask(in: .milliseconds(limit)) {
                bound.value.house.lane.stopWaiting(ticket, in: workflow)
            }
        }
        waits[ticket] = (workflow, timer)
    }

    private func endWait(_ ticket: Ticket) {
        waits.removeValue(forKey: ticket)?.timer?.cancel()
    }

    func nextUndoID() -> String {
        defer { nextUndo += 1 }
        return "u-\(nextUndo)"
    }

    /// Runs something here after a while.
    func schedule(
        after seconds: Double,
        _ body: @escaping @Sendable (Session) -> Void
    ) -> Scheduled<Void> {
        let bound = bound
        return loop.scheduleTask(in: .milliseconds(Int64(min(seconds, 31_536_000) * 1000))) {
            body(bound.value)
        }
    }
}

extension Answer {
    /// Whether there is such a workflow, as far as this answer says.
    fileprivate func isAbout(_ workflow: WorkflowKey) -> Bool {
        guard case .done(let found, _) = self else { return false }
        return found.id == workflow && found.version > 0
    }
}

/// One undo on its way to this connection.
struct UndoErrand: Sendable {
    var params: UndoRun.Params
    var done: @Sendable (UndoReport) -> Void
}
