import ArgumentParser
import Foundation
import HoldClient
import HoldCore
import HoldWire
import Synchronization

/// `deadline`: decisions that arrive together with the deadline.
struct DeadlineRace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadline",
        abstract:
            "Decide items within 2 ms of their deadline: one final state, and both sides told it.",
        discussion: "Example: holdshort-crash deadline --items 100000"
    )

    @Option(help: "How many items.") var items = 200
    @Option(help: "Items of one store, before the next begins.") var perStore = 5000
    @OptionGroup var options: RunOptions

    /// How long every item has.
    private static let time = 0.6
    /// How many items wait at once.
    private static let lanes = 120

    func run() async throws {
        try await options.conduct("deadline --items \(items)") { bench in
            var dice = bench.dice("deadline")
            var tally = Tally()
            var race = Race.Outcome()
            var done = 0
            while done < items {
                let site = try await bench.site(Manifests.brief(seconds: DeadlineRace.time))
                let round = try await Round(site, mix: .nobody, seed: dice.next(), name: "d")
                let contest = Race(crew: Crew(site), notes: round.notes)
                let count = min(perStore, items - done)
                bench.moment = "items \(done + 1) to \(done + count)"
                race += try await contest.run(done..<done + count, lanes: DeadlineRace.lanes, &dice)
                contest.crew.close()
                done += count
                // What was told is compared with what a kill leaves.
                try await round.kill()
                try await round.serve()
                try await round.finish()
                tally.add(round)
            }
            guard race.inTime > 0, race.late > 0 else {
                throw InvalidRun("\(race.inTime) decisions in time, \(race.late) late: no race")
            }
            return "\(race.line) " + tally.line
        }
    }
}

/// One agent and two reviewers racing items against their deadlines.
struct Race: Sendable {
    /// How the races ended.
    struct Outcome: Sendable {
        var inTime = 0
        var late = 0
        /// Reviews that left within 2 ms of the deadline.
        var close = 0

        static func += (sum: inout Outcome, more: Outcome) {
            sum.inTime += more.inTime
            sum.late += more.late
            sum.close += more.close
        }

        var line: String {
            "\(inTime) decided in time, \(late) timed out first, \(close) sent within 2 ms."
        }
    }

    let crew: Crew
    let notes: Notes
    /// How long a review is on its way, in milliseconds.
    private let way = Way()

    init(crew: Crew, notes: Notes) {
        self.crew = crew
        self.notes = notes
    }

    func run(_ items: Range<Int>, lanes: Int, _ dice: inout Dice) async throws -> Outcome {
        let seed = dice.next()
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    var dice = Dice(seed: seed, "lane-\(lane)")
                    // Spread over one deadline's time, so that they do not all fall due together.
                    await pause(dice.milliseconds(0...600))
                    var sum = Outcome()
                    for item in stride(
                        from: items.lowerBound + lane,
                        to: items.upperBound,
                        by: lanes
                    ) {
                        sum += try await run(item, &dice)
                    }
                    return sum
                }
            }
            var sum = Outcome()
            for try await part in group { sum += part }
            return sum
        }
    }

    private func run(_ number: Int, _ dice: inout Dice) async throws -> Outcome {
        let (workflow, step) = ("d\(number)", "d\(number)/1")
        let proposal = StepPropose.Params(workflow: workflow, step: step, action: "brief")
        let answer = try await crew.agent.propose(proposal)
        notes.take(.proposed(proposal, answer))
        guard let deadline = answer.deadline else {
            throw Violation("\(step) has no deadline (I3)")
        }
        async let waiting = crew.agent.wait(workflow: workflow, step: step, timeout: .seconds(20))
        let offset = Double.random(in: -2...2, using: &dice)
        // Half of them leave within 2 ms of the deadline, half are meant to arrive within 2 ms.
        let ahead = number % 4 < 2 ? 0 : way.milliseconds
        await until(Double(deadline.milliseconds) + offset - ahead)
        let distance = abs(Wall.milliseconds - Double(deadline.milliseconds))
        let review = ItemReview(
            item: WireItemReference(workflow: workflow, step: step),
            decision: number.isMultiple(of: 2) ? .approve : .reject,
            digest: answer.digest,
            reason: "at the last moment"
        )
        let sent = Wall.milliseconds
        let told = try await decide(review, by: number % 3 == 0 ? crew.colleague : crew.reviewer)
        way.learn((Wall.milliseconds - sent) / 2)
        let ended = try await waiting
        notes.take(.answered(ended))
        guard let decision = ended.decision, decision == told else {
            throw Violation(
                "\(step): the agent is told \(ended.state.map { "\($0)" } ?? "nothing"),"
                    + " the reviewer \(told.outcome) (I2)"
            )
        }
        let isLate = told.outcome == .timeout
        guard isLate ? told.reviewedAt >= deadline : told.reviewedAt < deadline else {
            throw Violation("\(step): \(told.outcome) on the wrong side of its deadline (I2)")
        }
        return Outcome(inTime: isLate ? 0 : 1, late: isLate ? 1 : 0, close: distance <= 2 ? 1 : 0)
    }

    /// What a reviewer is told to stand.
    private func decide(_ review: ItemReview, by client: ReviewClient) async throws -> WireDecision
    {
        do {
            let reply = try await client.decide(review)
            notes.take(.reviewed(review, reply))
            guard let decision = reply.decision else { throw Violation("no decision is told") }
            return decision
        } catch ClientError.refused(let refusal) where refusal.refusalCode == .alreadyDecided {
            let decision = try ReviewPlayer.standing(refusal)
            notes.take(.late(review, decision))
            return decision
        }
    }

    /// Waits for a moment to a fraction of a millisecond.
    private func until(_ moment: Double) async {
        let ahead = moment - Wall.milliseconds
        if ahead > 2 { await pause(.nanoseconds(Int64((ahead - 1.5) * 1_000_000))) }
        while Wall.milliseconds < moment { await Task.yield() }
    }
}

/// The host's wall clock.
enum Wall {
    static var milliseconds: Double { Date().timeIntervalSince1970 * 1000 }
}

/// How long a review takes to its decision, as seen of late.
final class Way: Sendable {
    private let mean = Mutex(1.0)

    var milliseconds: Double { mean.withLock { min($0, 50) } }

    func learn(_ milliseconds: Double) { mean.withLock { $0 += (milliseconds - $0) / 16 } }
}
