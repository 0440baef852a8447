import Foundation
import Glibc

/// A connection that sends bytes as they are, right or wrong.
///
/// It blocks: see ``offPool(_:)``.
final class RawLine {
    private let descriptor: Int32
    private var received: [UInt8] = []

    /// nil when nobody answers at the path.
    init?(_ path: String) {
        descriptor = UnixSocket.make(SOCK_STREAM)
        guard UnixSocket.with(path, { connect(descriptor, $0, $1) }) == 0 else {
            close(descriptor)
            return nil
        }
        // An answer that never comes ends the test, and not by hanging.
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    }

    deinit { close(descriptor) }

    /// Whether all of it was taken.
    @discardableResult func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// Says that nothing more will be sent.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Reads until some text comes; false when the connection or the time ends first.
    func read(until text: String) -> Bool {
        let wanted = Array(text.utf8)
        // No longer than a line and the text: what was looked through is dropped.
        while received.firstRange(of: wanted) == nil {
            received.removeFirst(max(0, received.count - wanted.count))
            guard receive() > 0 else { return false }
        }
        return true
    }

    /// Reads until the other side closes; false when the time ends first.
    func readToEnd() -> Bool {
        var count = receive()
        while count > 0 {
            received = []
            count = receive()
        }
        return count == 0
    }

    private func receive() -> Int {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { received += buffer.prefix(count) }
        // A connection that was broken off is at its end too.
        return count < 0 && errno == ECONNRESET ? 0 : count
    }
}

/// Runs what blocks on a thread of its own, so that the service's tasks go on beside it.
func offPool<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { done in
        Thread.detachNewThread { done.resume(returning: body()) }
    }
}
