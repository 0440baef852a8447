import HoldBroker
import HoldCore
import HoldJournal
import HoldWire

/// The methods of the review socket.
extension Session {
    func dispatchReview(_ call: Call) throws(RPCError) {
        switch ReviewMethod(rawValue: call.method) {
        case .sessionOpen: break
        case .queueList: try listQueue(call)
        case .queueSubscribe: try subscribe(call)
        case .itemGet: try getItem(call)
        case .itemDecide: try decideItem(call)
        case .itemsDecide: try decideItems(call)
        case .itemEscalate: try escalate(call)
        case .undoPreview: try previewUndo(call)
        case .controlHalt: try halt(call)
        case .controlResume: try resume(call)
        case .workflowList: try listWorkflows(call)
        case .workflowGet: try getWorkflow(call)
        case .undoRetry:
            try steerUndo(call, UndoRetry.self) { .retryUndo($0, reason: $1) }
        case .undoSkip: try steerUndo(call, UndoSkip.self) { .skipUndo($0, reason: $1) }
        case .undoResolve:
            try steerUndo(call, UndoResolve.self) { .resolveUndo($0, reason: $1) }
        case .undoDrill: try drillUndo(call)
        case .auditList: try listAudit(call)
        case .auditVerify: verifyAudit(call)
        case .serviceStatus: answerStatus(call)
        case .itemClaim: try claimItem(call)
        case .itemRelease: try releaseItem(call)
        case .itemSnooze: try snoozeItem(call)
        case .itemNote: try noteItem(call)
        case .handoffGet: try getHandoff(call)
        case .handoffNote: try noteHandoff(call)
        case .statsGet: try getStats(call)
        case nil:
            throw .methodNotFound(call.method)
        }
    }

    // MARK: - One item

    /// Hands on the workflow and the step that an item is.
    private func look(
        at item: WireItemReference,
        _ call: Call,
        then: @escaping @Sendable (Session, Workflow, Step) -> Void
    ) {
        resolve(item, call) { session, reference in
            session.ask(.look, in: reference.workflow, by: .reviewer(session.peer), call) {
                session,
                workflow,
                _ throws(RPCError) in
                guard let step = workflow.step(reference.step) else {
                    throw RPCError(.unknownStep(reference.step))
                }
                guard step.item != nil else { throw RPCError(.unknownItem(reference.step)) }
                then(session, workflow, step)
            }
        }
    }

    private func getItem(_ call: Call) throws(RPCError) {
        let params = try call.params(of: ItemGet.self)
        look(at: params.item, call) { session, workflow, step in
            session.house.read(
                { journal throws(JournalFault) in
                    let context = try step.context.flatMap { digest throws(JournalFault) in
                        try journal.blob(digest)
                    }
                    return (context, try journal.proofs())
                },
                then: session.later { session, result in
                    session.answerItem(call, workflow, step, result)
                }
            )
        }
    }

    private func answerItem(
        _ call: Call,
        _ workflow: Workflow,
        _ step: Step,
        _ result: Result<([UInt8]?, [String: Instant]), JournalFault>
    ) {
        switch result {
        case .failure(let fault): fail(call, RPCError(fault))
        case .success((let bytes, let provenAt)):
            let context: [WireContextPart]
            do {
                context =
                    try bytes.map {
                        try JSONValue(parsing: $0, limits: .answers).decode([WireContextPart].self)
                    } ?? []
            } catch {
                return fail(call, RPCError(JournalFault(.corrupt, "context of \(step.id.text)")))
            }
            let sources = DetailSources(provenAt: provenAt, viewer: viewer)
            guard
                let detail = WireItemDetail(step, in: workflow, context: context, sources: sources)
            else { return fail(call, RPCError(.unknownItem(step.id))) }
            reply(call, to: ItemGet.self, detail)
        }
    }

    private func previewUndo(_ call: Call) throws(RPCError) {
        let params = try call.params(of: UndoPreview.self)
        look(at: params.item, call) { session, workflow, step in
            session.house.read(
                { journal throws(JournalFault) in try journal.proofs() },
                then: session.later { session, result in
                    session.answer(call, UndoPreview.self, result) { provenAt in
                        WireUndoPreview(
                            of: step,
                            in: workflow,
                            sources: DetailSources(provenAt: provenAt, viewer: session.viewer)
                        )
                    }
                }
            )
        }
    }

    // MARK: - Decisions

