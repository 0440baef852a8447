import Foundation
import Synchronization

/// What a process writes, kept as it comes, for a test to wait for.
final class Spool: Sendable {
    private let condition = NSCondition()
    private let bytes = Mutex<[UInt8]>([])
    private let hasEnded = Mutex(false)

    /// Takes all that comes from a pipe.
    init(_ pipe: Pipe) {
        // A thread of its own keeps the descriptor open until the writer has closed its end; a
        // readability handler crashes in libdispatch when its handle goes first.
        let handle = pipe.fileHandleForReading
        Thread.detachNewThread { [self] in
            while true {
                let data = handle.availableData
                take(data)
                if data.isEmpty { return }
            }
        }
    }

    private func take(_ data: Data) {
        condition.withLock {
            if data.isEmpty {
                hasEnded.withLock { $0 = true }
            } else {
                bytes.withLock { $0 += data }
            }
            condition.broadcast()
        }
    }

    /// All so far.
    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    /// Waits until what was written makes this true; false when it ends or the time is over first.
    func wait(seconds: Double = 30, until isSo: (String) -> Bool) -> Bool {
        let end = Date(timeIntervalSinceNow: seconds)
        return condition.withLock {
            while !isSo(text) {
                if hasEnded.withLock({ $0 }) || !condition.wait(until: end) { return isSo(text) }
            }
            return true
        }
    }

    /// Waits until the writer has closed it.
    func waitForEnd(seconds: Double = 30) {
        let end = Date(timeIntervalSinceNow: seconds)
        condition.withLock {
            while !hasEnded.withLock({ $0 }), condition.wait(until: end) {}
        }
    }
}
