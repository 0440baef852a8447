import HoldCore

/// Making a failing seed small: the same seed, with as little around it as still fails.
package enum Shrinking {
    /// The smallest options found under which the seed still breaks the same rule.
    ///
    /// First whole kinds of fault are left out, then steps, then whatever comes after the failure.
    ///
    /// - Throws: What opening a real store throws; nothing in memory.
    package static func shrunk(
        seed: UInt64,
        _ options: Simulation.Options
    ) throws -> Simulation.Options {
        var best = options
        best.isTraced = false
        guard let rule = try Simulation.run(seed: seed, best).violations.first?.rule else {
            return options
        }
        func stillFails(_ options: Simulation.Options) throws -> Bool {
            try Simulation.run(seed: seed, options).violations.contains { $0.rule == rule }
        }
        for fault in Swarm(seed: seed).faults.sorted(by: { $0.rawValue < $1.rawValue })
        where !best.without.contains(fault) {
            var fewer = best
            fewer.without.insert(fault)
            if try stillFails(fewer) { best = fewer }
        }
        var steps = best.stepsMax ?? Swarm(seed: seed).steps
        while steps > 1 {
            var fewer = best
            fewer.stepsMax = steps - 1
            guard try stillFails(fewer) else { break }
            best = fewer
            steps -= 1
        }
        let outcome = try Simulation.run(seed: seed, best)
        // What never comes to an end has no moment at which it failed.
        if let first = outcome.violations.first, !first.isLiveness {
            var shorter = best
            shorter.until = outcome.time
            if try stillFails(shorter) { best = shorter }
        }
        return best
    }
}
