import HoldCore
public import HoldWire
import NIOCore
import NIOPosix
import Synchronization

extension Connection {
    /// How long a call waits for its answer unless it says otherwise.
    public static let usualTimeout: Duration = .seconds(30)

    /// Asks the service something, and waits for the answer.
    ///
    /// While there is no connection, what may be asked twice waits for one; what may not fails at
    /// once with ``ClientError/noService(path:sentence:)``, since nothing was sent.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - params: What it asks for; checked here before it is sent.
    ///   - timeout: How long to wait; nil for as long as it takes.
    /// - Throws: ``ClientError``.
    /// - Returns: The answer.
    public func call<Method: WireMethod>(
        _ method: Method.Type,
        _ params: Method.Params,
        timeout: Duration? = Connection.usualTimeout
    ) async throws(ClientError) -> Method.Reply {
        let result = try await request(
            Method.method,
            try Connection.checked(method, params),
            timeout: timeout
        ).get()
        do {
            return try Method.reply(from: result)
        } catch {
            throw .protocolBroken("\(error)")
        }
    }

    /// The parameters as they are sent, or what is wrong with them.
    static func checked<Method: WireMethod>(
        _ method: Method.Type,
        _ params: Method.Params
    ) throws(ClientError) -> JSONValue {
        do {
            try params.validate()
        } catch {
            throw .refused(RPCError(.invalidParams, "params.\(error)"))
        }
        do {
            return try JSONValue(encoding: params)
        } catch {
            throw .refused(RPCError(.invalidParams, "params.\(error)"))
        }
    }

    private func request(
        _ method: String,
        _ params: JSONValue,
        timeout: Duration?
    ) async -> CallBook.Answer {
        let id = state.withLock { $0.book.nextID() }
        let bytes = RPCMessage.request(id: .integer(id), method: method, params: params).line
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let call = CallBook.Call(method: method, bytes: bytes) { answer in
                    continuation.resume(returning: answer)
                }
                if let obstacle = begin(call, id: id) {
                    return continuation.resume(returning: .failure(obstacle))
                }
                if let timeout { expire(id, after: timeout) }
                if Task.isCancelled { giveUp(id, .cancelled) }
            }
        } onCancel: {
            giveUp(id, .cancelled)
        }
    }

    /// Sends a call or lets it wait; tells what is in the way of both.
    private func begin(_ call: CallBook.Call, id: Int64) -> ClientError? {
        state.withLock { state in
            let absent = ClientError.noService(path: options.path, sentence: state.cause)
            switch state.link {
            case .closed, .down(_, _, nextIn: nil): return absent
            case .connecting, .down, .live: break
            }
            guard state.book.count < options.pendingCallsMax else {
                return .refused(
                    RPCError(
                        .tooMany,
                        "\(options.pendingCallsMax) requests already wait for an answer"
                    )
                )
            }
            guard call.bytes.count <= state.frameBytesMax else {
                return .refused(
                    RPCError(
                        .frameTooLarge,
                        "the request has \(call.bytes.count) bytes, and the service reads"
                            + " \(state.frameBytesMax) at most"
                    )
                )
            }
            var call = call
            if let line = state.line {
                call.isSent = true
                state.book.add(call, id: id)
                line.send(call.bytes)
            } else {
                guard call.isSafe else { return absent }
                state.book.add(call, id: id)
            }
            return nil
        }
    }

    private func expire(_ id: Int64, after timeout: Duration) {
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(
            in: TimeAmount(timeout)
        ) { [weak self] () -> Void in self?.giveUp(id, .timedOut) }
        state.withLock { $0.book.attach(timer, to: id) }
    }

    /// Stops to wait for an answer.
    private func giveUp(_ id: Int64, _ error: ClientError) {
        let (call, cause) = state.withLock { ($0.book.take(id), $0.line == nil ? $0.cause : nil) }
        guard let call else { return }
        if call.isSent, !call.isSafe {
            call.answer(.failure(.unconfirmed("\(call.method) was sent and not answered in time")))
        } else if error == .timedOut, let cause {
            call.answer(.failure(.noService(path: options.path, sentence: cause)))
        } else {
            call.answer(.failure(error))
        }
    }

    // MARK: - What every new connection begins with

    /// Asks now, and again on each new connection; a second one of the method replaces the first.
    func stand(_ standing: Standing) {
        let ended = state.withLock { state -> String? in
            switch state.link {
            case .closed, .down(_, _, nextIn: nil): return state.cause
            case .connecting, .down, .live: break
            }
            state.standing[standing.method] = standing
            if let line = state.line { state.send(standing, on: line) }
            return nil
        }
        if let ended {
            standing.answer(.failure(.noService(path: options.path, sentence: ended)))
        }
    }
}
