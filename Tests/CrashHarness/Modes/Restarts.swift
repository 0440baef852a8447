import ArgumentParser

/// `restarts`: how long a start takes over a full store.
struct Restarts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restarts",
        abstract: "Measure the time from start to first answer over a store with many items.",
        discussion: "Example: holdshort-crash restarts --items 100000 --starts 20"
    )

    @Option(help: "How many pending items the store holds.") var items = 100_000
    @Option(help: "How often to kill and start.") var starts = 20
    @Option(help: "The longest that a start may take, in milliseconds.") var limit = 1000.0
    @OptionGroup var options: RunOptions

    func run() async throws {
        try await options.conduct("restarts --items \(items) --starts \(starts)") { bench in
            let site = try await bench.site(Manifests.varied)
            let filling = try Prefill.fill(site, items: items)
            for start in 0...starts {
                bench.moment = "start \(start)"
                try await site.serve()
                await site.kill()
            }
            // The first meets a store that no service has read yet.
            let measured = Array(site.starts.dropFirst())
            guard let longest = measured.max(), longest.milliseconds <= limit else {
                throw Violation("a start over \(items) items takes \(measured.figures)")
            }
            return "\(items) items in \(Int(filling.seconds)) s; restart \(measured.figures)."
        }
    }
}
