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
        house.read(
            { journal throws(JournalFault) in try journal.window(query, in: params) },
            then: later { session, result in
                session.answerFound(call, QueueList.self, result) { found in
                    HoldWire.QueueWindow(found.window, to: viewer)
                }
            }
        )
    }

    func subscribe(_ call: Call) throws(RPCError) {
        let params = try call.params(of: QueueSubscribe.self)
        let viewer = viewer
        let query = try QueueQuery(params, for: viewer)
        subscription?.stop()
        let subscription = Subscription(query)
        self.subscription = subscription
        let asked = NIOLoopBoundBox(subscription, eventLoop: eventLoop)
        house.read(
            { journal throws(JournalFault) in try journal.window(query, in: params) },
            then: later { session, result in
                let shown = result.map { found in
                    found.map { ShownWindow($0.window, to: viewer) }
                }
                if case .success(.success(let found)) = result {
                    asked.value.query.workflow = found.workflow
                }
                session.answerFound(call, QueueSubscribe.self, shown) { $0.content }
                if case .success(.success(let window)) = shown {
                    session.noteShown(.success(window), to: asked.value)
                } else if session.subscription === asked.value {
                    session.subscription?.stop()
                    session.subscription = nil
                }
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

    /// Answers with what was read of what was named, or with why there is none, or the store's fault.
    func answerFound<Method: WireMethod, Value>(
        _ call: Call,
        _ method: Method.Type,
        _ result: Result<Result<Value, RPCError>, JournalFault>,
        _ form: (Value) -> Method.Reply
    ) {
        switch result {
        case .success(.success(let value)): reply(call, to: method, form(value))
        case .success(.failure(let error)): fail(call, error)
        case .failure(let fault): fail(call, RPCError(fault))
        }
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

extension Journal {
    /// A window of the queue, narrowed to the workflow that the request names, if it names one.
    fileprivate func window(
        _ query: HoldJournal.QueueQuery,
        in params: HoldWire.QueueQuery
    ) throws(JournalFault) -> Result<
        (window: HoldJournal.QueueWindow, workflow: WorkflowKey?), RPCError
    > {
        switch try filterKey(account: params.account, workflow: params.workflow) {
        case .failure(let error): return .failure(error)
        case .success(let key):
            var query = query
            query.workflow = key
            return .success((try queue(query), key))
        }
    }
}
