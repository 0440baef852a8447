import HoldBroker
import HoldCore
import HoldJournal
import HoldWire

/// `workflow.get`, on both sockets.
extension Session {
    /// The most events of a workflow in one answer; the audit has the rest.
    private static let eventsMax = 500

    func getWorkflow(_ call: Call) throws(RPCError) {
        let params = try call.params(of: WorkflowGet.self)
        guard role == .reviewer else {
            return getWorkflow(own(params.workflow), by: agent, call)
        }
        resolve(workflow: params.workflow, account: params.account, call) { session, workflow in
            session.getWorkflow(workflow, by: .reviewer(session.peer), call)
        }
    }

    private func getWorkflow(_ workflow: WorkflowKey, by party: Party, _ call: Call) {
        ask(.look, in: workflow, by: party, call) { session, workflow, _ in
            let after = max(0, workflow.version - Session.eventsMax)
            session.house.read(
                { journal throws(JournalFault) in
                    (try journal.entries(of: workflow.id, after: after), try journal.proofs())
                },
                then: session.later { session, result in
                    session.answer(call, workflow, result)
                }
            )
        }
    }

    private func answer(
        _ call: Call,
        _ workflow: Workflow,
        _ result: Result<([Entry], [String: Instant]), JournalFault>
    ) {
        switch result {
        case .failure(let fault): fail(call, RPCError(fault))
        case .success((let entries, let provenAt)):
            let sources = DetailSources(provenAt: provenAt, viewer: viewer)
            let shown = entries.prefix(while: { $0.version <= workflow.version })
            guard
                var detail = WireWorkflowDetail(
                    workflow,
                    entries: Array(shown),
                    sources: sources
                )
            else { return fail(call, RPCError(.unknownWorkflow(workflow.id))) }
            if role == .agent {
                // What reviewers do and write to each other is not for agents.
                detail.items = []
                detail.events = []
            }
            reply(call, to: WorkflowGet.self, detail)
        }
    }
}
