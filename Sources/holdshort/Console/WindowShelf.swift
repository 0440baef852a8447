import HoldConsole
import Synchronization

/// Both ends of the queue as they were last seen, so that a leap to one of them shows it at once.
///
/// What is shown from here is provisional: the service's own answer follows and takes its place.
final class WindowShelf: Sendable {
    private struct State {
        var first: QueueWindow?
        var last: QueueWindow?
        /// What to read for the last one, as far as is known.
        var end: QueueQuery?
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

    /// Keeps a window that came if it is the first.
    ///
    /// - Returns: Whether the other end is missing or has moved, and nobody reads it: then it is to
    ///   be read, again and again, until ``endToRead()`` says that it is there.
    func take(_ window: QueueWindow) -> Bool {
        state.withLock { state in
            if window.query.offset == 0 { state.first = window }
            if state.first?.query.text != window.query.text { state.first = nil }
            var end = window.query
            end.offset = max(0, window.total - end.limit)
            state.end = end.offset > window.query.offset ? end : nil
            guard !state.isReadingLast, let end = state.end, state.last?.query != end else {
                return false
            }
            state.isReadingLast = true
            return true
        }
    }

    /// What to read for the end as it is known now; nil ends the reading.
    func endToRead() -> QueueQuery? {
        state.withLock { state in
            guard let end = state.end, state.last?.query != end else {
                state.isReadingLast = false
                return nil
            }
            return end
        }
    }

    /// Keeps the window at the end; one that could not be read is not asked for again by itself.
    func putLast(_ window: QueueWindow?) {
        state.withLock { state in
            state.last = window
            if window == nil { state.end = nil }
        }
    }

    /// Forgets both.
    func clear() { state.withLock { $0 = State(isReadingLast: $0.isReadingLast) } }
}
