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
    /// Where a page of events stops in bytes, so that it fits into a frame.
    private static let pageBytesMax = 4 * 1024 * 1024

    func listAudit(_ call: Call) throws(RPCError) {
        let params = try call.params(of: AuditList.self)
        readAudit(call, params, isLast: (params.waitSeconds ?? 0) <= 0)
    }

    private func readAudit(_ call: Call, _ params: AuditList.Params, isLast: Bool) {
        let limit = params.limit ?? 100
        let after = Int64(params.after ?? 0)
        house.read(
            { journal throws(JournalFault) in
                guard let workflow = params.workflow else {
                    let entries = try journal.entries(after: after, limit: limit)
                    return (entries, try journal.head().seq)
                }
                let all = try journal.entries(of: WorkflowID(workflow), after: 0)
                return (Array(all.filter { $0.seq > after }.prefix(limit)), try journal.head().seq)
            },
            then: later { session, result in
                session.answerAudit(call, params, isLast: isLast, result)
            }
        )
    }

    private func answerAudit(
        _ call: Call,
        _ params: AuditList.Params,
        isLast: Bool,
        _ result: Result<([Entry], Int64), JournalFault>
    ) {
        if case .success((let entries, let seq)) = result, entries.isEmpty, !isLast, seq >= 0 {
            let id = call.id
            let timer = schedule(after: params.waitSeconds ?? 0) { session in
                guard let wait = session.takeAuditWait(id) else { return }
                session.readAudit(wait.call, wait.params, isLast: true)
            }
            auditWaits.append(AuditWait(call: call, params: params, timer: timer))
            // What came between the read and now would otherwise be waited for in vain.
            if house.switchboard.lastSeq > seq { journalGrew(to: house.switchboard.lastSeq) }
            return
        }
        answer(call, AuditList.self, result) { entries, seq in
            var bytes = 0
            let page = entries.prefix { entry in
                bytes += entry.data.canonical.count + 512
                return bytes <= Session.pageBytesMax
            }
            // One event alone may be larger than a page; it is never left out.
            let shown = page.isEmpty ? entries.prefix(1) : page
            return AuditList.Reply(
                events: shown.map { WireAuditEvent($0) },
                seq: Int(clamping: seq)
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
