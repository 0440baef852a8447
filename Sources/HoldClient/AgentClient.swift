public import HoldCore
public import HoldWire

/// An agent's side of a service: propose, wait, run, finish.
public struct AgentClient: Sendable {
    /// What it talks through.
    public let connection: Connection

    /// Talks through this connection, which must be one of the agent socket.
    public init(_ connection: Connection) { self.connection = connection }

    // MARK: - Workflows

    /// Names a workflow for people; the first proposal opens it too.
    public func openWorkflow(
        _ workflow: String,
        title: String? = nil,
        labels: [String: String]? = nil
    ) async throws(ClientError) -> WireWorkflow {
        let params = WorkflowOpen.Params(workflow: workflow, title: title, labels: labels)
        return try await connection.call(WorkflowOpen.self, params)
    }

    /// How a workflow stands.
    public func workflow(_ id: String) async throws(ClientError) -> WireWorkflowDetail {
        try await connection.call(WorkflowGet.self, WorkflowGet.Params(workflow: id))
    }

    /// Waits until nothing of a workflow is pending and nothing is unwinding.
    public func settle(
        _ workflow: String,
        timeout: Duration? = nil
    ) async throws(ClientError) -> WorkflowSettle.Reply {
        let params = WorkflowSettle.Params(workflow: workflow, timeoutSeconds: timeout?.seconds)
        return try await connection.call(
            WorkflowSettle.self,
            params,
            timeout: timeout.map { $0 + Connection.usualTimeout }
        )
    }

    /// Ends a workflow; refused while items are pending.
    public func finishWorkflow(
        _ workflow: String,
        outcome: String
    ) async throws(ClientError) -> WireWorkflow {
        let params = WorkflowFinish.Params(workflow: workflow, outcome: outcome)
        return try await connection.call(WorkflowFinish.self, params)
    }

    // MARK: - Steps

    /// Says what the agent wants to do; the answer says whether it may at once.
    ///
    /// - Throws: ``ClientError``; `protocolBroken` for an answer about another step.
    public func propose(_ proposal: StepPropose.Params) async throws(ClientError) -> StepAnswer {
        let answer = try await connection.call(StepPropose.self, proposal)
        try answer.check(workflow: proposal.workflow, step: proposal.step)
        return answer
    }

    /// Waits until a step may run or never will, or the time is over.
    ///
    /// It survives the service's restarts; asking again is always safe.
    public func wait(
        workflow: String,
        step: String,
        timeout: Duration? = nil
    ) async throws(ClientError) -> StepAnswer {
        let params = StepWait.Params(
            workflow: workflow,
            step: step,
            timeoutSeconds: timeout?.seconds
        )
        let answer = try await connection.call(
            StepWait.self,
            params,
            timeout: timeout.map { $0 + Connection.usualTimeout }
        )
        try answer.check(workflow: workflow, step: step)
        return answer
    }

    /// Reports how a run ended; tells the async depth then.
    public func finish(_ report: StepFinish.Params) async throws(ClientError) -> WireDepth {
        try await connection.call(StepFinish.self, report).depth
    }

    /// Takes a proposal back.
    public func withdraw(
        workflow: String,
        step: String,
        reason: String
    ) async throws(ClientError) {
        let params = StepWithdraw.Params(workflow: workflow, step: step, reason: reason)
        _ = try await connection.call(StepWithdraw.self, params)
    }

    // MARK: - Checkpoints

    /// Stores where the agent stands; tells when.
    public func saveCheckpoint(
        _ checkpoint: JSONValue,
        workflow: String,
        step: String? = nil
    ) async throws(ClientError) -> Instant {
        let params = CheckpointSave.Params(workflow: workflow, step: step, checkpoint: checkpoint)
        return try await connection.call(CheckpointSave.self, params).savedAt
    }

    /// The last checkpoint of a workflow; nil when there is none.
    public func loadCheckpoint(_ workflow: String) async throws(ClientError) -> WireCheckpoint? {
        try await connection.call(CheckpointLoad.self, CheckpointLoad.Params(workflow: workflow))
    }
}

extension StepAnswer {
    /// Refuses an answer that is not ours (I12).
    func check(workflow: String, step: String) throws(ClientError) {
        guard self.workflow == workflow, self.step == step else {
            throw .protocolBroken("the answer is about another step than the one asked for")
        }
    }
}

extension Duration {
    /// The length in seconds.
    var seconds: Double {
        let (whole, atto) = components
        return Double(whole) + Double(atto) * 1e-18
    }
}
