import HoldBroker
import HoldCore
import HoldJournal
import HoldWire

/// The methods of the agent socket. None of them can decide anything.
extension Session {
    func dispatchAgent(_ call: Call) throws(RPCError) {
        guard let method = AgentMethod(rawValue: call.method) else {
            throw .methodNotFound(call.method)
        }
        switch method {
        case .sessionOpen: break
        case .stepPropose: try propose(call)
        case .stepWait: try waitForStep(call)
        case .stepFinish: try finishStep(call)
        case .stepWithdraw: try withdrawStep(call)
        case .workflowOpen: try openWorkflow(call)
        case .workflowGet: try getWorkflow(call)
        case .workflowSettle: try settle(call)
        case .workflowFinish: try finishWorkflow(call)
        case .checkpointSave: try saveCheckpoint(call)
        case .checkpointLoad: try loadCheckpoint(call)
        case .undoServe: try offerUndos(call)
        }
    }

    /// The agent at the other end: the account as the kernel says it is, under the name that it gave.
    var agent: Party {
        .agent(AgentIdentity(name: clientName ?? "", user: peer.user, account: peer.account))
    }

    /// The account's own workflow of this id: no other account's can be named on this socket.
    func own(_ workflow: String) -> WorkflowKey {
        WorkflowKey(account: peer.account, text: workflow)
    }

    private func propose(_ call: Call) throws(RPCError) {
        let params = try call.params(of: StepPropose.self)
        var blobs: [Digest: [UInt8]] = [:]
        let proposal = try Proposal(params, storing: &blobs)
        let step = proposal.step
        ask(
            .command(.propose(proposal)),
            in: own(params.workflow),
            by: agent,
            blobs: blobs,
            call
        ) { session, workflow, _ throws(RPCError) in
            try session.answerStep(call, StepPropose.self, step, in: workflow)
        }
    }

    private func answerStep<Method: WireMethod>(
        _ call: Call,
        _ method: Method.Type,
        _ step: StepID,
        in workflow: Workflow
    ) throws(RPCError) where Method.Reply == StepAnswer {
        guard let standing = workflow.step(step) else { throw RPCError(.unknownStep(step)) }
        reply(
            call,
            to: method,
            StepAnswer(standing, in: workflow, at: house.clock.now())
        )
    }

    private func waitForStep(_ call: Call) throws(RPCError) {
        let params = try call.params(of: StepWait.self)
        let step = StepID(params.step)
        wait(
            .wait(step),
            in: own(params.workflow),
            by: agent,
            seconds: params.timeoutSeconds,
            call
        ) { session, workflow throws(RPCError) in
            try session.answerStep(call, StepWait.self, step, in: workflow)
        }
    }

    private func finishStep(_ call: Call) throws(RPCError) {
        let params = try call.params(of: StepFinish.self)
        let report = StepReport(params)
        ask(.command(.finish(report)), in: own(params.workflow), by: agent, call) {
            session,
            workflow,
            _ in
            session.reply(
                call,
                to: StepFinish.self,
                StepFinish.Reply(
                    depth: WireDepth(current: workflow.depth, max: workflow.depthLimit)
                )
            )
        }
    }

    private func withdrawStep(_ call: Call) throws(RPCError) {
        let params = try call.params(of: StepWithdraw.self)
        ask(
            .command(.withdraw(StepID(params.step), reason: params.reason)),
            in: own(params.workflow),
            by: agent,
            call
        ) { session, _, _ in session.reply(call, to: StepWithdraw.self, WireNothing()) }
    }

    private func openWorkflow(_ call: Call) throws(RPCError) {
        let params = try call.params(of: WorkflowOpen.self)
        let labels = params.labels.map { JSONValue.object($0.mapValues { .string($0) }) }
        ask(
            .command(.openWorkflow(title: params.title, labels: labels)),
            in: own(params.workflow),
            by: agent,
            call
        ) { session, workflow, _ throws(RPCError) in
            try session.answerWorkflow(call, WorkflowOpen.self, workflow)
        }
    }

    private func answerWorkflow<Method: WireMethod>(
        _ call: Call,
        _ method: Method.Type,
        _ workflow: Workflow
    ) throws(RPCError) where Method.Reply == WireWorkflow {
        guard let summary = WireWorkflow(workflow) else {
            throw RPCError(.unknownWorkflow(workflow.id))
        }
        reply(call, to: method, summary)
    }

    private func settle(_ call: Call) throws(RPCError) {
        let params = try call.params(of: WorkflowSettle.self)
        wait(
            .settle,
            in: own(params.workflow),
            by: agent,
            seconds: params.timeoutSeconds,
            call
        ) { session, workflow in
            session.reply(
                call,
                to: WorkflowSettle.self,
                WorkflowSettle.Reply(
                    workflow: workflow.id.text,
                    settled: workflow.isSettled,
                    status: WireWorkflowStatus(workflow.status),
                    rollback: WireRollback(workflow.phase),
                    steps: workflow.steps.map { WireStep($0, isParked: workflow.isParked($0)) }
                )
            )
        }
    }

    private func finishWorkflow(_ call: Call) throws(RPCError) {
        let params = try call.params(of: WorkflowFinish.self)
        ask(
            .command(.finishWorkflow(outcome: params.outcome)),
            in: own(params.workflow),
            by: agent,
            call
        ) { session, workflow, _ throws(RPCError) in
            try session.answerWorkflow(call, WorkflowFinish.self, workflow)
        }
    }

    private func saveCheckpoint(_ call: Call) throws(RPCError) {
        let params = try call.params(of: CheckpointSave.self)
        var blobs: [Digest: [UInt8]] = [:]
        let saved = CheckpointSaved(
            storing: params.checkpoint,
            of: params.step.map { StepID($0) },
            in: &blobs
        )
        ask(
            .command(.saveCheckpoint(saved)),
            in: own(params.workflow),
            by: agent,
            blobs: blobs,
            call
        ) { session, workflow, _ in
            session.reply(
                call,
                to: CheckpointSave.self,
                CheckpointSave.Reply(
                    savedAt: workflow.checkpoint?.savedAt ?? session.house.clock.now()
                )
            )
        }
    }

    private func loadCheckpoint(_ call: Call) throws(RPCError) {
        let params = try call.params(of: CheckpointLoad.self)
        ask(.peek, in: own(params.workflow), by: agent, call) {
            session,
            workflow,
            _ throws(RPCError) in
            guard let saved = workflow.checkpoint else {
                return session.reply(call, to: CheckpointLoad.self, nil)
            }
            session.house.read(
                { journal throws(JournalFault) in try journal.blob(saved.blob) },
                then: session.later { session, result in
                    session.answerCheckpoint(call, saved, result)
                }
            )
        }
    }

    private func answerCheckpoint(
        _ call: Call,
        _ saved: Workflow.Checkpoint,
        _ result: Result<[UInt8]?, JournalFault>
    ) {
        switch result {
        case .failure(let fault): fail(call, RPCError(fault))
        case .success(let bytes):
            guard let bytes, let value = try? JSONValue(parsing: bytes, limits: .answers) else {
                return fail(
                    call,
                    RPCError(JournalFault(.corrupt, "checkpoint \(saved.blob) is missing"))
                )
            }
            reply(
                call,
                to: CheckpointLoad.self,
                WireCheckpoint(
                    checkpoint: value,
                    step: saved.step?.text,
                    savedAt: saved.savedAt
                )
            )
        }
    }
}