    private func decideItem(_ call: Call) throws(RPCError) {
        let params = try call.params(of: ItemDecide.self)
        resolve(params.item, call) { session, reference in
            let review = ReviewDraft(params, of: reference.step)
            session.ask(
                .command(.review(review)),
                in: reference.workflow,
                by: .reviewer(session.peer),
                call
            ) { session, workflow, _ in
                session.reply(
                    call,
                    to: ItemDecide.self,
                    ItemDecideReply(reference.step, in: workflow)
                )
            }
        }
    }

    private func decideItems(_ call: Call) throws(RPCError) {
        let params = try call.params(of: ItemsDecide.self)
        house.read(
            { journal throws(JournalFault) in
                try params.decisions.map { decision throws(JournalFault) in
                    try journal.item(decision.item)
                }
            },
            then: later { session, result in
                switch result {
                case .failure(let fault): session.fail(call, RPCError(fault))
                case .success(let found): session.decide(params.decisions, found, call)
                }
            }
        )
    }

    /// Decides those that can be told apart, in one transaction; the others are answered with why not.
    private func decide(
        _ decisions: [ItemReview],
        _ found: [Result<ItemReference, RPCError>],
        _ call: Call
    ) {
        let reviews = zip(decisions, found).compactMap { decision, item in
            (try? item.get()).map { reference in
                (workflow: reference.workflow, review: ReviewDraft(decision, of: reference.step))
            }
        }
        guard let first = reviews.first else {
            return reply(call, to: ItemsDecide.self, ItemsDecide.Reply(found, deciding: []))
        }
        house.lane.submit(
            .reviews(reviews),
            in: first.workflow,
            by: .reviewer(peer),
            then: later { session, answer in
                switch answer {
                case .reviewed(let results):
                    session.reply(
                        call,
                        to: ItemsDecide.self,
                        ItemsDecide.Reply(found, deciding: results)
                    )
                case .unavailable(let fault): session.fail(call, RPCError(fault))
                case .refused(let refusal): session.fail(call, RPCError(refusal))
                case .done: session.fail(call, RPCError(.internalError, "no results"))
                }
            }
        )
    }

    private func escalate(_ call: Call) throws(RPCError) {
        let params = try call.params(of: ItemEscalate.self)
        resolve(params.item, call) { session, reference in
            session.ask(
                .command(.escalate(reference.step, reason: params.reason)),
                in: reference.workflow,
                by: .reviewer(session.peer),
                call
            ) { session, workflow, _ throws(RPCError) in
                guard let item = workflow.step(reference.step)?.item else {
                    throw RPCError(.unknownItem(reference.step))
                }
                session.reply(
                    call,
                    to: ItemEscalate.self,
                    ItemEscalate.Reply(tier: item.tier.name, deadline: item.deadline)
                )
            }
        }
    }

    private func steerUndo<Method: WireMethod & SendableMetatype>(
        _ call: Call,
        _ method: Method.Type,
        _ command: (StepID, String) -> Command
    ) throws(RPCError) where Method.Params == UndoSteer, Method.Reply == UndoChainReply {
        let params = try call.params(of: method)
        let command = command(StepID(params.step), params.reason)
        resolve(workflow: params.workflow, account: params.account, call) { session, workflow in
            session.ask(.command(command), in: workflow, by: .reviewer(session.peer), call) {
                session,
                workflow,
                _ in
                session.reply(
                    call,
                    to: method,
                    UndoChainReply(
                        workflow: workflow.id.text,
                        status: WireWorkflowStatus(workflow.status),
                        undoChain: workflow.undoChain.map { WireUndoLink($0) }
                    )
                )
            }
        }
    }
}

extension ItemsDecide.Reply {
    /// One result or error each, in the order of the request; `results` are of those that were found.
    fileprivate init(
        _ found: [Result<ItemReference, RPCError>],
        deciding results: [Result<Workflow, Refusal>]
    ) {
        var rest = results[...]
        self.init(
            results: found.map { item in
                switch item {
                case .failure(let error): .error(error)
                case .success(let reference):
                    switch rest.popFirst() {
                    case .success(let workflow)?:
                        .result(ItemDecideReply(reference.step, in: workflow))
                    case .failure(let refusal)?: .error(RPCError(refusal))
                    case nil: .error(RPCError(.internalError, "no result"))
                    }
                }
            }
        )
    }
}

extension ItemDecideReply {
    init(_ step: StepID, in workflow: Workflow) {
        let step = workflow.step(step)
        let item = step?.item
        self.init(
            state: item.map { WireItemState($0.state) } ?? .pendingReview,
            decision: item?.decision.map { WireDecision($0) },
            approvals: step.flatMap { step in
                item.map {
                    WireApprovals(
                        given: $0.approvals(of: step.digest).count,
                        needed: $0.approvalsNeeded
                    )
                }
            }
        )
    }
}
