import ArgumentParser
import Foundation

/// What every mode can be told.
struct RunOptions: ParsableArguments {
    @Option(help: "The binary to kill; the one beside this one when left out.")
    var service: String?

    @Option(help: "What kill times and scripts are drawn from; printed when left out.")
    var seed: UInt64?

    @Option(help: "Where scratch directories are made.")
    var scratch = FileManager.default.temporaryDirectory.path

    @Flag(help: "Leave the scratch directory behind, also when all held.")
    var keep = false

    /// Runs a mode to its verdict: prints it, and ends the process when something did not hold.
    ///
    /// - Parameters:
    ///   - command: The mode with its numbers, as it is typed.
    ///   - body: Does it, and says its figures in one line.
    /// - Throws: `ExitCode` for a violation or a run that proves nothing.
    func conduct(
        _ command: String,
        _ body: (Bench) async throws -> String
    ) async throws {
        let seed = seed ?? UInt64.random(in: 1...999_999)
        let bench = Bench(
            binary: service ?? RunOptions.neighbour,
            scratch: scratch,
            seed: seed,
            keeps: keep
        )
        let replay = "holdshort-crash \(command) --seed \(seed)"
        do {
            let figures = try await body(bench)
            await bench.strike(keeping: keep)
            print("\(command): held. \(figures) seed \(seed)")
        } catch let violation as Violation {
            let place = bench.place
            await bench.strike(keeping: true)
            print(
                "VIOLATION \(violation)\n  where:  \(place)\n  seed:   \(seed)\n  replay: \(replay)"
            )
            throw ExitCode(1)
        } catch let invalid as InvalidRun {
            await bench.strike(keeping: keep)
            print("INVALID \(invalid)\n  seed:   \(seed)\n  replay: \(replay)")
            throw ExitCode(2)
        }
    }

    private static var neighbour: String {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "holdshort").path
    }
}
