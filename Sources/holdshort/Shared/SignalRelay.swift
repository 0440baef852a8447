import Dispatch
import Glibc
import Synchronization

/// Takes the signals meant for a command, and hands them on to it.
final class SignalRelay: Sendable {
    private struct State {
        var child: ChildProcess.Running?
        var interruption: Int32?
        var interrupt: (@Sendable () -> Void)?
    }

    private static let numbers = [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2]

    private let state = Mutex(State())

    /// Begins to take the signals.
    init() {
        for number in SignalRelay.numbers {
            // Else the process would end, and nobody would report how the command did.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            // It keeps itself alive by its handler, for as long as the process runs.
            source.setEventHandler { withExtendedLifetime(source) { self.take(number) } }
            source.resume()
        }
    }

    /// The first signal that came before there was a command.
    var interruption: Int32? { state.withLock { $0.interruption } }

    /// What to do when a signal comes before there is a command.
    func onInterrupt(_ interrupt: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            state.interrupt = interrupt
            return state.interruption != nil
        }
        if isLate { interrupt() }
    }

    /// Hands on the signals until the command ends.
    func forward(to child: ChildProcess.Running) async -> ChildProcess.End {
        let early = state.withLock { state in
            state.child = child
            return state.interruption
        }
        if let early { kill(child.pid, early) }
        let end = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                // Not reaped yet, so that a signal can never meet another process of that number.
                child.awaitEnd()
                self.state.withLock { $0.child = nil }
                continuation.resume(returning: child.wait())
            }
        }
        return end
    }

    private func take(_ number: Int32) {
        let interrupt = state.withLock { state -> (@Sendable () -> Void)? in
            if let child = state.child {
                if !SignalRelay.cameFromTerminal(number) { kill(child.pid, number) }
                return nil
            }
            if state.interruption == nil { state.interruption = number }
            return state.interrupt
        }
        interrupt?()
    }

    /// Whether the terminal has told the command already: it tells its whole foreground group.
    private static func cameFromTerminal(_ number: Int32) -> Bool {
        guard number == SIGINT || number == SIGQUIT else { return false }
        return isatty(STDIN_FILENO) == 1 && tcgetpgrp(STDIN_FILENO) == getpgrp()
    }
}
