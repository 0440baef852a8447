import Foundation
package import HoldBroker
package import HoldCore
import HoldJournal
import Logging
import Synchronization

/// An `agent` operation on trial: a command that offers it on a scratch service's socket.
///
/// The command is started when it is first needed, killed where the trial says so, and started again.
package final class AgentUnderTest: ExecutorUnderTest {
    private struct Running {
        var task: Task<CommandResult, Never>
        var number: Int
    }

    private struct State {
        var running: Running?
        var started = 0
        var ending: CommandResult?
        /// Whether the command that runs has been asked nothing yet, and another ran before it.
        var followsEnded = false
    }

    private let command: [String]
    private let operation: HoldCore.Operation
    private let terminalTaker: [String]
    private let service: Service
    private let runtimeDirectory: String
    private let state = Mutex(State())

    /// Opens a scratch service in this folder, under this manifest.
    ///
    /// - Throws: ``StartProblem`` or `JournalFault` when it cannot be opened.
    package init(
        _ command: [String],
        operation: HoldCore.Operation,
        manifest: String,
        folder: String,
        terminalTaker: [String]
    ) async throws {
        self.command = command
        self.operation = operation
        self.terminalTaker = terminalTaker
        let paths = try RuntimePaths(
            runtimeDirectory: folder + "/run",
            store: folder + "/none",
            manifest: manifest
        )
        runtimeDirectory = paths.runtimeDirectory
        service = try ServiceStart.prepare(
            paths: paths,
            logger: Logger(label: "holdshort.scratch") { _ in SwiftLogNoOpLogHandler() },
            runsDrills: false,
            openJournal: { _ in MemoryJournal() }
        )
        try await service.open()
    }

    /// Ends the command and the scratch service.
    package func stop() async {
        await kill()
        await service.stop()
    }

    package func undo(_ call: UndoCall) async -> UndoReport {
        start(command, runner: CommandRunner(grace: .zero, directory: AgentUnderTest.here))
        let report = await handOver(call)
        guard case .unreachable(let error) = report else { return report }
        guard let ending = state.withLock({ $0.ending }) else { return report }
        return .unreachable("\(error); its command: \(ending.sentence)")
    }

    /// Hands a call to the command that runs.
    ///
    /// The service learns of a killed command's end from its socket, which may be after it has handed
    /// the next call there. An undo chain tries again then, without counting it; so does a trial, but
    /// not for ever: a command may also hang up on whatever it is asked.
    private func handOver(_ call: UndoCall) async -> UndoReport {
        let followsEnded = state.withLock { state in
            defer { state.followsEnded = false }
            return state.followsEnded
        }
        var report = await service.handOver(call, within: operation.executorWait)
        for _ in 0..<3 where followsEnded && report == .hungUp {
            report = await service.handOver(call, within: operation.executorWait)
        }
        return report
    }

    package func rehearse(_ call: UndoCall) async -> RunExecutor.Rehearsal {
        await RunExecutor().rehearse(call, operation: operation)
    }

    package func undo(_ call: UndoCall, killedAfter moment: Duration) async {
        async let attempt = undo(call)
        try? await Task.sleep(for: moment)
        await kill()
        // Killed before it offered anything, it leaves a call that waits for the next one.
        service.giveUp(call)
        _ = await attempt
    }

    package func undoOnTerminal(_ call: UndoCall) async -> (report: UndoReport, written: String) {
        await kill()
        do {
            let terminal = try QuietTerminal()
            start(
                terminalTaker + [terminal.path, "--"] + command,
                runner: CommandRunner(
                    grace: .zero,
                    directory: AgentUnderTest.here,
                    isOwnSession: true
                )
            )
            let report = await undo(call)
            let written = terminal.written()
            await kill()
            return (report, written)
        } catch {
            return (.unreachable(error.sentence), "")
        }
    }

    // MARK: - The command

    private static var here: String { FileManager.default.currentDirectoryPath }

    /// Starts the command, unless it runs.
    private func start(_ command: [String], runner: CommandRunner) {
        var variables = ProcessInfo.processInfo.environment
        variables["HOLDSHORT_RUNTIME_DIR"] = runtimeDirectory
        let environment = variables
        state.withLock { state in
            guard state.running == nil else { return }
            state.followsEnded = state.started > 0
            state.started += 1
            state.ending = nil
            let number = state.started
            let task = Task { [self] in
                let result = await runner.run(
                    command,
                    input: [],
                    variables: environment,
                    timeout: Span(minutes: 60 * 24)
                )
                self.state.withLock { state in
                    guard state.running?.number == number else { return }
                    state.running = nil
                    state.ending = result
                }
                return result
            }
            state.running = Running(task: task, number: number)
        }
    }

    private func kill() async {
        let running = state.withLock { state in
            defer { state.running = nil }
            return state.running
        }
        running?.task.cancel()
        _ = await running?.task.value
    }
}
