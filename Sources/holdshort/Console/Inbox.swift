import HoldConsole
import HoldTerminal
import Synchronization

/// Where other threads leave messages for the one that owns the terminal.
final class Inbox: Sendable {
    private let messages = Mutex<[Message]>([])
    let waker: Waker

    init(waker: Waker) { self.waker = waker }

    /// Leaves a message and wakes the console.
    func put(_ message: Message) {
        let wasEmpty = messages.withLock { messages in
            defer { messages.append(message) }
            return messages.isEmpty
        }
        if wasEmpty { waker.wake() }
    }

    /// Takes all messages so far; of windows of the queue only the newest is worth looking at.
    func takeAll() -> [Message] {
        let taken = messages.withLock { messages in
            defer { messages = [] }
            return messages
        }
        let newestWindow = taken.lastIndex { $0.isWindow }
        return taken.indices.filter { !taken[$0].isWindow || $0 == newestWindow }.map { taken[$0] }
    }
}

extension Message {
    fileprivate var isWindow: Bool {
        if case .queueChanged = self { return true }
        return false
    }
}
