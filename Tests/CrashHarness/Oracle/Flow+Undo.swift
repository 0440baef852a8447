import HoldCore

/// The undo chain, by the rules of the semantics (I7, I8, I10, I11).
extension Model.Flow {
    mutating func takeUndo(_ event: Event) throws {
        switch event {
        case .unwindPlanned(let data): try take(data)
        case .undoStarted(let data): try start(data)
        case .undone(let data): try close(data)
        case .undoFailed(let data):
            try guardRuns(data.step, attempt: data.attempt)
            steps[data.step]?.link = .failed
        case .undoSkipped(let data): try drop(data.step, .skipped)
        case .undoResolved(let data): try drop(data.step, .resolved)
        case .unwindEnded(let data):
            guard isUnwinding, plan.isEmpty else {
                throw Violation("the unwind ends with \(plan.map(\.text)) still to undo (I18)")
            }
            isUnwinding = false
            exceptions = data.exceptions
        default: break
        }
    }

    private mutating func take(_ data: UnwindPlanned) throws {
        guard let owed, owed.cause == data.cause else {
            throw Violation("a plan for \(data.cause.text), which was not rejected just now")
        }
        guard owed.steps == data.steps else {
            throw Violation(
                "the plan for \(data.cause.text) is \(data.steps.map(\.text)),"
                    + " by the rule it is \(owed.steps.map(\.text)) (I8)"
            )
        }
        self.owed = nil
        if !isUnwinding { unwinds += 1 }
        isUnwinding = true
        causes.append(data.cause)
        let all = Set(plan).union(data.steps)
        plan = all.sorted { (steps[$0]?.order ?? 0) > (steps[$1]?.order ?? 0) }
    }

    private mutating func start(_ data: UndoStarted) throws {
        let step = try known(data.step)
        guard isUnwinding, plan.first == data.step else {
            throw Violation(
                "the undo of \(data.step.text) starts, next is \(plan.first?.text ?? "none") (I7)"
            )
        }
        guard !step.isInFlight else {
            throw Violation("the undo of \(data.step.text) starts while the step runs (I9)")
        }
        if case .started = step.link {
            throw Violation("\(data.step.text) is being undone already")
        }
        guard data.attempt == step.attempts + 1 else {
            throw Violation("\(data.step.text): attempt \(data.attempt) after \(step.attempts)")
        }
        steps[data.step]?.link = .started
        steps[data.step]?.attempts = data.attempt
    }

    private func guardRuns(_ id: StepID, attempt: Int?) throws {
        let step = try known(id)
        guard case .started = step.link, plan.first == id, attempt ?? step.attempts == step.attempts
        else { throw Violation("\(id.text): an outcome of an undo that does not run") }
    }

    private mutating func close(_ data: UndoneLink) throws {
        let step = try known(data.step)
        let neverHappened = step.finished?.outcome == .notStarted && data.outcome == .notApplied
        if neverHappened, case .recorded = step.link {
            guard plan.first == data.step else { throw Violation("closed out of order (I7)") }
        } else {
            try guardRuns(data.step, attempt: nil)
        }
        steps[data.step]?.link = .undone(data.outcome)
        plan.removeFirst()
        if data.outcome != .notApplied { undone.append(data.step) }
    }

    private mutating func drop(_ id: StepID, _ link: Model.Step.Link) throws {
        guard plan.first == id else { throw Violation("\(id.text) is not where the chain stands") }
        steps[id]?.link = link
        plan.removeFirst()
    }
}
