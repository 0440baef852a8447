import Foundation
import Glibc
import HoldCore
import HoldWire

/// A connection that says everything three times, and holds the answers against one another.
final class RawLine {
    /// What one request came to.
    typealias Answer = Result<JSONValue, RPCError>

    private let socket: Int32
    private var decoder = LineDecoder(limit: 64 * 1024 * 1024)
    private var lastID: Int64 = 0
    /// How many requests were made.
    var requests: Int64 { lastID }
    private var dice: Dice

    /// Connects and opens the session.
    ///
    /// - Throws: ``InvalidRun`` when there is no service.
    init(path: String, name: String, seed: UInt64) throws {
        dice = Dice(seed: seed, name)
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isConnected else { throw InvalidRun("nobody answers at \(path)") }
        let params: JSONValue = ["protocol": "holdshort/1", "client": ["name": .string(name)]]
        _ = try ask("session.open", params, times: 1)
    }

    deinit { close(socket) }

    /// Ends a connection from any thread, also one that its owner has let go of.
    final class Cut: Sendable {
        private let socket: Int32

        init(_ socket: Int32) { self.socket = dup(socket) }

        deinit { close(socket) }

        func now() { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    var cut: Cut { Cut(socket) }

    /// Sends the same frame several times, a little apart, and gives back every answer.
    func ask(_ method: String, _ params: JSONValue, times: Int = 3) throws -> [Answer] {
        lastID += 1
        let frame = RPCMessage.request(id: .integer(lastID), method: method, params: params).line
        for turn in 0..<times {
            if turn > 0, dice.isTrue(0.5) { wait(Double.random(in: 0...3, using: &dice)) }
            try write(frame)
        }
        var answers: [Answer] = []
        while answers.count < times {
            switch try next() {
            case .response(.integer(lastID), let result): answers.append(.success(result))
            case .error(.integer(lastID), let error): answers.append(.failure(error))
            default: break
            }
        }
        return answers
    }

    /// Says a request three times; the one answer of those that were not refused for an unwind.
    ///
    /// - Throws: ``Violation`` when the answers differ in one of these members, or in kind.
    func same(_ method: String, _ params: JSONValue, _ keys: [String]) throws -> JSONValue? {
        var standing: JSONValue?
        for answer in try ask(method, params) {
            switch answer {
            case .success(let value):
                for key in keys where standing != nil && standing?[key] != value[key] {
                    throw Violation("\(method) said three times: \(key) differs in \(value)")
                }
                standing = standing ?? value
            case .failure(let error):
                guard error.refusalCode == .unwinding else {
                    throw Violation("\(method) said three times: \(error)")
                }
            }
        }
        return standing
    }

    /// The next request of the service; answered three times.
    func serve(_ answer: (UndoRun.Params) throws -> UndoRun.Reply) throws {
        guard case .request(let id, UndoRun.method, let params) = try next() else { return }
        let reply = try answer(try UndoRun.params(from: params))
        let frame = RPCMessage.response(id: id, result: try JSONValue(encoding: reply)).line
        for _ in 0..<3 { try write(frame) }
    }

    private func wait(_ milliseconds: Double) { poll(nil, 0, Int32(milliseconds)) }

    private func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw HungUp() }
            rest = rest.dropFirst(count)
        }
    }

    private func next() throws -> RPCMessage {
        while true {
            if let line = try decoder.next() { return try RPCMessage(line: line, limits: .answers) }
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = read(socket, &bytes, bytes.count)
            guard count > 0 else { throw HungUp() }
            decoder.append(bytes[..<count])
        }
    }

    /// The connection is over.
    struct HungUp: Error {}
}
