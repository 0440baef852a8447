import HoldCore
import HoldWire
import NIOCore
import Synchronization

extension Connection {
    func attempt() async throws(ClientError) -> (Line, SessionOpen.Reply) {
        let line = try await Line.connect(options) { [weak self] line, message in
            self?.take(message, from: line)
        }
        return (line, try await line.open(options))
    }

    /// Keeps a line up until the connection is closed, or ends when it is not to be made anew.
    func keep(_ first: Line?) {
        let keeper = Task { [weak self, options] in
            var line = first
            var attempt = 0
            while !Task.isCancelled {
                if let current = line {
                    let cause = await current.ended.value
                    line = nil
                    attempt = 0
                    let isLast = options.reconnecting == .never || Task.isCancelled
                    self?.note(cause)
                    self?.goDown(attempt: 0, nextIn: isLast ? nil : .zero)
                    if isLast { return }
                }
                line = await self?.nextLine(&attempt)
                if self == nil { return }
            }
            line?.close()
        }
        state.withLock { $0.keeper = keeper }
    }

    /// One attempt, and the pause after it if it fails.
    private func nextLine(_ attempt: inout Int) async -> Line? {
        do {
            let (line, reply) = try await self.attempt()
            goLive(line, reply)
            return line
        } catch {
            attempt += 1
            let pause = options.backoff.pause(afterAttempt: attempt)
            state.withLock { $0.cause = error.outage }
            goDown(attempt: attempt, nextIn: pause)
            // A cancelled pause ends the loop, which looks whether it is.
            let rest = Task { try? await Task.rest(for: pause) }
            state.withLock { $0.rest = rest }
            await withTaskCancellationHandler {
                _ = await rest.value
            } onCancel: {
                rest.cancel()
            }
            return nil
        }
    }

    /// Ends the pause before the next attempt to reconnect, if one runs.
    public func retryNow() { state.withLock { $0.rest }?.cancel() }

    private func note(_ cause: String) {
        state.withLock { state in
            // A cause that the service told, such as a frame too large, says more than the end.
            if state.link.isLive, state.cause.isEmpty { state.cause = cause }
        }
    }

    func goLive(_ line: Line, _ reply: SessionOpen.Reply) {
        let isClosed = state.withLock { state in
            guard state.link != .closed else { return true }
            state.link = .live(reply)
            state.line = line
            state.cause = ""
            state.frameBytesMax = reply.limits.maxFrameBytes
            // The subscriptions first: a call may be about what they bring.
            for standing in state.standing.values { state.send(standing, on: line) }
            for bytes in state.book.sendAll() { line.send(bytes) }
            links.say(.live(reply))
            return false
        }
        if isClosed { line.close() }
    }

    func goDown(attempt: Int, nextIn: Duration?) {
        let (over, cause) = state.withLock { state in
            let isClosed = state.link == .closed
            state.line = nil
            if !isClosed {
                state.link = .down(cause: state.cause, attempt: attempt, nextIn: nextIn)
                links.say(state.link)
            }
            let over = state.book.connectionEnded(isLast: isClosed || nextIn == nil)
            return (over, state.cause)
        }
        for call in over { call.answer(.failure(failure(of: call, because: cause))) }
        if nextIn == nil { finishStreams() }
    }

    /// What a call ends with that can have no answer any more.
    func failure(of call: CallBook.Call, because cause: String) -> ClientError {
        if call.isSent, !call.isSafe {
            return .unconfirmed("\(cause) before \(call.method) was answered")
        }
        return .noService(path: options.path, sentence: cause)
    }
}

extension Connection.State {
    mutating func send(_ standing: Connection.Standing, on line: Line) {
        let id = book.nextID()
        let bytes = RPCMessage.request(
            id: .integer(id),
            method: standing.method,
            params: standing.params
        ).line
        book.add(
            CallBook.Call(
                method: standing.method,
                bytes: bytes,
                isStanding: true,
                isSent: true,
                answer: standing.answer
            ),
            id: id
        )
        line.send(bytes)
    }
}

extension ClientError {
    /// The sentence without the path, which the reader of a link's state knows.
    fileprivate var outage: String {
        if case .noService(_, let sentence) = self { sentence } else { description }
    }
}
