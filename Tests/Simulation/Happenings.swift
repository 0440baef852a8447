import HoldBroker
import HoldCore

/// Something that happens at a moment of the simulated world.
enum Happening {
    /// A request reaches the service.
    case arrival(call: Int)
    /// The lane takes what is queued.
    case work(epoch: Int)
    /// The service's timer fires.
    case timer(epoch: Int, generation: Int)
    /// An answer reaches its client.
    case answer(call: Int, Reply)
    /// A client gives up waiting for an answer, and asks again.
    case impatience(call: Int)
    /// An agent goes on with a lane.
    case agent(Int, lane: Int)
    /// A step's effect takes place in the world.
    case deed(Int, lane: Int, step: Int)
    /// A reviewer looks at the queue.
    case look(reviewer: Int)
    /// A reviewer says what was made up on the screen.
    case verdict(reviewer: Int, WorkflowKey, Ask)
    /// An undo takes effect at its executor.
    case undoEffect(UndoCall, epoch: Int, ExecutorMood)
    /// An executor's answer reaches the service.
    case undoReport(UndoCall, epoch: Int, UndoReport)
    case crash
    case start(epoch: Int)
    case trouble
    /// The host stops running for a while, or goes on.
    case pause
    case goOn(epoch: Int, Bool)
    /// From here on nothing fails any more.
    case heal
}

/// What is to come, earliest first; what falls on the same moment, in the order in which it was planned.
struct Agenda {
    /// Small, because the heap moves it about; what happens stands apart.
    private struct Entry {
        var at: Int64
        var order: Int

        func precedes(_ other: Entry) -> Bool {
            at != other.at ? at < other.at : order < other.order
        }
    }

    private var heap: [Entry] = []
    private var happenings: [Happening?] = []

    var isEmpty: Bool { heap.isEmpty }

    mutating func plan(_ happening: Happening, at: Int64) {
        heap.append(Entry(at: at, order: happenings.count))
        happenings.append(happening)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func next() -> (at: Int64, happening: Happening)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        guard let happening = happenings[first.order].take() else { return next() }
        return (first.at, happening)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].precedes(heap[least]) { least = child }
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
