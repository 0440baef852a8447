import ArgumentParser
import Foundation
import HoldCore
import Simulation

/// Runs simulated worlds, one a seed, and holds each against the rules of the design.
@main
struct SimulationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holdshort-sim",
        abstract: "Run simulated worlds, one a seed, and hold each against the rules.",
        discussion: """
            Ends with 0 when every rule held, 128 when something never came to an end, 129 when a rule \
            was broken, 3 when two runs of one seed differed.

            Examples:
              holdshort-sim --seeds 10000 --jobs 2
              holdshort-sim --seed 4711 --trace
              holdshort-sim --seeds 500 --store sqlite
            """
    )

    @Option(help: "Run this seed alone.")
    var seed: UInt64?
    @Option(help: "How many seeds to run.")
    var seeds: UInt64 = 1000
    @Option(help: "The first of them.")
    var from: UInt64 = 1
    @Option(help: "Which journal: memory or sqlite.")
    var store = Simulation.Store.memory
    @Option(help: "How many seeds run at once.")
    var jobs = 1
    @Option(help: ArgumentHelp("Kinds of fault to leave out.", valueName: "kind,…"))
    var without = ""
    @Option(help: "The most steps of a workflow.")
    var steps: Int?
    @Option(help: "Stop at this moment of simulated time, in milliseconds.")
    var until: Int64?
    @Flag(help: "Print everything that happens.")
    var trace = false
    @Flag(help: "Make a failing seed smaller before it is reported.")
    var shrink = false
    @Flag(help: "Fail if any rare state, or any pair of state and request, was never reached.")
    var complete = false
    #if PlantedFaults
        @Option(help: "Build this fault in; the run then has to fail.")
        var plant: PlantedFault?
        @Flag(help: "Build in one fault after the other: each has to be found within the seeds.")
        var plantAll = false
    #endif

    func run() async throws {
        let options = try simulationOptions()
        #if PlantedFaults
            if plantAll { return try await PlantedFaults.findAll(seeds: seeds, options) }
            try await PlantedFault.$active.withValue(plant) { try await run(options) }
        #else
            try await run(options)
        #endif
    }

    private func simulationOptions() throws -> Simulation.Options {
        var options = Simulation.Options(store: store)
        for name in without.split(separator: ",") {
            guard let fault = Swarm.Fault(rawValue: String(name)) else {
                let known = Swarm.Fault.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("\(name) is no kind of fault; there are: \(known)")
            }
            options.without.insert(fault)
        }
        options.stepsMax = steps
        options.until = until
        options.isTraced = trace
        return options
    }

    private func run(_ options: Simulation.Options) async throws {
        let first = seed ?? from
        let count = seed == nil ? seeds : 1
        let clock = ContinuousClock()
        let start = clock.now
        let run = try await SimulationRun.all(
            seeds: first..<(first + count),
            options,
            jobs: max(1, jobs)
        )
        let seconds = (clock.now - start) / .seconds(1)
        if trace { print(run.trace.joined(separator: "\n")) }
        print(
            "\(run.seeds) seeds (\(store.rawValue)), \(run.worlds) worlds, \(run.commits) commits,"
                + " \(run.happenings) happenings in \(String(format: "%.1f", seconds)) s:"
                + " \(Int(Double(run.worlds) / seconds)) worlds/s on \(jobs) at once"
        )
        guard run.unlike.isEmpty else {
            print("NOT THE SAME TWICE: seeds \(run.unlike)")
            throw ExitCode(3)
        }
        if let failed = run.failed { try report(failed, options) }
        try reportReach(run.coverage)
    }

    private func report(_ failed: Simulation.Outcome, _ options: Simulation.Options) throws {
        let smaller = shrink ? try Shrinking.shrunk(seed: failed.seed, options) : options
        let outcome = shrink ? try Simulation.run(seed: failed.seed, smaller) : failed
        print(SimulationReport(outcome, smaller, revision: Revision.current))
        let isLiveness = outcome.violations.first?.isLiveness ?? false
        throw ExitCode(isLiveness ? 128 : 129)
    }

    private func reportReach(_ coverage: Coverage) throws {
        let counts = Coverage.Sometimes.allCases.map { "\($0.rawValue) \(coverage.count($0))" }
        print("sometimes: \(counts.joined(separator: ", "))")
        let missing =
            coverage.missing.map { "never: \($0.rawValue)" }
            + coverage.pairsMissing.map { "never: \($0)" }
        print(
            "pairs of state and request: \(coverage.pairsReached) reached,"
                + " \(coverage.pairsMissing.count) missing"
        )
        guard complete, !missing.isEmpty else { return }
        print(missing.joined(separator: "\n"))
        throw ExitCode.failure
    }
}

extension Simulation.Store: ExpressibleByArgument {}

/// Which revision of the code this is, as far as version control says.
enum Revision {
    static var current: String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "rev-parse", "--short", "HEAD"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return "unknown" }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self).filter { !$0.isWhitespace }
        return text.isEmpty ? "unknown" : text
    }
}
