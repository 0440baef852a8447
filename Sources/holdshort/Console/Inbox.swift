import HoldConsole
import HoldTerminal
import Synchronization

/// Where other threads leave messages for the one that owns the terminal.
///
/// It stays small however long nobody looks, as while an editor has the terminal: where only the
/// newest of a kind counts, only the newest is kept.
final class Inbox: Sendable {
    /// More lines of activity are not shown anyway.
    private static let linesMax = 500

    private let messages = Mutex<[Message]>([])
    private let expected = Mutex<[ReadAhead: ItemDetail]>([:])
    let waker: Waker

    init(waker: Waker) { self.waker = waker }

    /// Leaves a message and wakes the console.
    func put(_ message: Message) {
        let wasEmpty = messages.withLock { messages in
            let wasEmpty = messages.isEmpty
            var message = message
            if let kind = message.replaceable,
                let index = messages.lastIndex(where: { $0.replaceable == kind })
            {
                message = message.after(messages.remove(at: index), linesMax: Self.linesMax)
            }
            messages.append(message)
            return wasEmpty
        }
        if wasEmpty { waker.wake() }
    }

    /// Leaves an item that the next key probably comes to; no news, and looked at when all is done.
    func expect(_ detail: ItemDetail, as place: ReadAhead) {
        expected.withLock { $0[place] = detail }
        waker.wake()
    }

    /// Takes those items.
    func takeExpected() -> [ReadAhead: ItemDetail] {
        expected.withLock { details in
            defer { details = [:] }
            return details
        }
    }

    /// Takes all messages so far.
    func takeAll() -> [Message] {
        messages.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }
}

extension Message {
    /// What takes the place of an older one of its kind.
    fileprivate enum Replaceable { case window, heard, workflows, activity }

    fileprivate var replaceable: Replaceable? {
        switch self {
        case .queueChanged: .window
        case .heard(serviceTime: nil): .heard
        case .workflowsLoaded: .workflows
        case .activityHappened: .activity
        default: nil
        }
    }

    /// The message with what must not be lost of the one that it replaces.
    fileprivate func after(_ older: Message, linesMax: Int) -> Message {
        guard case .activityHappened(let new) = self, case .activityHappened(let old) = older else {
            return self
        }
        return .activityHappened((old + new).suffix(linesMax))
    }
}
