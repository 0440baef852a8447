import CNcurses
import Glibc

/// Wakes whoever waits at the terminal; any thread and any signal handler may call it.
///
/// Many calls before the waiter looks are one call.
package final class Waker: Sendable {
    /// What can be read from while there are calls that nobody took.
    package let descriptor: Int32

    /// Makes a waker.
    ///
    /// - Throws: ``TerminalError/system(call:code:)`` when the process has no descriptor left.
    package init() throws(TerminalError) {
        descriptor = hs_event_open()
        guard descriptor >= 0 else { throw .system(call: "eventfd", code: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Wakes the waiter, now or when it next waits.
    package func wake() {
        hs_event_signal(descriptor)
    }

    /// Takes all calls so far as one; tells whether there were any.
    @discardableResult package func take() -> Bool {
        hs_event_take(descriptor) != 0
    }
}
