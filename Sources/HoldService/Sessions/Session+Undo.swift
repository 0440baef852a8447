import HoldBroker
import HoldCore
import HoldWire
import NIOCore

/// Undos that this connection offered to run.
extension Session {
    func offerUndos(_ call: Call) throws(RPCError) {
        let params = try call.params(of: UndoServe.self)
        house.switchboard.offer(
            params.operations,
            workflows: params.workflows,
            session: line,
            by: peer
        )
        for workflow in params.workflows ?? [] {
            house.switchboard.note(line, worksOn: own(workflow))
        }
        house.drills.look()
        reply(call, to: UndoServe.self, WireNothing())
    }

    /// Starts a drill, and answers with its outcome once that is in the record.
    func drillUndo(_ call: Call) throws(RPCError) {
        let operation = try call.params(of: UndoDrill.self).operation
        ask(
            .command(.startDrill(operation)),
            in: Workflow.control,
            by: .reviewer(peer),
            call
        ) { session, _, events in
            // What was decided just now is the one event that it can lead to.
            for case .drillStarted(let drill) in events {
                session.awaitDrill(of: operation, key: drill.key, call)
            }
        }
    }

    private func awaitDrill(of operation: String, key: String, _ call: Call) {
        wait(.awaitDrill(key), in: Workflow.control, by: .reviewer(peer), seconds: nil, call) {
            session,
            workflow throws(RPCError) in
            guard let outcome = workflow.drills[operation]?.last, outcome.key == key else {
                throw RPCError(.internalError, "the drill's outcome is not in the record")
            }
            session.reply(
                call,
                to: UndoDrill.self,
                UndoDrill.Reply(
                    operation: operation,
                    passed: outcome.error == nil,
                    error: outcome.error,
                    detail: outcome.detail,
                    key: key,
                    startedAt: outcome.startedAt,
                    endedAt: outcome.endedAt,
                    provenAt: session.house.lane.standing.provenAt[operation]
                )
            )
        }
    }

    func runUndo(_ errand: UndoErrand) {
        guard context != nil else {
            return errand.done(.hungUp)
        }
        let id = nextUndoID()
        let operation = house.manifests.current.operations[errand.params.operation]
        let limit = operation?.timeout ?? Span(seconds: 60)
        undos[id] = errand.done
        undoTimers[id] = schedule(after: limit.seconds) { session in
            session.endUndo(
                id,
                .failed("the executor did not answer within \(Int(limit.seconds)) s")
            )
        }
        do {
            send(try UndoRun.request(id: .string(id), errand.params))
        } catch {
            endUndo(id, .failed("the undo has no JSON form: \(error)"))
        }
    }

    /// An answer that is nobody's, or comes too late, is discarded.
    func takeUndoAnswer(_ id: RPCID, _ answer: Result<JSONValue, RPCError>) {
        guard case .string(let id) = id, undos[id] != nil else { return }
        switch answer {
        case .success(let result):
            do {
                let reply = try UndoRun.reply(from: result)
                endUndo(id, .done(word(reply.outcome, else: .undone), detail: reply.detail))
            } catch {
                endUndo(id, .failed("the executor's answer cannot be read: \(error)"))
            }
        case .failure(let error): endUndo(id, UndoReport(error))
        }
    }

    private func endUndo(_ id: String, _ report: UndoReport) {
        undoTimers.removeValue(forKey: id)?.cancel()
        undos.removeValue(forKey: id)?(report)
    }
}

extension UndoReport {
    /// The executor's connection ended before it answered.
    static let hungUp = unreachable("the executor's connection was closed")

    /// What an executor's error asks for: time, no more tries, or another try.
    init(_ error: RPCError) {
        if error.data?["terminal"] == true {
            self = .terminal(error.message)
        } else if let seconds = error.data?["retry_after_seconds"]?.double, seconds >= 0 {
            self = .retry(after: Span(seconds: seconds), error.message)
        } else {
            self = .failed(error.message)
        }
    }
}
