import ArgumentParser
import HoldClient
import HoldCore
import HoldWire

/// `opposite`: two reviewers say opposite things at the same instant.
struct OppositeVerdicts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opposite",
        abstract:
            "Approve and reject each item at the same instant: one counts, the other is told so.",
        discussion: "Example: holdshort-crash opposite --items 10000"
    )

    @Option(help: "How many items.") var items = 200
    @Option(help: "Items of one store, before the next begins.") var perStore = 2500
    @OptionGroup var options: RunOptions

    /// How many items are decided at once.
    private static let lanes = 24

    func run() async throws {
        try await options.conduct("opposite --items \(items)") { bench in
            var dice = bench.dice("opposite")
            var tally = Tally()
            var approved = 0
            var done = 0
            while done < items {
                let site = try await bench.site(Manifests.still)
                let round = try await Round(site, mix: .nobody, seed: dice.next(), name: "o")
                let crew = Crew(site)
                let count = min(perStore, items - done)
                bench.moment = "items \(done + 1) to \(done + count)"
                approved += try await contest(done..<done + count, crew, round.notes)
                crew.close()
                done += count
                try await round.kill()
                try checkLosers(round.oracle.model, done - count..<done)
                try await round.serve()
                try await round.finish()
                tally.add(round)
            }
            return "\(approved) approved, \(done - approved) rejected. " + tally.line
        }
    }

    private func contest(_ items: Range<Int>, _ crew: Crew, _ notes: Notes) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for lane in 0..<OppositeVerdicts.lanes {
                let part = stride(
                    from: items.lowerBound + lane,
                    to: items.upperBound,
                    by: OppositeVerdicts.lanes
                )
                group.addTask {
                    var approved = 0
                    for item in part where try await contest(item, crew, notes) { approved += 1 }
                    return approved
                }
            }
            var approved = 0
            for try await part in group { approved += part }
            return approved
        }
    }

    /// True when the approval won.
    private func contest(_ number: Int, _ crew: Crew, _ notes: Notes) async throws -> Bool {
        let (workflow, step) = ("o\(number)", "o\(number)/1")
        let proposal = StepPropose.Params(workflow: workflow, step: step, action: "ship")
        let answer = try await crew.agent.propose(proposal)
        notes.take(.proposed(proposal, answer))
        let reference = WireItemReference(workflow: workflow, step: step)
        let approval = ItemReview(item: reference, decision: .approve, digest: answer.digest)
        let rejection = ItemReview(
            item: reference,
            decision: .reject,
            digest: answer.digest,
            reason: "no"
        )
        // Whoever is asked first wins more often, so they take turns.
        let (first, second) =
            number.isMultiple(of: 2) ? (approval, rejection) : (rejection, approval)
        async let one = decide(first, crew.reviewer, notes)
        async let other = decide(second, crew.colleague, notes)
        let (told, toldOther) = try await (one, other)
        guard told.hasWon != toldOther.hasWon else {
            throw Violation("\(step): two reviewers were told that they decided, or none (I2)")
        }
        let ended = try await crew.agent.wait(workflow: workflow, step: step, timeout: .seconds(20))
        notes.take(.answered(ended))
        guard told.decision == toldOther.decision, ended.decision == told.decision else {
            throw Violation("\(step): agent and reviewers were told different decisions (I2)")
        }
        return told.decision.outcome == .approved
    }

    private func decide(
        _ review: ItemReview,
        _ client: ReviewClient,
        _ notes: Notes
    ) async throws -> (hasWon: Bool, decision: WireDecision) {
        do {
            let reply = try await client.decide(review)
            notes.take(.reviewed(review, reply))
            guard let decision = reply.decision else { throw Violation("no decision is told") }
            return (true, decision)
        } catch ClientError.refused(let refusal) where refusal.refusalCode == .alreadyDecided {
            let decision = try ReviewPlayer.standing(refusal)
            notes.take(.late(review, decision))
            return (false, decision)
        }
    }

    /// The loser's review is kept, and changed nothing.
    private func checkLosers(_ model: Model, _ items: Range<Int>) throws {
        for number in items {
            guard model.step("o\(number)", "o\(number)/1")?.lateReviews == 1 else {
                throw Violation("o\(number)/1: the review that came second is not in the record")
            }
        }
    }
}
