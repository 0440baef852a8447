import HoldCore
import HoldWire
import NIOCore

/// The requests that wait for an answer.
struct CallBook {
    typealias Answer = Result<JSONValue, ClientError>

    struct Call {
        var method: String
        /// The line, the same each time that it is sent.
        var bytes: [UInt8]
        /// Whether nobody hears of it when a connection ends, since each new one begins with it.
        var isStanding = false
        var isSent = false
        var timer: Scheduled<Void>?
        var answer: @Sendable (Answer) -> Void

        var isSafe: Bool { Resending.isSafe(method) }
    }

    private var calls: [Int64: Call] = [:]
    // 0 opens the session.
    private var lastID: Int64 = 0

    var count: Int { calls.count }

    mutating func nextID() -> Int64 {
        lastID += 1
        return lastID
    }

    mutating func add(_ call: Call, id: Int64) { calls[id] = call }

    mutating func attach(_ timer: Scheduled<Void>, to id: Int64) {
        guard calls[id] != nil else { return timer.cancel() }
        calls[id]?.timer = timer
    }

    /// Takes out a call; nil when it was already taken out.
    mutating func take(_ id: Int64) -> Call? {
        let call = calls.removeValue(forKey: id)
        call?.timer?.cancel()
        return call
    }

    /// Marks everything as sent that was not, and tells its lines in the order of their asking.
    mutating func sendAll() -> [[UInt8]] {
        let unsent = calls.filter { !$0.value.isSent }.keys.sorted()
        return unsent.compactMap { id in
            calls[id]?.isSent = true
            return calls[id]?.bytes
        }
    }

    /// The connection ended: what can be asked again waits for the next one, the rest comes back.
    mutating func connectionEnded(isLast: Bool) -> [Call] {
        var over: [Call] = []
        for (id, call) in calls.sorted(by: { $0.key < $1.key }) {
            if !isLast, call.isSafe, !call.isStanding {
                calls[id]?.isSent = false
            } else if let call = take(id), isLast || !call.isStanding {
                over.append(call)
            }
        }
        return over
    }
}
