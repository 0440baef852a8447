import ArgumentParser

/// `double`: killed at work, and again while it recovers.
struct DoubleKills: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "double",
        abstract: "Kill the service at work, and once more in the middle of its recovery.",
        discussion: "Example: holdshort-crash double --kills 200"
    )

    @Option(help: "How often to kill a recovery.") var kills = 20
    @Option(help: "Kills of one store, before the next begins.") var perStore = 50
    @Option(help: "Operations a second below which the run proves nothing.") var least = 100.0
    @OptionGroup var options: RunOptions

    func run() async throws {
        try await options.conduct("double --kills \(kills)") { bench in
            var dice = bench.dice("double")
            var tally = Tally()
            var done = 0
            while done < kills {
                let site = try await bench.site(Manifests.still)
                var mix = Load.Mix()
                mix.actions = Load.Mix.still
                mix.isTroubled = false
                let round = try await Round(
                    site,
                    mix: mix,
                    seed: dice.next(),
                    name: "d\(done)"
                )
                for _ in 0..<min(perStore, kills - done) {
                    done += 1
                    bench.moment = "recovery \(done)"
                    await pause(dice.milliseconds(20...200))
                    try await round.kill()
                    try await recover(round, &dice)
                    try await round.serve()
                }
                try await round.finish()
                tally.add(round)
            }
            try tally.checkRate(least)
            return "\(done) recoveries killed. " + tally.line
        }
    }

    /// Recoveries where no client can come, each killed somewhere on its way: none writes an event.
    private func recover(_ round: Round, _ dice: inout Dice) async throws {
        let head = round.oracle.head
        let usual = round.site.starts.last?.milliseconds ?? 100
        for _ in 0..<Int.random(in: 1...2, using: &dice) {
            let process = try round.site.spawn(runtime: "quiet")
            await pause(dice.milliseconds(0...(usual * 1.2)))
            await process.kill()
            try round.oracle.check(round.site, round.notes)
            guard round.oracle.head == head else {
                throw Violation(
                    "a recovery that was killed moved the journal's end from \(head.seq)"
                        + " to \(round.oracle.head.seq)"
                )
            }
        }
    }
}
