import HoldCore
import HoldJournal
import HoldWire
import NIOCore

/// A client that follows the journal and waits for it to grow.
struct AuditWait {
    var call: Session.Call
    var params: AuditList.Params
    var timer: Scheduled<Void>
}

/// The record: pages of events, following them, and the check of the chain.
extension Session {
    func listAudit(_ call: Call) throws(RPCError) {
        let params = try call.params(of: AuditList.self)
        readAudit(call, params, isLast: (params.waitSeconds ?? 0) <= 0)
    }

    private func readAudit(_ call: Call, _ params: AuditList.Params, isLast: Bool) {
        // Looked up each time: who follows a workflow sees it come.
        resolveFilter(workflow: params.workflow, account: params.account, call) {
            session,
            workflow in
            session.house.read(
                { journal throws(JournalFault) in
                    try AuditPage(params, in: workflow, from: journal)
                },
                then: session.later { session, result in
                    session.answerAudit(call, params, isLast: isLast, result)
                }
            )
        }
    }

    private func answerAudit(
        _ call: Call,
        _ params: AuditList.Params,
        isLast: Bool,
        _ result: Result<AuditPage, JournalFault>
    ) {
        if case .success(let page) = result, page.entries.isEmpty, page.reached == nil, !isLast {
            let id = call.id
            let timer = schedule(after: params.waitSeconds ?? 0) { session in
                guard let wait = session.takeAuditWait(id) else { return }
                session.readAudit(wait.call, wait.params, isLast: true)
            }
            auditWaits.append(AuditWait(call: call, params: params, timer: timer))
            // What came between the read and now would otherwise be waited for in vain.
            if house.switchboard.lastSeq > page.seq { journalGrew(to: house.switchboard.lastSeq) }
            return
        }
        answer(call, AuditList.self, result) { page in
            AuditList.Reply(
                events: page.entries.map { entry in
                    WireAuditEvent(entry, item: entry.item.flatMap { page.items[$0] })
                },
                seq: Int(clamping: page.seq),
                reached: page.reached.map { Int(clamping: $0) }
            )
        }
    }

    private func takeAuditWait(_ id: RPCID) -> AuditWait? {
        guard let position = auditWaits.firstIndex(where: { $0.call.id == id }) else { return nil }
        return auditWaits.remove(at: position)
    }

    func journalGrew(to seq: Int64) {
        let waits = auditWaits
        auditWaits = []
        for wait in waits {
            wait.timer.cancel()
            readAudit(wait.call, wait.params, isLast: false)
        }
    }

    func verifyAudit(_ call: Call) {
        house.read(
            { journal throws(JournalFault) in
                try AuditVerifier.verify(journal)
            },
            then: later { session, result in
                session.answer(call, AuditVerify.self, result) { result in
                    AuditVerify.Reply(
                        events: result.events,
                        ok: result.ok,
                        firstBad: result.firstBad.map { Int(clamping: $0) }
                    )
                }
            }
        )
    }
}
