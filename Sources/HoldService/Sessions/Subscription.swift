import HoldCore
import HoldJournal
import HoldWire
import Logging
import NIOCore

/// One console's window on the queue: pushed when it changed, at most 30 times a second.
final class Subscription {
    /// The shortest time between two pushes, in seconds.
    static let pause = 1.0 / 30

    let query: HoldJournal.QueueQuery
    /// A push is scheduled or under way; what changes meanwhile comes with the next.
    var isBusy = false
    var isDirty = false
    var timer: Scheduled<Void>?
    var lastPush: NIODeadline?
    var shown: HoldJournal.QueueWindow?

    init(_ query: HoldJournal.QueueQuery) { self.query = query }

    func stop() { timer?.cancel() }
}

extension Session {
    func markQueueDirty(_: Void) {
        guard let subscription else { return }
        subscription.isDirty = true
        pushQueueIfDue(subscription)
    }

    private func pushQueueIfDue(_ subscription: Subscription) {
        guard subscription.isDirty, !subscription.isBusy else { return }
        subscription.isBusy = true
        let since = subscription.lastPush.map { NIODeadline.now() - $0 } ?? .seconds(1)
        let rest = Subscription.pause - Double(since.nanoseconds) / 1e9
        guard rest > 0 else { return pushQueue() }
        subscription.timer = schedule(after: rest) { $0.pushQueue() }
    }

    private func pushQueue() {
        guard let subscription else { return }
        subscription.isDirty = false
        subscription.lastPush = .now()
        var query = subscription.query
        query.now = house.clock.now()
        let asked = NIOLoopBoundBox(subscription, eventLoop: eventLoop)
        house.read(
            { [query] journal throws(JournalFault) in try journal.queue(query) },
            then: later { session, result in session.push(result, to: asked.value) }
        )
    }

    private func push(
        _ result: Result<HoldJournal.QueueWindow, JournalFault>,
        to subscription: Subscription
    ) {
        guard subscription === self.subscription else { return }
        subscription.isBusy = false
        if case .success(let window) = result, window != subscription.shown {
            subscription.shown = window
            do {
                send(try QueueChanged.notification(HoldWire.QueueWindow(window)))
            } catch {
                house.logger.error("a queue window has no JSON form: \(error)")
            }
        }
        pushQueueIfDue(subscription)
    }
}
