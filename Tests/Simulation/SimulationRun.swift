/// Many seeds, several at once.
package struct SimulationRun: Sendable {
    package private(set) var seeds = 0
    /// How many worlds they were: some seeds are run twice.
    package private(set) var worlds = 0
    package private(set) var commits = 0
    package private(set) var happenings = 0
    package private(set) var coverage = Coverage()
    /// The failed run of the lowest seed.
    package private(set) var failed: Simulation.Outcome?
    /// Seeds whose two runs were not the same.
    package private(set) var unlike: [UInt64] = []
    /// The lines of a traced run.
    package private(set) var trace: [String] = []

    /// One seed in twenty is run twice, and both runs must agree.
    private static let twiceEvery: UInt64 = 20

    /// Runs these seeds; the first that fails ends the run.
    ///
    /// - Throws: What opening a real store throws; nothing in memory.
    package static func all(
        seeds: Range<UInt64>,
        _ options: Simulation.Options,
        jobs: Int = 1
    ) async throws -> SimulationRun {
        try await withThrowingTaskGroup(of: SimulationRun.self) { group in
            for job in 0..<UInt64(max(1, jobs)) {
                group.addTask {
                    var run = SimulationRun()
                    var seed = seeds.lowerBound + job
                    while seed < seeds.upperBound, run.failed == nil, !Task.isCancelled {
                        try run.add(seed, options)
                        // Others may share this thread.
                        await Task.yield()
                        seed += UInt64(max(1, jobs))
                    }
                    return run
                }
            }
            var whole = SimulationRun()
            for try await part in group {
                whole.merge(part)
                if part.failed != nil { group.cancelAll() }
            }
            return whole
        }
    }

    private mutating func add(_ seed: UInt64, _ options: Simulation.Options) throws {
        let outcome = try Simulation.run(seed: seed, options)
        seeds += 1
        worlds += 1
        commits += outcome.commits
        happenings += outcome.happenings
        coverage.merge(outcome.coverage)
        trace += outcome.trace
        if !outcome.isFine { failed = outcome }
        guard seed.isMultiple(of: SimulationRun.twiceEvery) else { return }
        worlds += 1
        if try Simulation.run(seed: seed, options).hash != outcome.hash { unlike.append(seed) }
    }

    private mutating func merge(_ other: SimulationRun) {
        seeds += other.seeds
        worlds += other.worlds
        commits += other.commits
        happenings += other.happenings
        coverage.merge(other.coverage)
        unlike += other.unlike
        trace += other.trace
        if let theirs = other.failed, theirs.seed < failed?.seed ?? .max { failed = theirs }
    }
}
