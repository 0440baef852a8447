import HoldBroker
import HoldCore

/// What an executor is like when it is asked.
enum ExecutorMood {
    case good
    /// It takes effect, and says so twice.
    case twice
    /// It takes effect, and its answer is lost.
    case silent
    /// It takes effect, and answers nonsense.
    case wrong
    case refuses
    case asksForTime
    case terminal
    case unreachable
}

/// Executors of undos: they keep their contract, and everything else about them can go wrong.
extension World {
    func runUndo(_ call: UndoCall, epoch: Int) {
        checkUndoCall(call)
        // The same undo asked for twice while it runs is run once, as the service's runner does.
        guard epoch != host.epoch || host.undos.insert(call).inserted else { return }
        let mood = mood(for: call)
        let isSlow = has(.executorSlow) && executorRandom.percent(40)
        let latency = executorRandom.within(isSlow ? 8000...15_000 : 20...900)
        switch mood {
        case .unreachable:
            plan(.undoReport(call, epoch: epoch, .unreachable("nobody offers it")), in: 3000)
        case .refuses, .terminal, .asksForTime:
            plan(.undoEffect(call, epoch: epoch, mood), in: latency)
        case .good, .twice, .silent, .wrong:
            plan(.undoEffect(call, epoch: epoch, mood), in: latency)
            // The service gives an attempt up at the operation's timeout.
            plan(
                .undoReport(call, epoch: epoch, .failed("no answer within 10 s")),
                in: 10_000
            )
        }
    }

    private func mood(for call: UndoCall) -> ExecutorMood {
        let reference = ItemReference(workflow: call.workflow, step: call.step)
        if has(.poison), executorRandom.percent(20) { poisoned.insert(reference) }
        if poisoned.contains(reference) {
            coverage.saw(.poison)
            return executorRandom.percent(50) ? .terminal : .refuses
        }
        if has(.executorDown), executorRandom.percent(40) {
            coverage.saw(.executorDown)
            return executorRandom.percent(70) ? .unreachable : .asksForTime
        }
        if has(.executorWrong), executorRandom.percent(40) {
            return executorRandom.percent(50) ? .wrong : .refuses
        }
        if has(.executorSilent), executorRandom.percent(40) { return .silent }
        if has(.executorTwice), executorRandom.percent(50) { return .twice }
        return .good
    }

    func takeEffect(_ call: UndoCall, _ epoch: Int, _ mood: ExecutorMood) {
        switch mood {
        case .refuses: return report(call, epoch, .failed("no"))
        case .terminal: return report(call, epoch, .terminal("never"))
        case .asksForTime: return report(call, epoch, .retry(after: Span(seconds: 2), "busy"))
        case .unreachable: return
        case .good, .twice, .silent, .wrong: break
        }
        let reference = ItemReference(workflow: call.workflow, step: call.step)
        let before = deeds.deed(reference).net
        let outcome = deeds.undo(reference, key: call.key)
        coverage.saw(outcome)
        checkEffect(call, before: before)
        switch mood {
        case .silent: break
        case .wrong: report(call, epoch, .failed("an answer that nobody can read"))
        case .twice:
            report(call, epoch, .done(outcome, detail: nil))
            plan(
                .undoReport(call, epoch: epoch, .done(outcome, detail: "again")),
                in: executorRandom.within(0...5000)
            )
        default: report(call, epoch, .done(outcome, detail: nil))
        }
    }

    private func report(_ call: UndoCall, _ epoch: Int, _ report: UndoReport) {
        plan(.undoReport(call, epoch: epoch, report), in: networkRandom.within(0...3))
        guard has(.executorTwice), executorRandom.percent(30) else { return }
        plan(.undoReport(call, epoch: epoch, report), in: executorRandom.within(0...60_000))
    }

    /// An executor's word reaches the service; what belongs to a process that is gone reaches nobody.
    func takeReport(_ call: UndoCall, _ epoch: Int, _ report: UndoReport) {
        guard epoch == host.epoch, host.broker != nil else { return }
        // Only the first word on an attempt is passed on by the runner; a second one may come by the
        // connection all the same, and is then the broker's to refuse.
        let isFirst = host.undos.remove(call) != nil
        guard isFirst || has(.executorTwice) || has(.executorSlow) else { return }
        if !isFirst { coverage.saw(.secondReport) }
        host.inbox.append(
            Submission(
                ticket: nil,
                workflow: call.workflow,
                party: .service,
                request: .command(.reportUndo(call.step, attempt: call.attempt, report))
            )
        )
        coverage.asked(
            .command(.reportUndo(call.step, attempt: call.attempt, report)),
            of: checker.workflows[call.workflow]
        )
        scheduleWork()
    }
}
