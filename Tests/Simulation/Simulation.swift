import HoldCore

/// One seed, one world, one verdict.
package enum Simulation {
    /// Which journal stands behind the broker.
    package enum Store: String, Sendable, CaseIterable {
        /// In memory: fast.
        case memory
        /// A real SQLite file, with the schema and the SQL of production.
        case sqlite
    }

    /// How a seed is run; the same options give the same run.
    package struct Options: Sendable, Hashable {
        package var store = Store.memory
        /// Kinds of fault that are left out, whatever the seed draws.
        package var without: Set<Swarm.Fault> = []
        /// At most so many steps a workflow.
        package var stepsMax: Int?
        /// Stop at this moment, in milliseconds of simulated time.
        package var until: Int64?
        /// Keep a line for everything that happens.
        package var isTraced = false

        package init(store: Store = .memory) { self.store = store }
    }

    /// What became of one seed.
    package struct Outcome: Sendable {
        package var seed: UInt64
        package var swarm: Swarm
        /// The rules that did not hold, with what happened; empty: all of them held.
        package var violations: [(rule: String, story: String, isLiveness: Bool)]
        /// The same for two runs of one seed.
        package var hash: UInt64
        /// Simulated time at the end, in milliseconds.
        package var time: Int64
        package var happenings: Int
        package var commits: Int
        package var coverage: Coverage
        package var trace: [String]

        /// Whether every rule held.
        package var isFine: Bool { violations.isEmpty }
    }

    /// Runs one seed to its end.
    ///
    /// - Throws: What opening a real store throws; nothing in memory.
    package static func run(seed: UInt64, _ options: Options = Options()) throws -> Outcome {
        let world = try World(seed: seed, options: options)
        world.run()
        return Outcome(
            seed: seed,
            swarm: world.swarm,
            violations: world.checker.violations.map { ($0.rule, $0.story, $0.isLiveness) },
            hash: world.trace.hash,
            time: world.now,
            happenings: world.happenings,
            commits: world.checker.commits,
            coverage: world.coverage,
            trace: world.trace.lines
        )
    }
}
