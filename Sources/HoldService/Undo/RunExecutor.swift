import Glibc
package import HoldBroker
package import HoldCore
import HoldWire

/// Runs an undo as a command on this host.
///
/// The command reads what `undo.run` carries as one JSON object on standard input. It answers one
/// JSON object on standard output, the same that `undo.run` is answered with, or
/// `{"retry_after_seconds":N}`, or `{"terminal":true,"reason":"…"}`; nothing and exit status 0 means
/// undone. Exit status 75 asks for another try later, any other but 0 is a failure.
package struct RunExecutor: Sendable {
    private let runner: CommandRunner

    package init(runner: CommandRunner = CommandRunner()) { self.runner = runner }

    /// Makes one attempt of one undo.
    package func run(_ call: UndoCall, operation: Operation) async -> UndoReport {
        guard case .run(let command) = operation.executor else {
            return .unreachable("the operation \(operation.name) names no command to run")
        }
        return RunExecutor.report(await start(command, call, operation), pause: operation.backoff)
    }

    /// Proves an undo without an incident: runs the operation's drill command, then the undo.
    ///
    /// - Returns: What the undo came to; a failure when the drill command fails, and nothing is undone.
    package func drill(_ call: UndoCall, operation: Operation) async -> UndoReport {
        var call = call
        call.isDrill = true
        return switch await rehearse(call, operation: operation) {
        case .done(let call): await run(call, operation: operation)
        // Told to stop: the next start takes it back.
        case .inDoubt(let error) where Task.isCancelled: .failed(error)
        case .inDoubt(let error):
            .failed("\(error); its undo: \(await takeBack(call, operation: operation))")
        case .notDone(let report): report
        }
    }

    /// What came of a drill's command.
    package enum Rehearsal: Sendable, Hashable {
        /// It did what is to be undone; the call carries what it said as the run's result.
        case done(UndoCall)
        /// It was ended in the middle: nobody knows what it had done by then.
        case inDoubt(String)
        /// It says itself that it did nothing.
        case notDone(UndoReport)
    }

    /// Does for show what the drill's undo then undoes: runs the operation's drill command.
    package func rehearse(_ call: UndoCall, operation: Operation) async -> Rehearsal {
        guard let drill = operation.drill else {
            return .notDone(.failed("the operation \(operation.name) names no drill command"))
        }
        let result = await start(drill, call, operation)
        switch result.ending {
        case .exited(0):
            var done = call
            done.result = RunExecutor.answer(in: result)
            return .done(done)
        case .couldNotStart(let reason):
            return .notDone(.unreachable("the drill's command: \(reason)"))
        case .exited: return .notDone(.failed("the drill's command: \(result.sentence)"))
        case .signalled, .timedOut, .lost:
            return .inDoubt("the drill's command: \(result.sentence)")
        }
    }

    private func takeBack(_ call: UndoCall, operation: Operation) async -> String {
        var doubtful = call
        doubtful.isInDoubt = true
        return await run(doubtful, operation: operation).sentence
    }

    private func start(
        _ command: [String],
        _ call: UndoCall,
        _ operation: Operation
    ) async -> CommandResult {
        let params = UndoRun.Params(
            key: call.key,
            workflow: call.workflow.text,
            step: call.step.text,
            operation: call.operation,
            arguments: call.arguments,
            result: call.result,
            attempt: call.attempt,
            inDoubt: call.isInDoubt,
            drill: call.isDrill
        )
        let input: [UInt8]
        do {
            input = try JSONValue(encoding: params).canonical + [0x0A]
        } catch {
            return CommandResult(.lost("the undo has no JSON form: \(error)"))
        }
        return await runner.run(
            command,
            input: input,
            variables: [
                "HOLDSHORT_UNDO_KEY": call.key, "HOLDSHORT_WORKFLOW": call.workflow.text,
                "HOLDSHORT_STEP": call.step.text, "HOLDSHORT_OPERATION": call.operation,
                "HOLDSHORT_ATTEMPT": String(call.attempt),
                "HOLDSHORT_DRILL": call.isDrill ? "1" : "0",
            ],
            timeout: operation.timeout
        )
    }

    // MARK: - Reading the answer

    /// What an executor's end and answer mean.
    ///
    /// - Parameters:
    ///   - result: How the command ended and what it said.
    ///   - pause: How long to wait when it asks for time without saying how much.
    /// - Returns: The report for the broker.
    static func report(_ result: CommandResult, pause: Span) -> UndoReport {
        switch result.ending {
        case .couldNotStart(let reason): .unreachable(reason)
        case .lost, .signalled, .timedOut: .failed(result.sentence)
        case .exited(let status): report(status, result, pause: pause)
        }
    }

    private static func report(
        _ status: Int32,
        _ result: CommandResult,
        pause: Span
    ) -> UndoReport {
        if status == 0, result.output.allSatisfy({ $0 <= 0x20 }) {
            return .done(.undone, detail: nil)
        }
        let answer = answer(in: result)
        if answer?["terminal"] == true {
            return .terminal(words(answer, "reason") ?? words(answer, "detail") ?? result.sentence)
        }
        let asked = answer?["retry_after_seconds"]?.double.flatMap { $0 >= 0 ? $0 : nil }
        if status == EX_TEMPFAIL || asked != nil {
            let reason = words(answer, "reason") ?? words(answer, "detail")
            return .retry(
                after: asked.map { Span(seconds: $0) } ?? pause,
                reason ?? (result.lastWords.isEmpty ? "it asks for time" : result.lastWords)
            )
        }
        guard status == 0 else { return .failed(result.sentence) }
        guard let outcome = answer?["outcome"]?.text.flatMap({ UndoOutcome(rawValue: $0) }) else {
            return .failed(nonsense(result))
        }
        return .done(outcome, detail: words(answer, "detail"))
    }

    private static let EX_TEMPFAIL: Int32 = 75

    private static func answer(in result: CommandResult) -> JSONValue? {
        guard !result.outputIsCut, let answer = try? JSONValue(parsing: result.output),
            case .object = answer
        else { return nil }
        return answer
    }

    private static func words(_ answer: JSONValue?, _ key: String) -> String? {
        answer?[key]?.text.map { String($0.prefix(2000)) }
    }

    private static func nonsense(_ result: CommandResult) -> String {
        if result.outputIsCut {
            return "its answer is longer than \(CommandRunner.outputLimit / 1024) KiB"
        }
        let start = String(decoding: result.output.prefix(200), as: UTF8.self)
        return "its answer is not one of undone, already_undone, not_applied: \(start)"
    }
}

extension UndoReport {
    /// The report in a few words, for people.
    package var sentence: String {
        switch self {
        case .done(let outcome, let detail):
            outcome.rawValue + (detail.map { " (\($0))" } ?? "")
        case .retry(let span, let reason): "asks for \(span.seconds) s: \(reason)"
        case .terminal(let reason): "trying again is pointless: \(reason)"
        case .failed(let reason), .unreachable(let reason): reason
        }
    }
}
