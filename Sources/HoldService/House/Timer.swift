import HoldCore
import NIOCore
import Synchronization

/// Wakes the lane when the earliest thing falls due; a moment asked for earlier replaces a later one.
final class Timer: Sendable {
    private struct State {
        var at: Instant?
        var task: Scheduled<Void>?
        /// Bumped with every new task, so that a late one knows that it is no longer meant.
        var generation = 0
    }

    /// The longest sleep: time that passes while the host sleeps is noticed within this.
    private static let longest = Span(seconds: 30)

    private let state = Mutex(State())
    private let loop: any EventLoop
    private let now: @Sendable () -> Instant
    private let fire: @Sendable () -> Void

    init(
        on loop: any EventLoop,
        now: @escaping @Sendable () -> Instant,
        fire: @escaping @Sendable () -> Void
    ) {
        self.loop = loop
        self.now = now
        self.fire = fire
    }

    /// Asks to be woken at this moment at the latest.
    func wake(at moment: Instant) {
        let delay = max(.zero, min(moment - now(), Timer.longest))
        state.withLock { state in
            if let standing = state.at, standing <= moment { return }
            state.task?.cancel()
            state.at = moment
            state.generation += 1
            let generation = state.generation
            state.task = loop.scheduleTask(in: .milliseconds(delay.milliseconds)) { [self] in
                reach(generation)
            }
        }
    }

    func stop() {
        state.withLock { state in
            state.task?.cancel()
            state.task = nil
        }
    }

    private func reach(_ generation: Int) {
        let isMeant = state.withLock { state in
            guard state.generation == generation else { return false }
            state.at = nil
            return true
        }
        if isMeant { fire() }
    }
}
