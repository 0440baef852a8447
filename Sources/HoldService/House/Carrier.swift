import HoldBroker
import HoldCore
import Synchronization

/// Carries the broker's effects to whoever they are for, in their order.
final class Carrier: Sendable {
    struct Parts: Sendable {
        var switchboard: Switchboard
        var timer: Timer
        var undos: UndoRunner
        var announcer: Announcer
    }

    private let parts = Mutex<Parts?>(nil)

    /// Joins the parts, which are made after the lane that they hang on.
    func connect(_ parts: Parts) { self.parts.withLock { $0 = parts } }

    func carry(_ effect: Effect) {
        guard let parts = parts.withLock({ $0 }) else { return }
        switch effect {
        case .answer: break
        case .wake(let moment): parts.timer.wake(at: moment)
        case .runUndo(let errand, let owner): parts.undos.run(errand, owner: owner)
        case .publish(let publication):
            parts.switchboard.queueChanged(seq: publication.seq)
            for change in publication.changes { parts.announcer.announce(change) }
        }
    }
}
