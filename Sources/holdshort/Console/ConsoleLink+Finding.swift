import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// Finding items, and deciding many at once.
extension ConsoleLink {
    /// Sends reviews together; each gets its own answer, in their order.
    func decideAll(_ verdicts: [Verdict]) {
        Task { [client, inbox] in
            do throws(ClientError) {
                let results = try await client.decide(verdicts.map { ItemReview($0) })
                for (index, verdict) in verdicts.enumerated() {
                    // Without an answer of its own nobody knows what became of it.
                    guard results.indices.contains(index) else {
                        inbox.put(.noAnswer(verdict.id))
                        continue
                    }
                    inbox.put(ConsoleLink.message(results[index], for: verdict.id))
                }
            } catch {
                for verdict in verdicts { inbox.put(ConsoleLink.failure(error, of: verdict.id)) }
            }
        }
    }

    private static func message(_ result: ItemsDecideResult, for id: DecisionID) -> Message {
        switch result {
        case .result(let reply): .recorded(id, Recorded(reply))
        case .error(let refusal): failure(.refused(refusal), of: id)
        }
    }

    /// Looks for the item of a number, wherever it stands in the queue.
    func find(_ number: Int64) {
        Task { [client, inbox] in
            do throws(ClientError) {
                let detail = try await client.item(.number(Int(clamping: number)))
                inbox.put(.numberFound(ItemDetail(detail)))
            } catch {
                inbox.put(.numberNotFound(number, "\(error)"))
            }
        }
    }
}

extension ItemReview {
    /// What goes over the wire for a verdict.
    init(_ verdict: Verdict) {
        self.init(
            item: WireItemReference(verdict.target.reference),
            decision: WireVerdict(verdict.kind),
            digest: verdict.target.digest,
            reason: verdict.reason,
            arguments: verdict.arguments,
            confirm: verdict.confirm
        )
    }
}

extension Recorded {
    /// What the service says of a review that it took.
    init(_ reply: ItemDecide.Reply) {
        self.init(
            state: ItemState(reply.state),
            decision: reply.decision.map { DecisionLine($0) }
        )
    }
}

extension HoldWire.QueueQuery {
    /// What goes over the wire for a part of the queue.
    init(_ query: HoldConsole.QueueQuery) {
        self.init(
            text: query.text,
            sort: WireSort(query.sort),
            offset: query.offset,
            limit: max(1, min(query.limit, 1000)),
            snoozed: query.snoozed ? true : nil
        )
    }
}

extension WireSort {
    /// The words of the wire and of the console are the same.
    init(_ sort: QueueSort) { self = WireSort(rawValue: sort.rawValue) ?? .urgency }
}
