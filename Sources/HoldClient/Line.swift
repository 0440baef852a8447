import HoldWire
import NIOCore
import NIOPosix

/// One connection to the service, from `connect` to its end; a ``Connection`` uses one after another.
final class Line: Sendable {
    typealias Opened = Result<SessionOpen.Reply, ClientError>

    /// Set when the service answered `session.open`, or ended before it did.
    private let opened = OneShot<Opened>()
    /// Why it ended.
    let ended = OneShot<String>()
    private let channel: any Channel
    private let deliver: @Sendable (Line, RPCMessage) -> Void

    private static let openID: RPCID = 0

    private init(
        channel: any Channel,
        deliver: @escaping @Sendable (Line, RPCMessage) -> Void
    ) {
        self.channel = channel
        self.deliver = deliver
    }

    /// Connects, and makes sure of whom to.
    ///
    /// Nothing is sent before the kernel has said as whom the service runs: a socket that somebody
    /// else put there would learn what is proposed, and could answer what it likes.
    static func connect(
        _ options: ConnectionOptions,
        deliver: @escaping @Sendable (Line, RPCMessage) -> Void
    ) async throws(ClientError) -> Line {
        let path = options.path
        let line: Line
        do {
            line = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(5))
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let line = Line(channel: channel, deliver: deliver)
                        try channel.pipeline.syncOperations.addHandler(
                            LineHandler(
                                lineBytesMax: options.lineBytesMax,
                                deliver: { line.take($0) },
                                ended: { line.finish($0) }
                            )
                        )
                        return line
                    }
                }
        } catch {
            throw .noService(path: path, sentence: sentence(for: error))
        }
        do {
            let owner = try await PeerCredentials.listener(of: line.channel)
            guard options.trustedUIDs.contains(owner.uid) else {
                line.close()
                throw ClientError.noService(
                    path: path,
                    sentence: "the account with the uid \(owner.uid) answers there, which is"
                        + " neither yours nor root"
                )
            }
        } catch let error as ClientError {
            throw error
        } catch {
            line.close()
            throw .noService(path: path, sentence: "who answers there cannot be told: \(error)")
        }
        return line
    }

    /// Opens the session; must be the first thing said.
    func open(_ options: ConnectionOptions) async throws(ClientError) -> SessionOpen.Reply {
        let params = SessionOpen.Params(protocol: WireProtocol.name, client: options.client)
        do {
            send(try SessionOpen.request(id: Line.openID, params).line)
        } catch {
            throw .protocolBroken("\(error)")
        }
        let opened = opened
        let limit = TimeAmount(options.openTimeout)
        let timer = channel.eventLoop.scheduleTask(in: limit) { opened.set(.failure(.timedOut)) }
        let answer = await opened.value
        timer.cancel()
        do {
            return try answer.get()
        } catch {
            close()
            throw error
        }
    }

    func send(_ bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    func close() { channel.close(promise: nil) }

    private func take(_ message: RPCMessage) {
        switch message {
        case .response(id: Line.openID, let result):
            do {
                opened.set(.success(try SessionOpen.reply(from: result)))
            } catch {
                opened.set(.failure(.protocolBroken("\(error)")))
            }
        case .error(id: Line.openID, let error): opened.set(.failure(.refused(error)))
        case .request, .notification, .response, .error: deliver(self, message)
        }
    }

    private func finish(_ cause: String) {
        opened.set(.failure(.protocolBroken("it ended before the session was open: \(cause)")))
        ended.set(cause)
    }

    private static func sentence(for error: any Error) -> String {
        guard let error = error as? IOError else {
            return "cannot connect: \(error)"
        }
        switch error.errnoCode {
        case Errno.notThere: return "there is no such socket"
        case Errno.refused: return "nobody listens"
        case Errno.denied: return "you may not open this socket"
        default: return "cannot connect: \(error)"
        }
    }
}
