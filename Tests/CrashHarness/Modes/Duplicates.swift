import ArgumentParser

/// `duplicates`: every frame is sent three times.
struct Duplicates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "Send every frame three times: nothing happens twice, and the answers agree.",
        discussion: "Example: holdshort-crash duplicates --workflows 200"
    )

    @Option(help: "How many workflows.") var workflows = 40
    @OptionGroup var options: RunOptions

    func run() async throws {
        try await options.conduct("duplicates --workflows \(workflows)") { bench in
            var dice = bench.dice("duplicates")
            let site = try await bench.site(Manifests.still)
            var mix = Load.Mix.nobody
            mix.hasExecutor = false
            let round = try await Round(site, mix: mix, seed: dice.next(), name: "x")
            let echo = Echo(site, round.notes, round.world, seed: dice.next())
            try await echo.run(workflows: workflows)
            try await round.kill()
            try echo.check(round.oracle.model)
            try await round.serve()
            try await round.finish()
            var tally = Tally()
            tally.add(round)
            return "\(echo.said) requests said three times. " + tally.line
        }
    }
}
