import Foundation
import Glibc
import HoldClient
import HoldCore
import HoldWire
import Synchronization

/// A service without rules: a test reads what is asked, and says what is answered.
final class FakeService: Sendable {
    /// Something that a client asked, and on which of its connections.
    struct Asked: Sendable {
        let id: RPCID
        let method: String
        let params: JSONValue?
        let connection: Int32
    }

    struct Failure: Error {}

    /// What clients asked, without `session.open`, which is answered at once.
    let asked: AsyncStream<Asked>
    /// What clients answered to what the service asked.
    let answers: AsyncStream<RPCMessage>

    private let asking: AsyncStream<Asked>.Continuation
    private let answering: AsyncStream<RPCMessage>.Continuation
    private let listener: Int32
    private let connections = Mutex<Set<Int32>>([])
    private let path: String
    private let frameBytesMax: Int

    init(at path: String, frameBytesMax: Int = 1 << 20) throws {
        self.path = path
        self.frameBytesMax = frameBytesMax
        (asked, asking) = AsyncStream.makeStream()
        (answers, answering) = AsyncStream.makeStream()
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size)
            }
        }
        guard bound == 0, listen(listener, 16) == 0 else { throw Failure() }
        Thread.detachNewThread { self.accept() }
    }

    /// The next thing asked.
    func next() async throws -> Asked {
        for await asked in asked { return asked }
        throw Failure()
    }

    func answer(_ asked: Asked, _ result: JSONValue) {
        send(.response(id: asked.id, result: result), on: asked.connection)
    }

    func refuse(_ asked: Asked, _ error: RPCError) {
        send(.error(id: asked.id, error), on: asked.connection)
    }

    func send(_ message: RPCMessage, on connection: Int32) { send(message.line, on: connection) }

    func send(_ bytes: [UInt8], on connection: Int32) {
        _ = bytes.withUnsafeBytes {
            Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }

    /// Goes away as a process that was killed: without a word.
    func kill() {
        unlink(path)
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in connections.withLock({ $0 }) { shutdown(connection, Int32(SHUT_RDWR)) }
    }

    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { break }
            connections.withLock { _ = $0.insert(connection) }
            Thread.detachNewThread { self.serve(connection) }
        }
        close(listener)
        asking.finish()
    }

    private func serve(_ connection: Int32) {
        var decoder = LineDecoder()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { break }
            decoder.append(buffer[..<count])
            while let line = try? decoder.next() {
                guard let message = try? RPCMessage(line: line) else { continue }
                take(message, connection)
            }
        }
        connections.withLock { _ = $0.remove(connection) }
        close(connection)
    }

    private func take(_ message: RPCMessage, _ connection: Int32) {
        switch message {
        case .request(let id, SessionOpen.method, _):
            let reply = SessionOpen.Reply(
                protocol: WireProtocol.name,
                service: WireParty(name: "fake"),
                peer: WirePeer(user: "me", uid: getuid(), pid: getpid()),
                limits: WireLimits(maxFrameBytes: frameBytesMax)
            )
            send(SessionOpen.response(id: id, reply), on: connection)
        case .request(let id, let method, let params):
            asking.yield(Asked(id: id, method: method, params: params, connection: connection))
        case .response, .error: answering.yield(message)
        case .notification: break
        }
    }
}

/// A short path for a socket, gone with the test.
final class SocketPath {
    private let folder: String
    let path: String

    init() throws {
        var template = Array("/tmp/holdshort-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw FakeService.Failure() }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = folder + "/s"
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func options(
        _ reconnecting: ConnectionOptions.Reconnecting = .always
    ) -> ConnectionOptions {
        var options = ConnectionOptions(
            path: path,
            client: WireParty(name: "test"),
            reconnecting: reconnecting
        )
        options.backoff = Backoff(first: .milliseconds(2), longest: .milliseconds(20))
        return options
    }
}
