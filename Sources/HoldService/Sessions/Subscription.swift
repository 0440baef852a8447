import HoldCore
import HoldJournal
import HoldWire
import Logging
import NIOCore

/// One console's window on the queue: pushed when it changed, at most 30 times a second.
final class Subscription {
    /// The shortest time between two pushes, in seconds.
    static let pause = 1.0 / 30
    /// The longest sleep, in seconds: time that passes while the host sleeps is noticed within this.
    static let longestSleep = 30.0

    let query: HoldJournal.QueueQuery
    /// A push is scheduled or under way; what changes meanwhile comes with the next.
    var isBusy = false
    var isDirty = false
    var timer: Scheduled<Void>?
    var lastPush: NIODeadline?
    var shown: HoldWire.QueueWindow?
    /// When something in the window ends by itself, with no event to tell of it; and the timer for it.
    var ending: (at: Instant, timer: Scheduled<Void>)?

    init(_ query: HoldJournal.QueueQuery) { self.query = query }

    func stop() {
        timer?.cancel()
        ending?.timer.cancel()
    }
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
        let viewer = viewer
        var query = subscription.query
        query.now = viewer.now
        let asked = NIOLoopBoundBox(subscription, eventLoop: eventLoop)
        house.read(
            { [query] journal throws(JournalFault) in try journal.queue(query) },
            then: later { session, result in session.push(result, viewer, to: asked.value) }
        )
    }

    private func push(
        _ result: Result<HoldJournal.QueueWindow, JournalFault>,
        _ viewer: Viewer,
        to subscription: Subscription
    ) {
        guard subscription === self.subscription else { return }
        subscription.isBusy = false
        let window = result.map { ShownWindow($0, to: viewer) }
        if case .success(let window) = window, window.content != subscription.shown {
            do {
                send(try QueueChanged.notification(window.content))
            } catch {
                house.logger.error("a queue window has no JSON form: \(error)")
            }
        }
        noteShown(window, to: subscription)
        pushQueueIfDue(subscription)
    }

    // MARK: - What ends by itself

    /// Remembers what is on the screen, and looks again when a claim or a snooze in it ends.
    func noteShown(
        _ window: Result<ShownWindow, JournalFault>,
        to subscription: Subscription
    ) {
        guard subscription === self.subscription else { return }
        switch window {
        case .success(let window):
            subscription.shown = window.content
            lookAgain(at: window.endsAt, subscription)
        // What ends meanwhile is not missed: nothing else would have it read again.
        case .failure: lookAgain(at: house.clock.now() + Span(seconds: 1), subscription)
        }
    }

    private func lookAgain(at moment: Instant?, _ subscription: Subscription) {
        if let ending = subscription.ending {
            if ending.at == moment { return }
            ending.timer.cancel()
            subscription.ending = nil
        }
        guard let moment else { return }
        let rest = (moment - house.clock.now()).seconds
        let timer = schedule(after: min(max(rest, 0), Subscription.longestSleep)) { session in
            session.reachEnd()
        }
        subscription.ending = (moment, timer)
    }

    private func reachEnd() {
        guard let subscription, let ending = subscription.ending else { return }
        subscription.ending = nil
        guard ending.at <= house.clock.now() else { return lookAgain(at: ending.at, subscription) }
        markQueueDirty(())
    }
}

/// A window as somebody is shown it, and for how long that is true without any event.
struct ShownWindow: Sendable {
    var content: HoldWire.QueueWindow
    /// When the first claim in it ends, or the first item comes back that its viewer snoozed.
    var endsAt: Instant?

    init(_ window: HoldJournal.QueueWindow, to viewer: Viewer) {
        content = HoldWire.QueueWindow(window, to: viewer)
        let claims = window.entries.compactMap { $0.item.claim(at: viewer.now)?.until }
        endsAt = (claims + [window.counts.nextReturn].compactMap { $0 }).min()
    }
}
