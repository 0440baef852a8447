import HoldBroker
import HoldCore
import Synchronization

/// Carries the broker's effects to whoever they are for, in their order.
final class Carrier: Sendable {
    struct Parts: Sendable {
        var switchboard: Switchboard
        var timer: Timer
        var undos: UndoRunner
        var drills: DrillKeeper
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
        case .runUndo(let call, let owner): parts.undos.run(call, owner: owner)
        case .runDrill(let call): parts.undos.drill(call)
        case .publish(let publication):
            parts.switchboard.queueChanged(seq: publication.seq)
            for change in publication.changes { parts.announcer.announce(change) }
            if publication.changes.contains(where: \.bearsOnDrills) { parts.drills.look() }
        }
    }
}

extension Publication.Change {
    /// Whether other drills may be due now: something was proven, a drill ended, or a halt did.
    fileprivate var bearsOnDrills: Bool {
        workflow.id == Workflow.control
            || events.contains { event in
                if case .undone = event { return true }
                return false
            }
    }
}
