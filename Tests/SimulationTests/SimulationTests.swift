import Foundation
import Simulation
import Testing

/// The simulator at work: short by itself, the whole of it with `HOLDSHORT_LONG=1`.
struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let isLong = environment["HOLDSHORT_LONG"] == "1"
    /// One alone by `HOLDSHORT_SEED=17`.
    private static let one = environment["HOLDSHORT_SEED"].flatMap(UInt64.init)

    private static func seeds(_ short: UInt64, _ long: UInt64) -> Range<UInt64> {
        if let one { return one..<(one + 1) }
        return 1..<((isLong ? long : short) + 1)
    }

    private func check(_ run: SimulationRun, _ options: Simulation.Options) {
        #expect(run.unlike.isEmpty, "two runs of one seed differ")
        guard let failed = run.failed else { return }
        Issue.record("\(SimulationReport(failed, options, revision: "as built"))")
    }

    @Test func `whatever goes wrong, every invariant holds, and all comes to an end`()
        async throws
    {
        let options = Simulation.Options()
        let run = try await SimulationRun.all(seeds: Self.seeds(400, 20_000), options, jobs: 2)

        check(run, options)
        guard Self.one == nil else { return }
        #expect(run.coverage.missing.isEmpty)
    }

    @Test func `the same holds over real SQLite files`() async throws {
        let options = Simulation.Options(store: .sqlite)
        let run = try await SimulationRun.all(seeds: Self.seeds(40, 2000), options, jobs: 2)

        check(run, options)
    }

    @Test func `a seed is the same world twice, and another seed another one`() throws {
        var options = Simulation.Options()
        options.isTraced = true
        let first = try Simulation.run(seed: 9, options)
        let second = try Simulation.run(seed: 9, options)
        let other = try Simulation.run(seed: 10, options)

        #expect(first.trace == second.trace)
        #expect(first.hash == second.hash)
        #expect(first.hash != other.hash)
    }

    @Test func `both journals lead the same life`() async throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            await Task.yield()
            var options = Simulation.Options()
            // A second process is only let near a journal in memory.
            options.without = [.pause]
            let memory = try Simulation.run(seed: seed, options)
            options.store = .sqlite
            let sqlite = try Simulation.run(seed: seed, options)
            #expect(memory.hash == sqlite.hash, "seed \(seed)")
        }
    }

    @Test func `what is left out of a world does not happen in it`() async throws {
        var coverage = Coverage()
        for seed in 1...60 as ClosedRange<UInt64> {
            await Task.yield()
            var options = Simulation.Options()
            options.without = Set(Swarm.Fault.allCases)
            let outcome = try Simulation.run(seed: seed, options)
            coverage.merge(outcome.coverage)
            #expect(outcome.isFine, "seed \(seed)")
        }
        for never in [.commitLost, .zombie, .messageLost, .poison] as [Coverage.Sometimes] {
            #expect(coverage.count(never) == 0)
        }
        #expect(coverage.count(.undone) > 0)
    }
}
