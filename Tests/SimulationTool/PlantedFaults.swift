#if PlantedFaults
    import ArgumentParser
    import HoldCore
    import Simulation

    extension PlantedFault: ExpressibleByArgument {}

    /// The proof that the simulator is worth something: every fault built in on purpose is found.
    enum PlantedFaults {
        /// Runs the seeds with each fault in turn until it is found.
        ///
        /// - Throws: An exit code when one of them is not found, or when the code without any fails.
        static func findAll(seeds: UInt64, _ options: Simulation.Options) async throws {
            var missed: [PlantedFault] = []
            for fault in PlantedFault.allCases {
                let run = try await PlantedFault.$active.withValue(fault) {
                    try await SimulationRun.all(seeds: 1..<(seeds + 1), options)
                }
                guard let failed = run.failed, let violation = failed.violations.first else {
                    missed.append(fault)
                    print("MISSED \(fault.rawValue) in \(run.seeds) seeds")
                    continue
                }
                print(
                    "found  \(fault.rawValue) by seed \(failed.seed):"
                        + " \(violation.rule) \(violation.story)"
                )
            }
            let sound = try await SimulationRun.all(seeds: 1..<(seeds + 1), options)
            print(
                "\(PlantedFault.allCases.count - missed.count) of \(PlantedFault.allCases.count)"
                    + " found; without any, \(sound.seeds) seeds:"
                    + " \(sound.failed == nil ? "every rule held" : "FAILED")"
            )
            guard missed.isEmpty, sound.failed == nil else { throw ExitCode.failure }
        }
    }
#endif
