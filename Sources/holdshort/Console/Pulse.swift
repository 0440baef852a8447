import Foundation
import HoldConsole
import HoldCore
import HoldWire

/// Asks the service once a second whether it is alive, on a line of its own and without ever waiting.
///
/// The question goes out with the tick that moves the shown second on, and its answer is taken up
/// with the next tick: so an idle console wakes once a second and no more. What is known is
/// therefore up to a second old, and counts as that old.
struct Pulse: ~Copyable {
    /// Longer than any answer to the question.
    private static let bytesMax = 65_536
    /// How long no new line is tried after one failed.
    private static let pause = Span(seconds: 5)

    private let path: String
    private let hello: [UInt8]
    private var descriptor: Int32 = -1
    private var received: [UInt8] = []
    private var lastID: Int64 = 0
    /// When the question was asked that has no answer yet.
    private var asked: Moment?
    private var failedAt: Moment?

    /// Nothing is opened before the first beat.
    init(path: String, client: WireParty) {
        self.path = path
        let params = SessionOpen.Params(protocol: WireProtocol.name, client: client)
        hello = (try? SessionOpen.request(id: 0, params).line) ?? []
    }

    /// Whether somebody listens there whom we trust.
    static func answers(at path: String) -> Bool {
        let descriptor = socket(to: path)
        if descriptor >= 0 { close(descriptor) }
        return descriptor >= 0
    }

    /// Whether there is a line.
    var isOpen: Bool { descriptor >= 0 }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Takes up the last answer and asks again; nothing while there is no answer.
    ///
    /// A service that has not answered is not asked again, so that nothing piles up before it.
    mutating func beat(at now: Moment) -> [Message] {
        if descriptor < 0 { connect(at: now) }
        guard descriptor >= 0 else { return [] }
        let messages = takeUp()
        if asked == nil, descriptor >= 0 {
            lastID += 1
            let question = RPCMessage.request(
                id: .integer(lastID),
                method: ServiceStatus.method,
                params: [:]
            )
            if say(question.line) { asked = now } else { hangUp(at: now) }
        }
        return messages
    }

    /// Lets the line go; the next beat opens another.
    mutating func hangUp(at now: Moment) {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        failedAt = now
        received = []
        asked = nil
    }

    private mutating func connect(at now: Moment) {
        if let failedAt, now.since(failedAt) < Self.pause { return }
        failedAt = now
        descriptor = Self.socket(to: path)
        received = []
        asked = nil
        if descriptor >= 0, hello.isEmpty || !say(hello) { hangUp(at: now) }
    }

    private mutating func takeUp() -> [Message] {
        var buffer = [UInt8](repeating: 0, count: 8_192)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                received += buffer.prefix(count)
                if received.count > Self.bytesMax { break }
            } else if count < 0, errno == EINTR {
                continue
            } else if count < 0, errno == EAGAIN {
                return answer()
            } else {
                break
            }
        }
        // The end of it, or something else than the protocol: the other line tells of the service.
        close(descriptor)
        descriptor = -1
        asked = nil
        return []
    }

    /// The answer to the last question, if it has come.
    private mutating func answer() -> [Message] {
        guard let end = received.lastIndex(of: 0x0A) else { return [] }
        let lines = received[..<end].split(separator: 0x0A)
        received.removeFirst(end + 1)
        for line in lines {
            let message = try? RPCMessage(line: Array(line))
            guard case .response(.integer(lastID), let result)? = message, let asked,
                let status = try? result.decode(ServiceStatus.Reply.self)
            else { continue }
            self.asked = nil
            let serviceTime = status.startedAt + Span(seconds: status.uptimeSeconds)
            return [
                .answered(serviceTime: serviceTime, asked: asked),
                .shift(.health(ServiceHealth(status))),
            ]
        }
        return []
    }

    private func say(_ bytes: [UInt8]) -> Bool {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        return send(descriptor, bytes, bytes.count, flags) == bytes.count
    }

    /// Connects without waiting; -1 when that cannot be, or somebody else answers there.
    private static func socket(to path: String) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else { return -1 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc.socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return -1 }
        let connected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        var owner = (pid: Int32(0), uid: UInt32.max, gid: UInt32.max)
        var size = socklen_t(MemoryLayout.size(ofValue: owner))
        guard connected == 0,
            getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &owner, &size) == 0,
            owner.uid == geteuid() || owner.uid == 0
        else {
            close(descriptor)
            return -1
        }
        return descriptor
    }
}
