import HoldCore

/// Who waits for what: answered when it comes, forgotten when they go.
struct Waiters: Sendable {
    /// What a ticket waits for.
    enum Goal: Sendable, Hashable {
        case step(StepID)
        case settled
        case drill(String)
    }

    private var byWorkflow: [WorkflowKey: [(ticket: Ticket, goal: Goal)]] = [:]
    private var workflowOf: [Ticket: WorkflowKey] = [:]

    var workflows: [WorkflowKey] { byWorkflow.keys.sorted() }

    mutating func add(_ ticket: Ticket, in workflow: WorkflowKey, for goal: Goal) {
        byWorkflow[workflow, default: []].append((ticket, goal))
        workflowOf[ticket] = workflow
    }

    @discardableResult
    mutating func remove(_ ticket: Ticket) -> WorkflowKey? {
        guard let workflow = workflowOf.removeValue(forKey: ticket) else { return nil }
        byWorkflow[workflow]?.removeAll { $0.ticket == ticket }
        if byWorkflow[workflow]?.isEmpty == true { byWorkflow[workflow] = nil }
        return workflow
    }

    /// The steps of a workflow that somebody waits for.
    func steps(in workflow: WorkflowKey) -> [StepID] {
        (byWorkflow[workflow] ?? []).compactMap { waiter in
            guard case .step(let step) = waiter.goal else { return nil }
            return step
        }
    }

    /// The tickets whose goal is reached, in the order in which they came; they wait no more.
    mutating func release(in workflow: Workflow) -> [Ticket] {
        let reached = (byWorkflow[workflow.id] ?? []).filter { $0.goal.isReached(in: workflow) }
        for waiter in reached { remove(waiter.ticket) }
        return reached.map(\.ticket)
    }
}

extension Waiters.Goal {
    func isReached(in workflow: Workflow) -> Bool {
        switch self {
        case .step(let id): workflow.standing(of: id) != .waits
        case .settled: workflow.isSettled
        case .drill(let key): workflow.runningDrill?.drill.key != key
        }
    }
}
