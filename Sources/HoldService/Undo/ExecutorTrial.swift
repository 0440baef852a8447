import Foundation
package import HoldBroker
package import HoldCore
import Synchronization

/// An executor as a trial gets at it, whatever runs it.
package protocol ExecutorUnderTest: Sendable {
    /// Makes one attempt of one undo, as the service does.
    func undo(_ call: UndoCall) async -> UndoReport

    /// Does what that undo takes back: runs the operation's drill command.
    func rehearse(_ call: UndoCall) async -> RunExecutor.Rehearsal

    /// Begins one attempt and kills the executor after so long, as a power cut would.
    func undo(_ call: UndoCall, killedAfter moment: Duration) async

    /// Makes one attempt with a terminal that nobody sits at; what was written there.
    func undoOnTerminal(_ call: UndoCall) async -> (report: UndoReport, written: String)
}

/// Runs an executor through its contract, rule by rule.
package struct ExecutorTrial: Sendable {
    /// One rule and what was found of it.
    package struct Finding: Sendable, Hashable {
        package var rule: ExecutorContract.Rule
        package var verdict: ExecutorContract.Verdict
    }

    private let executor: any ExecutorUnderTest
    private let operation: HoldCore.Operation
    private let arguments: JSONValue
    private let canary: String
    /// Every key of this trial begins with it, so that no other trial's marks are met.
    private let name = "test-\(UUID().uuidString.prefix(8).lowercased())"
    private let slowest = Slowest()

    private final class Slowest: Sendable {
        let duration = Mutex(Duration.zero)
        let keys = Mutex(0)
    }

    /// A trial of this executor.
    ///
    /// - Parameters:
    ///   - executor: What is tried.
    ///   - operation: What it carries out.
    ///   - arguments: Arguments as the executor expects them.
    ///   - folder: A scratch directory, for what must not come into being.
    package init(
        of executor: any ExecutorUnderTest,
        operation: HoldCore.Operation,
        arguments: JSONValue,
        folder: String
    ) {
        self.executor = executor
        self.operation = operation
        self.arguments = arguments
        canary = folder + "/canary"
    }

    private var canDo: Bool { operation.drill != nil }

    /// Tries the rules in their order, telling each finding as it comes.
    package func run(
        _ rules: Set<ExecutorContract.Rule> = Set(ExecutorContract.Rule.allCases),
        _ tell: (Finding) -> Void
    ) async {
        for rule in ExecutorContract.Rule.allCases where rules.contains(rule) {
            let verdict =
                rule.needsDo && !canDo
                ? .untried("the operation \(operation.name) names no drill command")
                : await attempt(rule)
            tell(Finding(rule: rule, verdict: verdict))
        }
    }

    private func attempt(_ rule: ExecutorContract.Rule) async -> ExecutorContract.Verdict {
        switch rule {
        case .words: ExecutorContract.words(await timed(call()))
        case .neverDone: ExecutorContract.neverDone(await ask(call()))
        case .repeated: await repeatedly()
        case .mark: await mark()
        case .doneAndUndone: await doneAndUndone()
        case .lateDo: await lateDo()
        case .atOnce: await atOnce()
        case .killed: await killed()
        case .hostile: await hostile()
        case .large: await large()
        case .inTime: inTime()
        case .terminal: await terminal()
        }
    }

    // MARK: - Asking

    /// A call under a key of its own.
    private func call(_ arguments: JSONValue? = nil, named suffix: String = "") -> UndoCall {
        let number = slowest.keys.withLock { keys in
            keys += 1
            return keys
        }
        let step = "\(name)/\(number)\(suffix)"
        return UndoCall(
            workflow: Workflow.drill,
            step: StepID(step),
            operation: operation.name,
            key: "\(operation.name)/\(step)#drill",
            arguments: arguments ?? self.arguments,
            result: nil,
            attempt: 1,
            isInDoubt: false,
            isDrill: true
        )
    }

    private func timed(_ call: UndoCall) async -> UndoReport {
        let start = ContinuousClock.now
        let report = await executor.undo(call)
        let took = ContinuousClock.now - start
        slowest.duration.withLock { $0 = max($0, took) }
        return report
    }

    /// Asks, and asks again as often as the executor asks for time, within bounds.
    private func ask(_ call: UndoCall) async -> UndoReport {
        var call = call
        for _ in 0..<5 {
            let report = await timed(call)
            guard case .retry(let span, _) = report else { return report }
            call.attempt += 1
            try? await Task.sleep(for: .milliseconds(min(max(span.milliseconds, 100), 2000)))
        }
        return await timed(call)
    }

    // MARK: - Rules of more than one call

    private func repeatedly() async -> ExecutorContract.Verdict {
        let call = call()
        _ = await ask(call)
        return ExecutorContract.repeated(await ask(call))
    }

    private func mark() async -> ExecutorContract.Verdict {
        let call = call()
        _ = await ask(call)
        let late = await executor.rehearse(call)
        if case .done(let call) = late { _ = await ask(call) }
        return ExecutorContract.refused(late)
    }

    private func doneAndUndone() async -> ExecutorContract.Verdict {
        let call = call()
        let done = await executor.rehearse(call)
        guard case .done(let call) = done else { return ExecutorContract.done(done) }
        let first = ExecutorContract.undone(await ask(call))
        return .all([first, ExecutorContract.undoneAgain(await ask(call))])
    }

    private func lateDo() async -> ExecutorContract.Verdict {
        let call = call()
        let done = await executor.rehearse(call)
        guard case .done(let call) = done else { return ExecutorContract.done(done) }
        _ = await ask(call)
        let late = await executor.rehearse(call)
        if case .done(let call) = late { _ = await ask(call) }
        return ExecutorContract.refused(late)
    }

    /// Does what can be done first; without a drill command the call is for what was never done.
    private func prepared(
        _ call: UndoCall
    ) async -> (call: UndoCall, obstacle: ExecutorContract.Verdict?) {
        guard canDo else { return (call, nil) }
        let done = await executor.rehearse(call)
        guard case .done(let call) = done else { return (call, ExecutorContract.done(done)) }
        return (call, nil)
    }

    private func atOnce() async -> ExecutorContract.Verdict {
        var verdicts: [ExecutorContract.Verdict] = []
        for _ in 0..<3 {
            let (call, obstacle) = await prepared(call())
            if let obstacle { return obstacle }
            async let first = ask(call)
            async let second = ask(call)
            verdicts.append(await ExecutorContract.atOnce(first, second, wasDone: canDo))
        }
        return .all(verdicts)
    }

    private func killed() async -> ExecutorContract.Verdict {
        let start = ContinuousClock.now
        _ = await ask(call())
        let usual = ContinuousClock.now - start
        var verdicts: [ExecutorContract.Verdict] = []
        for tenths in [1, 3, 5, 7, 9] {
            let (call, obstacle) = await prepared(call())
            if let obstacle { return obstacle }
            await executor.undo(call, killedAfter: usual * tenths / 10)
            verdicts.append(ExecutorContract.repeated(await ask(call)))
            if canDo {
                let late = await executor.rehearse(call)
                if case .done(let call) = late { _ = await ask(call) }
                verdicts.append(ExecutorContract.refused(late))
            }
        }
        return .all(verdicts)
    }

    private func hostile() async -> ExecutorContract.Verdict {
        let arguments = HostileArguments(canary: canary)
        var verdicts: [ExecutorContract.Verdict] = []
        for text in arguments.texts {
            let call = call(
                HostileArguments.fill(self.arguments, with: text),
                named: "-" + HostileArguments.name(text)
            )
            let rehearsal = canDo ? await executor.rehearse(call) : nil
            let report: UndoReport
            if case .done(let call)? = rehearsal {
                report = await ask(call)
                verdicts.append(ExecutorContract.undone(report))
            } else {
                report = await ask(call)
                // What cannot be done for show may be refused for good, in the contract's words.
                verdicts.append(ExecutorContract.words(report))
            }
            if FileManager.default.fileExists(atPath: canary) {
                try? FileManager.default.removeItem(atPath: canary)
                return .broken("a shell ran what stands in \(JSONValue.string(text).canonicalText)")
            }
        }
        return .all(verdicts)
    }

    private func large() async -> ExecutorContract.Verdict {
        let megabyte = JSONValue.string(String(repeating: "0123456789abcdef", count: 1 << 16))
        var call = call()
        guard case .object(var members) = arguments else { return .untried("no object") }
        members["large"] = megabyte
        call.arguments = .object(members)
        call.result = .array([megabyte, megabyte, megabyte])
        return ExecutorContract.repeated(await ask(call))
    }

    private func inTime() -> ExecutorContract.Verdict {
        let took = slowest.duration.withLock { $0 }
        let limit = Duration.milliseconds(operation.timeout.milliseconds)
        guard took >= limit else { return .holds }
        return .broken(
            "the slowest took \(took.seconds) s, and timeout_seconds is \(operation.timeout.seconds)"
        )
    }

    private func terminal() async -> ExecutorContract.Verdict {
        let (report, written) = await executor.undoOnTerminal(call())
        guard written.isEmpty else {
            return .broken("it writes on the terminal: \(written.prefix(200))")
        }
        switch ExecutorContract.repeated(report) {
        case .holds: return .holds
        case .broken(let error), .untried(let error):
            return .broken("with a terminal that nobody sits at: \(error)")
        }
    }
}

extension Duration {
    /// In seconds, to the hundredth.
    fileprivate var seconds: Double { (self / .milliseconds(10)).rounded() / 100 }
}
