import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// What the screens of workflows, undo chains and history ask of the service.
///
/// Every question is answered with a message, be it that it failed: the model waits for it.
extension ConsoleLink {
    func loadWorkflow(_ workflow: WorkflowKey) {
        Task { [client, inbox] in
            do {
                let detail = try await client.workflow(workflow.text, of: workflow.account.text)
                inbox.put(.workflowLoaded(WorkflowDetail(detail)))
            } catch {
                inbox.put(.workflowFailed(workflow, "\(error)"))
            }
        }
    }

    /// Gives an order once.
    ///
    /// A refusal is an answer; anything else leaves open what became of it.
    func steer(_ order: Steering) {
        Task { [client, inbox] in
            do throws(ClientError) {
                let state = try await ConsoleLink.give(order, to: client)
                inbox.put(.steered(order.id, .done(state)))
            } catch {
                guard case .refused(let refusal) = error else {
                    return inbox.put(.steered(order.id, .unknown("\(error)")))
                }
                let code = refusal.refusalCode?.rawValue ?? "error"
                let turned = Turned(code: code, message: refusal.message)
                inbox.put(.steered(order.id, .refused(turned)))
            }
        }
    }

    /// Gives an order; tells where its link stands then, if it is about one.
    private static func give(
        _ order: Steering,
        to client: ReviewClient
    ) async throws(ClientError) -> UndoLink.State? {
        let workflow = order.workflow.text
        let account = order.workflow.account.text
        let halt = HaltOrder(
            scope: .workflow,
            id: workflow,
            account: account,
            reason: order.reason
        )
        let steer = UndoSteer(
            account: account,
            workflow: workflow,
            step: order.step?.text ?? "",
            reason: order.reason
        )
        let reply: UndoChainReply
        switch order.order {
        case .halt:
            _ = try await client.halt(halt)
            return nil
        case .resume:
            _ = try await client.resume(halt)
            return nil
        case .retry: reply = try await client.retryUndo(steer)
        case .resolve: reply = try await client.resolveUndo(steer)
        case .skip: reply = try await client.skipUndo(steer)
        }
        return reply.undoChain.first { $0.step == steer.step }.map { UndoLine($0).state }
    }

    func loadHistory(_ query: HistoryQuery) {
        Task { [client, inbox] in
            do {
                let reply = try await client.audit(AuditList.Params(query))
                inbox.put(.historyLoaded(HistoryPage(reply, for: query)))
            } catch {
                inbox.put(.historyFailed(query, "\(error)"))
            }
        }
    }

    /// Has the service check the whole journal; takes as long as it takes.
    func checkHistory() {
        Task { [client, inbox] in
            do {
                let reply = try await client.verifyAudit()
                let check: ChainCheck =
                    reply.ok
                    ? .sound(events: reply.events, at: ConsoleLoop.now().wall)
                    : .broken(firstBad: reply.firstBad.map { Int64($0) })
                inbox.put(.historyChecked(check))
            } catch {
                inbox.put(.historyChecked(.failed("\(error)")))
            }
        }
    }
}
