import HoldClient
import HoldCore
import HoldWire

/// A reviewer that decides what the queue shows, now and then the same as a colleague.
struct ReviewPlayer: Sendable {
    let load: Load
    let client: ReviewClient
    let number: Int

    func play() async {
        var dice = Dice(seed: load.seed, "reviewer-\(number)")
        var known: Set<Int> = []
        while !load.isEnded {
            do {
                let window = try await client.list(QueueQuery(sort: .age, limit: 40))
                for item in window.items where known.insert(item.number).inserted {
                    load.notes.take(.seen(item))
                    if dice.isTrue(0.05) { await talk(about: item) }
                }
                let reviews = window.items.compactMap { review($0, &dice) }
                if reviews.isEmpty { await pause(.milliseconds(5)) }
                await withTaskGroup { group in
                    for review in reviews { group.addTask { await decide(review) } }
                }
            } catch {
                // Without a service, or sent home.
                await pause(.milliseconds(5))
            }
        }
    }

    /// What is said about an item; nil to leave it alone.
    private func review(_ item: WireItem, _ dice: inout Dice) -> ItemReview? {
        guard item.state == .pendingReview || item.state == .modified else { return nil }
        guard item.number % 2 == number || dice.isTrue(0.12) else { return nil }
        // Some are left to run out.
        if item.action == "brief", item.number % 3 != 0 { return nil }
        let reference = WireItemReference(workflow: item.workflow, step: item.step)
        var review = ItemReview(item: reference, decision: .approve, digest: item.digest)
        let draw = Double.random(in: 0..<1, using: &dice)
        if draw < load.mix.rejects {
            review.decision = .reject
            review.reason = "no, by reviewer \(number)"
        } else if draw < load.mix.rejects + load.mix.edits, item.action == "ship" {
            review.decision = .modify
            review.reason = "better so"
            review.arguments = ["number": .integer(Int64(item.number)), "edited": true]
        }
        return review
    }

    /// Claims an item and writes a note to it; a colleague may be first with either.
    private func talk(about item: WireItem) async {
        let reference = WireItemReference(workflow: item.workflow, step: item.step)
        _ = try? await client.claim(reference, seconds: 2)
        _ = try? await client.note(reference, text: "seen by reviewer \(number)")
    }

    private func decide(_ review: ItemReview) async {
        do {
            let reply = try await client.decide(review)
            load.notes.take(.reviewed(review, reply))
        } catch .refused(let refusal) {
            switch refusal.refusalCode {
            case .alreadyDecided:
                do {
                    load.notes.take(.late(review, try ReviewPlayer.standing(refusal)))
                } catch {
                    load.notes.complain("\(error)")
                }
            // Edited by a colleague in the meantime.
            case .stale, .conflict: break
            default: load.notes.complain("reviewer \(number): \(refusal)")
            }
        } catch .unconfirmed, .noService {
            // What became of it is seen in the next window.
        } catch {
            if !load.isEnded { load.notes.complain("reviewer \(number): \(error)") }
        }
    }

    /// The decision that a late reviewer is told to stand.
    ///
    /// - Throws: ``Violation`` when none is told.
    static func standing(_ refusal: RPCError) throws(Violation) -> WireDecision {
        guard let data = refusal.data?["decision"],
            let decision = try? data.decode(WireDecision.self)
        else { throw Violation("a late reviewer is not told what stands: \(refusal)") }
        return decision
    }
}
