import HoldCore

extension Event {
    var startsUndo: Bool {
        if case .undoStarted = self { return true }
        return false
    }

    var startsDrill: Bool {
        if case .drillStarted = self { return true }
        return false
    }
}

extension Workflow {
    /// The undo that is running now, as an executor is to be called; nil when none is.
    var runningUndo: UndoCall? {
        guard let id = head, let step = step(id), step.link.state == .undoStarted,
            let undo = step.undo
        else { return nil }
        return UndoCall(
            workflow: self.id,
            step: id,
            operation: undo.operation,
            key: undoKey(of: step),
            arguments: undo.arguments,
            result: step.result,
            attempt: step.link.attempts,
            isInDoubt: step.link.isInDoubt
        )
    }

    private func undoKey(of step: Step) -> String {
        let key = Workflow.undoKey(of: step.id, in: id)
        #if PlantedFaults
            if PlantedFault.active == .noDeduplication { return "\(key)@\(step.link.attempts)" }
        #endif
        return key
    }

    /// The drill that is running now, as its executor is to be called; nil when none is.
    func drillToRun(isInDoubt: Bool) -> UndoCall? {
        guard let (operation, drill) = runningDrill else { return nil }
        return UndoCall(
            workflow: Workflow.drill,
            step: drill.step,
            operation: operation,
            key: drill.key,
            arguments: .object([:]),
            result: nil,
            attempt: 1,
            isInDoubt: isInDoubt,
            isDrill: true
        )
    }
}
