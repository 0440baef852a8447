import ArgumentParser
import Foundation

/// `points`: the service ends itself beside a commit of each kind.
struct PointSweep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "points",
        abstract:
            "End the service before, after and behind each kind of commit. Debug builds only.",
        discussion: "Example: holdshort-crash points --hits 20"
    )

    @Option(help: "How many hits of each point, from the first.") var hits = 1
    @Option(help: "Only this point, as in P4.") var point: String?
    @OptionGroup var options: RunOptions

    /// As the service names them.
    private static let points = ["P0", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"]
    private static let moments = ["before", "after", "sent"]
    private static let stages = ["start:1", "start:2", "start:3", "start:4"]

    private var wanted: [String] {
        let points = PointSweep.points.filter { point ?? $0 == $0 }
        let commits = points.flatMap { point in
            PointSweep.moments.flatMap { moment in
                (1...hits).map { "\(point):\(moment):\($0)" }
            }
        }
        return commits + (point == nil ? PointSweep.stages : [])
    }

    func validate() throws {
        guard hits >= 1 else { throw ValidationError("--hits is less than 1.") }
        guard point.map(PointSweep.points.contains) ?? true else {
            throw ValidationError("--point is none of P0 to P8.")
        }
    }

    func run() async throws {
        let only = point.map { " --point \($0)" } ?? ""
        try await options.conduct("points --hits \(hits)\(only)") { bench in
            var dice = bench.dice("points")
            var tally = Tally()
            var reached: Set<String> = []
            // In any order, so that a point is not always met by a store of the same age.
            let all = wanted.shuffled(using: &dice)
            for start in stride(from: 0, to: all.count, by: 60) {
                let part = Array(all[start..<min(start + 60, all.count)])
                let site = try await bench.site(Manifests.varied)
                var mix = Load.Mix()
                mix.rejects = 0.25
                mix.actions += ["sticky", "sticky"]
                let round = try await Round(
                    site,
                    mix: mix,
                    seed: dice.next(),
                    name: "p\(start)"
                )
                for point in part {
                    bench.moment = "at \(point)"
                    try await meet(point, round)
                    reached.insert(point)
                }
                try await round.serve()
                try await round.finish()
                tally.add(round)
            }
            guard reached == Set(wanted) else {
                throw InvalidRun("not reached: \(Set(wanted).subtracting(reached).sorted())")
            }
            return "\(reached.count) of \(wanted.count) points reached. " + tally.line
        }
    }

    /// Starts the service so that it ends itself there, and checks what it leaves.
    private func meet(_ point: String, _ round: Round) async throws {
        let site = round.site
        if site.service != nil { try await round.kill() }
        let log = site.file("reached").path
        try? FileManager.default.removeItem(atPath: log)
        let setting = ["HOLDSHORT_FAILPOINT": point, "HOLDSHORT_FAILPOINT_LOG": log]
        let process = try round.adopt(environment: setting)
        guard let code = await process.wait(atMost: .seconds(60)) else {
            try round.notes.check()
            throw InvalidRun("\(point) is not reached within 60 s; is the service a debug build?")
        }
        let line = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        guard code == 128 + 9, line == "\(point)\n" else {
            throw InvalidRun("\(point): the service ended with \(code) at '\(line)':\n\(site.log)")
        }
        try round.died()
    }
}
