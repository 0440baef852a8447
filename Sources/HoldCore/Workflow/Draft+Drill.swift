/// Drills: proving an undo without an incident. They are facts of the control workflow.
extension Draft {
    /// Begins one drill; one runs at a time, so that what each does and undoes is its own.
    mutating func startDrill(of operation: String) throws(Refusal) {
        try guardMayDrill(operation)
        if let (name, running) = workflow.runningDrill {
            throw .conflict(
                "A drill of \(name) runs since \(running.startedAt.rfc3339): wait for its outcome."
            )
        }
        // The number is this store's, the moment tells it from those of another store.
        let step = "\(workflow.version + 1)@\(now.rfc3339)"
        record(
            .drillStarted(
                DrillStarted(
                    operation: operation,
                    step: StepID(step),
                    // Undo keys end otherwise, so that none is ever a drill's.
                    key: "\(operation)/\(step)#drill"
                )
            )
        )
    }

    private func guardMayDrill(_ name: String) throws(Refusal) {
        guard workflow.id == Workflow.control else {
            throw .conflict("A drill is not recorded in one run of an agent.")
        }
        try guardHasRole(to: "drill")
        guard let operation = circumstances.manifest.operations[name] else {
            throw .invalid(field: "params.operation", "the manifest has no operation \(name)")
        }
        if let obstacle = operation.drillObstacle { throw .conflict(obstacle) }
        if let halt = workflow.halts.everything {
            throw .halted(scope: "everything", reason: halt.reason)
        }
    }

    /// Takes a drill's outcome in: it passed only if the executor says that *it* undid what was done.
    mutating func take(
        _ report: UndoReport,
        ofDrill key: String,
        isLost: Bool,
        by executor: Account?
    ) throws(Refusal) {
        guard let (operation, running) = workflow.runningDrill, running.key == key else {
            throw .conflict("The drill \(key) does not run.")
        }
        if isLost { return loseDrill(of: operation, key, report) }
        switch report {
        case .done(.undone, let detail):
            record(
                .drillPassed(
                    DrillPassed(
                        operation: operation,
                        key: key,
                        detail: detail,
                        executor: executor
                    )
                )
            )
        case .done(let outcome, _):
            failDrill(
                of: operation,
                key,
                "the undo answers \(outcome.rawValue) for what the drill had just done, so it"
                    + " undid nothing"
            )
        case .retry(_, let error): failDrill(of: operation, key, "it asks for time: \(error)")
        case .terminal(let error), .failed(let error), .unreachable(let error):
            failDrill(of: operation, key, error)
        }
    }

    /// A stop of the service cut it short: its undo alone was called since, and nothing is proven.
    private mutating func loseDrill(of operation: String, _ key: String, _ report: UndoReport) {
        let end =
            switch report {
            case .done: "what it may have done is taken back"
            case .retry(_, let error), .terminal(let error), .failed(let error),
                .unreachable(let error):
                "what it may have done could not be taken back: \(error)"
            }
        failDrill(of: operation, key, "the service stopped in the middle of it; \(end)", true)
    }

    private mutating func failDrill(
        of operation: String,
        _ key: String,
        _ error: String,
        _ isLost: Bool = false
    ) {
        record(
            .drillFailed(
                DrillFailed(operation: operation, key: key, error: error, isLost: isLost)
            )
        )
    }
}

extension Operation {
    /// Why this operation cannot be drilled, in a plain sentence; nil when it can.
    public var drillObstacle: String? {
        switch executor {
        case nil:
            "The operation \(name) names no executor: add run or agent to it in the manifest."
        case .run, .agent:
            drill == nil
                ? "The operation \(name) names no drill command: add drill to it in the manifest,"
                    + " a command that does for show what the undo then undoes." : nil
        }
    }
}
