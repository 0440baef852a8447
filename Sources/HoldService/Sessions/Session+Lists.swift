import HoldBroker
import HoldCore
import HoldJournal
import HoldWire

/// The lists of the review socket: the queue, following it, and the workflows.
extension Session {
    func listQueue(_ call: Call) throws(RPCError) {
        let params = try call.params(of: QueueList.self)
        let query = try QueueQuery(params, at: house.clock.now(), by: peer.user)
        house.read(
            { journal throws(JournalFault) in try journal.queue(query) },
            then: later { session, result in
                session.answer(call, QueueList.self, result) { HoldWire.QueueWindow($0) }
            }
        )
    }

    func subscribe(_ call: Call) throws(RPCError) {
        let params = try call.params(of: QueueSubscribe.self)
        let query = try QueueQuery(params, at: house.clock.now(), by: peer.user)
        subscription?.stop()
        subscription = Subscription(query)
        house.read(
            { journal throws(JournalFault) in try journal.queue(query) },
            then: later { session, result in
                session.answer(call, QueueSubscribe.self, result) { HoldWire.QueueWindow($0) }
            }
        )
    }

    func listWorkflows(_ call: Call) throws(RPCError) {
        let params = try call.params(of: WorkflowList.self)
        let query = WorkflowQuery(
            status: params.status.map { word($0, else: .running) },
            offset: params.offset ?? 0,
            limit: params.limit ?? 50
        )
        house.read(
            { journal throws(JournalFault) in
                let window = try journal.workflows(query)
                return WorkflowList.Reply(
                    workflows: try window.rows.map { row throws(JournalFault) in
                        var summary = WireWorkflow(row, waiting: window.waiting[row.workflow])
                        // A row only says where the chain stands; why, its events tell.
                        if row.stuckAt != nil {
                            let workflow = try Broker.fold(row.workflow, from: journal)
                            summary.stuckUndo = WireWorkflow(workflow)?.stuckUndo
                        }
                        return summary
                    },
                    total: window.total
                )
            },
            then: later { session, result in
                session.answer(call, WorkflowList.self, result) { $0 }
            }
        )
    }

    /// Answers with what was read, or with the store's fault.
    func answer<Method: WireMethod, Value>(
        _ call: Call,
        _ method: Method.Type,
        _ result: Result<Value, JournalFault>,
        _ form: (Value) -> Method.Reply
    ) {
        switch result {
        case .success(let value): reply(call, to: method, form(value))
        case .failure(let fault): fail(call, RPCError(fault))
        }
    }
}
