import HoldConsole
import Synchronization

/// Both ends of the queue as they were last seen, so that a leap to one of them shows it at once.
///
/// What is shown from here is provisional: the service's own answer follows and takes its place.
final class WindowShelf: Sendable {
    private struct State {
        var first: QueueWindow?
        var last: QueueWindow?
        var isReadingLast = false
    }

    private let state = Mutex(State())

    /// The window for a query, if it is one of the two.
    func window(for query: QueueQuery) -> QueueWindow? {
        state.withLock { state in
            let kept = [state.first, state.last].compactMap { $0 }.first { $0.query == query }
            return kept.map { window in
                var window = window
                window.isProvisional = true
                return window
            }
        }
    }

    /// Keeps a window that came if it is the first; tells which one is missing at the other end.
    ///
    /// - Returns: What to read; every such query ends with ``putLast(_:)``.
    func take(_ window: QueueWindow) -> QueueQuery? {
        state.withLock { state in
            if window.query.offset == 0 { state.first = window }
            if state.first?.query.text != window.query.text { state.first = nil }
            var end = window.query
            end.offset = max(0, window.total - end.limit)
            guard end.offset > window.query.offset, !state.isReadingLast else { return nil }
            if let last = state.last, last.query == end { return nil }
            state.isReadingLast = true
            return end
        }
    }

    /// Keeps the window at the end, or notes that it could not be read.
    func putLast(_ window: QueueWindow?) {
        state.withLock { state in
            state.isReadingLast = false
            state.last = window
        }
    }

    /// Forgets both.
    func clear() { state.withLock { $0 = State(isReadingLast: $0.isReadingLast) } }
}
