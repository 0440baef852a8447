public import HoldCore
import HoldWire
import NIOCore
import NIOPosix
import Synchronization

/// A connection to a service that outlives the service.
///
/// Requests are answered in any order. When the service goes away and comes back, the session is
/// opened again, subscriptions and offers are renewed, and what may be asked twice is asked again.
/// What may not, such as `item.decide`, ends with ``ClientError/unconfirmed(_:)``.
public final class Connection: Sendable {
    /// What the service tells unasked.
    public struct Notification: Hashable, Sendable {
        /// The notification's name.
        public var method: String
        /// The parameters; nil when there are none.
        public var params: JSONValue?
    }

    /// Something that every new connection begins with.
    struct Standing: Sendable {
        var method: String
        var params: JSONValue
        /// Runs for each new connection, on its event loop.
        var answer: @Sendable (CallBook.Answer) -> Void
    }

    typealias RequestHandler =
        @Sendable (_ method: String, _ params: JSONValue?) async -> Result<JSONValue, RPCError>

    struct State {
        var link = LinkState.connecting
        var line: Line?
        var frameBytesMax = Int.max
        /// What the last attempt failed with.
        var cause = "not connected yet"
        var book = CallBook()
        var standing: [String: Standing] = [:]
        /// What runs on the event loop for a notification, before anything that comes after it.
        var observers: [String: @Sendable (JSONValue?) -> Void] = [:]
        var subscription: QueueSubscription?
        var handler: RequestHandler?
        var handling = 0
        var keeper: Task<Void, Never>?
        /// The pause before the next attempt.
        var rest: Task<Void?, Never>?
    }

    /// How it behaves.
    public let options: ConnectionOptions
    let state = Mutex(State())
    let links = Broadcast<LinkState>(bound: 64)
    private let notices = Broadcast<Notification>(bound: 1024)
    /// The most requests of the service that are worked on at once.
    private static let handlingMax = 64

    private init(_ options: ConnectionOptions) { self.options = options }

    deinit {
        state.withLock { state in
            state.line?.close()
            state.keeper?.cancel()
        }
    }

    /// Connects, and returns once the session is open.
    ///
    /// - Throws: ``ClientError`` when the first attempt fails, whatever the options say of later ones.
    public static func open(_ options: ConnectionOptions) async throws(ClientError) -> Connection {
        let connection = Connection(options)
        let (line, reply) = try await connection.attempt()
        connection.goLive(line, reply)
        connection.keep(line)
        return connection
    }

    /// Begins to connect, and goes on until it is closed; ``linkStates()`` tells how it goes.
    public static func start(_ options: ConnectionOptions) -> Connection {
        let connection = Connection(options)
        connection.keep(nil)
        return connection
    }

    /// Whether there is a connection now.
    public var link: LinkState { state.withLock { $0.link } }

    /// How the connection stands, now and after every change.
    public func linkStates() -> AsyncStream<LinkState> {
        // Under the lock, so that no change falls between the present state and the listening.
        state.withLock { links.listen(first: [$0.link]) }
    }

    /// What the service tells from now on; who reads too slowly loses the oldest.
    public func notifications() -> AsyncStream<Notification> { notices.listen() }

    /// Closes it; what still waits for an answer ends.
    public func close() {
        let (line, keeper) = state.withLock { state in
            state.link = .closed
            state.cause = "the client closed the connection"
            links.say(.closed)
            return (state.line, state.keeper)
        }
        line?.close()
        keeper?.cancel()
        if line == nil { goDown(attempt: 0, nextIn: nil) }
    }

    // MARK: - What comes

    /// Runs on the line's event loop, message by message.
    func take(_ message: RPCMessage, from line: Line) {
        switch message {
        case .response(.integer(let id), let result): answer(id, .success(result))
        case .error(.integer(let id)?, let error): answer(id, .failure(.refused(error)))
        case .response, .error(.string, _): break  // Nobody asked; an answer that is not ours.
        case .error(nil, let error):
            // The service could not read a line of ours, so nobody knows which call it was.
            state.withLock { $0.cause = error.description }
            line.close()
        case .notification(let method, let params):
            state.withLock { $0.observers[method] }?(params)
            notices.say(Notification(method: method, params: params))
        case .request(let id, let method, let params): serve(id, method, params, on: line)
        }
    }

    private func answer(_ id: Int64, _ answer: CallBook.Answer) {
        state.withLock { $0.book.take(id) }?.answer(answer)
    }

    private func serve(_ id: RPCID, _ method: String, _ params: JSONValue?, on line: Line) {
        let handler = state.withLock { state -> RequestHandler? in
            guard state.handling < Connection.handlingMax else { return nil }
            if state.handler != nil { state.handling += 1 }
            return state.handler
        }
        guard let handler else {
            return line.send(RPCMessage.error(id: id, .methodNotFound(method)).line)
        }
        Task {
            let result = await handler(method, params)
            state.withLock { $0.handling -= 1 }
            switch result {
            case .success(let value): line.send(RPCMessage.response(id: id, result: value).line)
            case .failure(let error): line.send(RPCMessage.error(id: id, error).line)
            }
        }
    }

    // MARK: - Ending

    func finishStreams() {
        links.finish()
        notices.finish()
        state.withLock { $0.subscription }?.continuation.finish()
    }
}
