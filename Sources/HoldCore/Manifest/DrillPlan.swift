/// Which operations' undos are to be proven now, and when to look again.
public struct DrillPlan: Sendable, Hashable {
    /// The operations that are due, the one whose proof runs out first in front.
    public var due: [String]
    /// The next moment at which one falls due; nil when none will.
    public var next: Instant?

    /// The share of `undo_drill_days` after which an undo is proven anew.
    ///
    /// A quarter of the days is left for failures to be seen and mended before a gate closes.
    static let share = 0.75
    /// The pause after a first failure; doubled each time.
    static let firstPause = Span(minutes: 1)
    /// The longest pause, however often a drill has failed.
    static let longestPause = Span(minutes: 360)
    /// The shortest pause, however few the days.
    static let shortestPause = Span(seconds: 1)
}

extension Manifest {
    /// In how many days each operation must be proven again, the fewest that anything asks for.
    ///
    /// Only operations with a `drill` command stand here; the others prove themselves in use.
    public var drillDays: [String: Double] {
        var days: [String: Double] = [:]
        func note(_ operation: String??, _ wanted: Double?, hasSideEffects: Bool) {
            guard hasSideEffects, let operation = operation ?? nil, let wanted,
                operations[operation]?.drill != nil, operations[operation]?.executor != nil
            else { return }
            days[operation] = min(days[operation] ?? wanted, wanted)
        }
        for action in actions.values {
            let settings = action.settings
            note(
                settings.undoOperation?.value,
                settings.undoDrillDays?.value,
                hasSideEffects: settings.sideEffects?.value ?? true
            )
            for rule in action.rules.map(\.settings) {
                note(
                    (rule.undoOperation ?? settings.undoOperation)?.value,
                    (rule.undoDrillDays ?? settings.undoDrillDays)?.value,
                    hasSideEffects: (rule.sideEffects ?? settings.sideEffects)?.value ?? true
                )
            }
        }
        return days
    }

    /// The operations that actions rely on and whose proof is missing or too old, by name.
    public func unprovenOperations(
        provenAt: [String: Instant],
        at now: Instant
    ) -> [String] {
        drillDays.filter { operation, days in
            guard let proven = provenAt[operation] else { return true }
            return now - proven > Span(seconds: days * 86_400)
        }.keys.sorted()
    }

    /// Which drills the service runs by itself, and when.
    ///
    /// An undo that was never proven is due at once, a proven one when three quarters of its days are
    /// gone. After a failure the next try waits a minute, doubled each time, for at most six hours and
    /// at most a sixteenth of the days. A drill that a stop cut short is due as if it had not been. While one
    /// runs nothing is due; the running one's end is when to look again.
    ///
    /// - Parameters:
    ///   - provenAt: When each operation last undid something for certain.
    ///   - drills: The drills so far.
    ///   - halts: While everything is halted no drill starts.
    ///   - now: The journal's time.
    /// - Returns: What is due, and when to look again.
    public func drillPlan(
        provenAt: [String: Instant],
        drills: [String: Drills],
        halts: Halts = Halts(),
        at now: Instant
    ) -> DrillPlan {
        guard halts.everything == nil, !drills.values.contains(where: { $0.running != nil }) else {
            return DrillPlan(due: [], next: nil)
        }
        var due: [(operation: String, runsOut: Instant)] = []
        var next: Instant?
        for (operation, days) in drillDays {
            let whole = Span(seconds: days * 86_400)
            let proven = provenAt[operation] ?? Instant(milliseconds: 0)
            var moment = provenAt[operation].map { $0 + whole.share(DrillPlan.share) } ?? now
            if let drills = drills[operation], let last = drills.last, drills.failures > 0 {
                moment = max(moment, last.endedAt + DrillPlan.pause(drills.failures, of: whole))
            }
            if moment <= now {
                due.append((operation, proven + whole))
            } else {
                next = min(next ?? moment, moment)
            }
        }
        let order = due.sorted { ($0.runsOut, $0.operation) < ($1.runsOut, $1.operation) }
        return DrillPlan(due: order.map(\.operation), next: next)
    }
}

extension DrillPlan {
    static func pause(_ failures: Int, of days: Span) -> Span {
        let doubled = Span(
            seconds: firstPause.seconds * Double(1 << min(max(failures - 1, 0), 20))
        )
        return max(shortestPause, min(doubled, longestPause, days.share(1.0 / 16)))
    }
}
