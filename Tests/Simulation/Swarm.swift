/// What one seed's world is like: its size, and which kinds of fault can happen in it at all.
///
/// Drawn once per seed, so that some worlds have a single kind of fault, and rare ones are not
/// crowded out (swarm testing: Groce and others, ISSTA 2012).
package struct Swarm: Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault, or of unruly behaviour.
    package enum Fault: String, Sendable, Hashable, CaseIterable {
        case commitRefused = "commit-refused"
        case commitLost = "commit-lost"
        case commitApplied = "commit-applied"
        case storeAway = "store-away"
        case crash
        case crashBeforeCommit = "crash-before-commit"
        case crashAfterCommit = "crash-after-commit"
        case reboot
        case wallJump = "wall-jump"
        case pause
        case drop
        case delay
        case duplicate
        case executorDown = "executor-down"
        case executorSlow = "executor-slow"
        case executorWrong = "executor-wrong"
        case executorSilent = "executor-silent"
        case executorTwice = "executor-twice"
        case poison
        case agentVanishes = "agent-vanishes"
        case agentSlow = "agent-slow"
        case withdrawals
        case conflicts
        case reviewersRace = "reviewers-race"
        case staleScreens = "stale-screens"
        case reviewersAbsent = "reviewers-absent"
        case ownDecisions = "own-decisions"
        case halts
        case earlyHands = "early-hands"
    }

    /// The kinds of fault that can happen.
    package var faults: Set<Fault>
    /// How many workflows there are, each with an agent of its own; 1…3.
    package var workflows: Int
    /// The most steps of one workflow; 1…8.
    package var steps: Int
    /// How many steps of one workflow an agent works on at once; 1…2.
    package var lanes: Int
    /// The most exposed steps of a workflow.
    package var depth: Int
    /// How readily reviewers reject, in hundredths.
    package var rejections: Int
    /// Whether every message goes through the bytes of the wire.
    package var usesCodec: Bool

    /// The world of this seed.
    package init(seed: UInt64) {
        var random = SimulationRandom(seed: seed, stream: 1)
        switch random.below(10) {
        case 0: faults = []
        case 1, 2: faults = [random.pick(Fault.allCases, else: .crash)]
        default:
            let share = [10, 20, 35][random.below(3)]
            faults = Set(Fault.allCases.filter { _ in random.percent(share) })
        }
        workflows = [1, 1, 1, 2, 2, 3][random.below(6)]
        steps = 1 + random.below(workflows == 1 ? 8 : 4)
        lanes = 1 + random.below(2)
        depth = 1 + random.below(4)
        rejections = [10, 30, 60][random.below(3)]
        usesCodec = random.percent(25)
    }

    /// One line, the same for the same world.
    package var description: String {
        let names = faults.map(\.rawValue).sorted().joined(separator: ",")
        return "workflows=\(workflows) steps=\(steps) lanes=\(lanes) depth=\(depth)"
            + " rejections=\(rejections) codec=\(usesCodec) faults=\(names.isEmpty ? "none" : names)"
    }
}
