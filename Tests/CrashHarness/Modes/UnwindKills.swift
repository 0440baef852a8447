import ArgumentParser
import Foundation
import HoldClient
import HoldCore
import HoldWire
import TestAccounts

/// `unwind`: killed while a chain of twelve steps is being undone.
struct UnwindKills: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unwind",
        abstract:
            "Kill the service while it undoes a chain of 12 steps, until the chain has ended.",
        discussion: "Example: holdshort-crash unwind --kills 500"
    )

    @Option(help: "How many kills in the middle of an unwind.") var kills = 20
    @Option(help: "Kills of one store, before the next begins.") var perStore = 100
    @OptionGroup var options: RunOptions

    private static let length = 12

    func run() async throws {
        try await options.conduct("unwind --kills \(kills)") { bench in
            var dice = bench.dice("unwind")
            var tally = Tally()
            var hits = 0
            var chains = 0
            while hits < kills {
                let site = try await bench.site(Manifests.varied)
                try UndoScript.write(site)
                let round = try await Round(site, mix: .nobody, seed: dice.next(), name: "u")
                let crew = Crew(site)
                let before = hits
                while hits < kills, hits - before < perStore {
                    chains += 1
                    let action = chains.isMultiple(of: 2) ? "scripted" : "build"
                    bench.moment = "chain \(chains) (\(action)), kill \(hits + 1)"
                    let chain = Chain(workflow: "u\(chains)", action: action)
                    hits += try await run(chain, crew, round, &dice)
                }
                crew.close()
                try await round.finish()
                try await UndoScript.checkLeftovers(site)
                tally.add(round)
            }
            return "\(hits) kills in \(chains) unwinds. " + tally.line
        }
    }

    private struct Chain {
        var workflow: String
        var action: String
        var steps: [String] { (1...UnwindKills.length).map { "\(workflow)/\($0)" } }
    }

    /// Builds a chain, rejects its first item, and kills until it is undone; how many kills hit it.
    private func run(
        _ chain: Chain,
        _ crew: Crew,
        _ round: Round,
        _ dice: inout Dice
    ) async throws -> Int {
        for step in chain.steps {
            try await crew.perform(chain.workflow, step, chain.action, round)
        }
        let first = WireItemReference(workflow: chain.workflow, step: chain.steps[0])
        let item = try await crew.reviewer.item(first)
        let review = ItemReview(
            item: first,
            decision: .reject,
            digest: item.summary.digest,
            reason: "no"
        )
        round.notes.take(.reviewed(review, try await crew.reviewer.decide(review)))
        var hits = 0
        for _ in 0..<100 {
            await pause(dice.milliseconds(1...60))
            try await round.kill()
            let isUnwinding =
                round.oracle.model.flows[WorkflowKey(chain.workflow)]?.isUnwinding == true
            try await round.serve()
            guard isUnwinding else { break }
            hits += 1
        }
        let reply = try await crew.agent.settle(chain.workflow, timeout: .seconds(60))
        guard reply.settled, reply.rollback == .rolledBack else {
            throw Violation("\(chain.workflow) ends as \(reply.rollback.map { "\($0)" } ?? "open")")
        }
        if chain.action == "scripted" {
            let written = UndoScript.undone(round.site, chain.workflow)
            round.world.adopt(written, undoneIn: chain.workflow)
        }
        let undone = round.world.undone(chain.workflow)
        guard undone == chain.steps.reversed() else {
            throw Violation(
                "\(chain.workflow): undone once each, newest first? \(undone) (I7, I10)"
            )
        }
        return hits
    }
}

/// One agent and one reviewer for a mode that says itself what happens when.
struct Crew {
    let agent: AgentClient
    let reviewer: ReviewClient
    let colleague: ReviewClient

    init(_ site: Site) {
        agent = AgentClient(site.connect("agent", .agent))
        reviewer = ReviewClient(site.connect("reviewer", .review))
        colleague = ReviewClient(site.connect("colleague", .review))
    }

    func close() {
        for connection in [agent.connection, reviewer.connection, colleague.connection] {
            connection.close()
        }
    }

    /// Proposes a step that may run at once, runs and reports it.
    func perform(
        _ workflow: String,
        _ step: String,
        _ action: String,
        _ round: Round
    ) async throws {
        let proposal = StepPropose.Params(workflow: workflow, step: step, action: action)
        let answer = try await agent.propose(proposal)
        round.notes.take(.proposed(proposal, answer))
        let (permit, _) = try answer.granted(for: proposal)
        // What a script undoes is marked where the script looks.
        if action != "scripted" { _ = try round.world.run(workflow, step) }
        round.notes.take(.ran(workflow: workflow, step: step, digest: answer.digest))
        let report = StepFinish.Params(
            workflow: workflow,
            step: step,
            permit: permit.id,
            outcome: .succeeded
        )
        _ = try await agent.finish(report)
        round.notes.take(.finished(report))
    }
}
