import HoldBroker
import HoldCore
import HoldJournal
import HoldWire
import NIOCore

/// The lists of the review socket: the queue, following it, and the workflows.
extension Session {
    /// This connection's person, now.
    var viewer: Viewer { Viewer(uid: peer.uid, user: peer.user, now: house.clock.now()) }

    func listQueue(_ call: Call) throws(RPCError) {
        let viewer = viewer
        let params = try call.params(of: QueueList.self)
        let query = try QueueQuery(params, for: viewer)
        resolveFilter(workflow: params.workflow, account: params.account, call) {
            session,
            workflow in
            session.house.read(
                { journal throws(JournalFault) in try journal.queue(query.narrowed(to: workflow)) },
                then: session.later { session, result in
                    session.answer(call, QueueList.self, result) {
                        HoldWire.QueueWindow($0, to: viewer)
                    }
                }
            )
        }
    }

    func subscribe(_ call: Call) throws(RPCError) {
        let params = try call.params(of: QueueSubscribe.self)
        let viewer = viewer
        let query = try QueueQuery(params, for: viewer)
        resolveFilter(workflow: params.workflow, account: params.account, call) {
            session,
            workflow in
            session.subscribe(to: query.narrowed(to: workflow), as: viewer, call)
        }
    }

    private func subscribe(
        to query: HoldJournal.QueueQuery,
        as viewer: Viewer,
        _ call: Call
    ) {
        subscription?.stop()
        let subscription = Subscription(query)
        self.subscription = subscription
        let asked = NIOLoopBoundBox(subscription, eventLoop: eventLoop)
        house.read(
            { journal throws(JournalFault) in try journal.queue(query) },
            then: later { session, result in
                let shown = result.map { ShownWindow($0, to: viewer) }
                session.answer(call, QueueSubscribe.self, shown) { $0.content }
                session.noteShown(shown, to: asked.value)
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
                        try WireWorkflow(
                            row,
                            waiting: window.waiting[row.workflow],
                            from: journal
                        )
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

extension WireWorkflow {
    /// A workflow as lists show it, and at which link it is stuck: a row only says where the chain
    /// stands; why, its events tell.
    init(
        _ row: WorkflowRow,
        waiting: WaitingItems?,
        from journal: any Journal
    ) throws(JournalFault) {
        self.init(row, waiting: waiting)
        guard row.stuckAt != nil else { return }
        stuckUndo = WireWorkflow(try Broker.fold(row.workflow, from: journal))?.stuckUndo
    }
}

extension HoldJournal.QueueQuery {
    /// The same, of one workflow alone; of all when nil.
    fileprivate func narrowed(to workflow: WorkflowKey?) -> HoldJournal.QueueQuery {
        var query = self
        query.workflow = workflow
        return query
    }
}
