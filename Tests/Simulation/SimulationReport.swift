/// What is printed of a seed that failed: enough to see it again.
package struct SimulationReport: CustomStringConvertible {
    private let outcome: Simulation.Outcome
    private let options: Simulation.Options
    private let revision: String

    /// A report of this run.
    ///
    /// - Parameters:
    ///   - outcome: What became of it.
    ///   - options: How it was run.
    ///   - revision: The revision of the code that was run, as version control names it.
    package init(
        _ outcome: Simulation.Outcome,
        _ options: Simulation.Options,
        revision: String
    ) {
        self.outcome = outcome
        self.options = options
        self.revision = revision
    }

    /// The command that runs the seed again.
    package var replay: String {
        var words = ["holdshort-sim", "--seed", "\(outcome.seed)"]
        if options.store != .memory { words += ["--store", options.store.rawValue] }
        if !options.without.isEmpty {
            words += ["--without", options.without.map(\.rawValue).sorted().joined(separator: ",")]
        }
        if let steps = options.stepsMax { words += ["--steps", "\(steps)"] }
        if let until = options.until { words += ["--until", "\(until)"] }
        return (words + ["--trace"]).joined(separator: " ")
    }

    /// Several lines: what failed, where, and how to see it.
    package var description: String {
        let hash = String(outcome.hash, radix: 16)
        let rules = outcome.violations.map { "  \($0.rule): \($0.story)" }
        let head =
            "FAIL \(outcome.violations.first?.rule ?? "?") seed=\(outcome.seed) rev=\(revision)"
            + " t=\(outcome.time) ms ev=\(outcome.happenings) hash=\(hash)"
        return ([head, "  cfg \(outcome.swarm)"] + rules + ["  → \(replay)"])
            .joined(separator: "\n")
    }
}
