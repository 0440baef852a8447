package import HoldBroker
package import HoldCore

/// A `run` operation on trial: its command is started exactly as the service starts it.
package struct CommandUnderTest: ExecutorUnderTest {
    private let operation: Operation
    private let terminalTaker: [String]

    /// The operation's command.
    ///
    /// - Parameters:
    ///   - operation: An operation whose executor is `run`.
    ///   - terminalTaker: A command that, with a terminal's path and another command behind it,
    ///     becomes that one on that terminal (``TerminalTaker``).
    package init(_ operation: Operation, terminalTaker: [String]) {
        self.operation = operation
        self.terminalTaker = terminalTaker
    }

    package func undo(_ call: UndoCall) async -> UndoReport {
        await RunExecutor().run(call, operation: operation)
    }

    package func rehearse(_ call: UndoCall) async -> RunExecutor.Rehearsal {
        await RunExecutor().rehearse(call, operation: operation)
    }

    package func undo(_ call: UndoCall, killedAfter moment: Duration) async {
        let runner = CommandRunner(grace: .zero)
        let attempt = Task { await RunExecutor(runner: runner).run(call, operation: operation) }
        try? await Task.sleep(for: moment)
        attempt.cancel()
        _ = await attempt.value
    }

    package func undoOnTerminal(_ call: UndoCall) async -> (report: UndoReport, written: String) {
        guard case .run(let command) = operation.executor else {
            return (.unreachable("the operation \(operation.name) names no command to run"), "")
        }
        do {
            let terminal = try QuietTerminal()
            var onTerminal = operation
            onTerminal.executor = .run(terminalTaker + [terminal.path, "--"] + command)
            let runner = CommandRunner(isOwnSession: true)
            let report = await RunExecutor(runner: runner).run(call, operation: onTerminal)
            return (report, terminal.written())
        } catch {
            return (.unreachable(error.sentence), "")
        }
    }
}
