import ArgumentParser

/// `random`: kills at any moment, under load.
struct RandomKills: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "random",
        abstract: "Kill the service 1 to 500 ms after each start, at work.",
        discussion: "Example: holdshort-crash random --kills 1000"
    )

    @Option(help: "How often to kill.") var kills = 100
    @Option(help: "Kills of one store, before the next begins.") var perStore = 100
    @Option(help: "Items that each store holds already.") var items = 0
    @Option(help: "Operations a second below which the run proves nothing.") var least = 100.0
    @OptionGroup var options: RunOptions

    func run() async throws {
        try await options.conduct("random --kills \(kills) --items \(items)") { bench in
            var dice = bench.dice("kills")
            var tally = Tally()
            while tally.kills < kills {
                let site = try await bench.site(Manifests.varied)
                if items > 0 { try Prefill.fill(site, items: items) }
                let round = try await Round(
                    site,
                    mix: Load.Mix(),
                    seed: dice.next(),
                    name: "k\(tally.kills)"
                )
                for kill in 1...min(perStore, kills - tally.kills) {
                    bench.moment = "kill \(tally.kills + kill)"
                    await pause(dice.milliseconds(1...500))
                    try await round.kill()
                    try await round.serve()
                }
                bench.moment = "after kill \(tally.kills + round.kills)"
                try await round.finish()
                tally.add(round)
            }
            try tally.checkRate(least)
            return tally.line
        }
    }
}
