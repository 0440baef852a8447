import HoldCore

/// What must hold once nothing is pending and nothing is being undone.
extension Oracle {
    /// Holds the world against the journal.
    ///
    /// - Throws: ``Violation``.
    func checkEnd(_ world: World) throws {
        guard model.unsettled.isEmpty else {
            throw Violation("not settled: \(model.unsettled.prefix(5).map(\.text))")
        }
        for (id, flow) in model.flows {
            for (name, step) in flow.steps { try check(step, name.text, world) }
            let inEffect = world.undone(id.text)
            let recorded = flow.undone.map(\.text)
            guard inEffect == recorded else {
                throw Violation(
                    "\(id.text): undone in the order \(inEffect), recorded as \(recorded) (I7)"
                )
            }
            guard Set(inEffect).count == inEffect.count else {
                throw Violation("\(id.text): an undo took effect twice (I10)")
            }
            if let exceptions = flow.exceptions, exceptions.isEmpty {
                try checkRolledBack(id, flow)
            }
        }
    }

    private func check(_ step: Model.Step, _ id: String, _ world: World) throws {
        let isApplied = world.isApplied(id)
        switch step.link {
        case .undone:
            if isApplied { throw Violation("\(id) is recorded as undone and is not (I18)") }
        case .skipped, .resolved: break
        case .started, .failed: throw Violation("the undo of \(id) never came to an end (I7)")
        case .recorded:
            if step.finished?.outcome == .succeeded, !isApplied {
                throw Violation("\(id) was undone and nobody rejected it (I8)")
            }
        }
        if isApplied, step.began == nil { throw Violation("\(id) was run and never began (I6)") }
    }

    /// Every step that began before an item was rejected, and depends on it, is gone.
    private func checkRolledBack(_ id: WorkflowKey, _ flow: Model.Flow) throws {
        for (name, step) in flow.steps {
            let isOnDeadBranch = step.deps.contains {
                flow.dead[$0].map { step.order <= $0 } ?? false
            }
            if isOnDeadBranch, step.isUndoable {
                throw Violation("\(name.text) depends on a rejected item and stands (I8)")
            }
        }
    }
}
