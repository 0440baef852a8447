import HoldCore
import HoldJournal
import Testing

@testable import Simulation

/// The checker itself: it must see what is wrong, or its silence means nothing.
struct CanaryTests {
    /// The commits of a sound life, to be spoiled.
    private static func life(seed: UInt64) throws -> [(entries: [Entry], drafts: [EventDraft])] {
        var options = Simulation.Options()
        options.without = Set(Swarm.Fault.allCases)
        let world = try World(seed: seed, options: options)
        world.run()
        let entries = try world.journal.inner.entries(after: 0, limit: 10_000)
        return try entries.map { entry in
            let draft = EventDraft(
                workflow: entry.workflow,
                event: try Event(type: entry.type, data: entry.data),
                at: entry.at,
                actor: entry.actor,
                manifest: entry.manifest
            )
            return ([entry], [draft])
        }
    }

    private static func violations(
        of life: [(entries: [Entry], drafts: [EventDraft])]
    ) -> Set<String> {
        var checker = Checker()
        for (entries, drafts) in life {
            checker.committed(
                entries,
                drafts,
                trueTime: 0,
                clock: HostClock(),
                deeds: Deeds()
            )
        }
        return Set(checker.violations.map(\.rule))
    }

    /// A life in which something was decided; every seed up to there is looked at.
    private static func decidedLife() throws -> [(entries: [Entry], drafts: [EventDraft])] {
        for seed in 1...50 as ClosedRange<UInt64> {
            let life = try life(seed: seed)
            let isDecided = life.contains {
                if case .itemDecided(let data) = $0.drafts[0].event {
                    data.state == .approved
                } else {
                    false
                }
            }
            if isDecided { return life }
        }
        return []
    }

    @Test func `a decision that comes a second time is seen`() throws {
        var life = try Self.decidedLife()
        let place = try #require(
            life.firstIndex { if case .itemDecided = $0.drafts[0].event { true } else { false } }
        )
        life.insert(life[place], at: place + 1)

        #expect(Self.violations(of: life).isSuperset(of: ["I2", "I14"]))
    }

    @Test func `a decision without its review is seen`() throws {
        var life = try Self.decidedLife()
        life.removeAll { if case .itemReviewed = $0.drafts[0].event { true } else { false } }

        #expect(Self.violations(of: life).isSuperset(of: ["I12", "I14"]))
    }

    @Test func `a permit before the approval is seen`() throws {
        var life = try Self.decidedLife()
        life.removeAll { if case .itemDecided = $0.drafts[0].event { true } else { false } }

        #expect(!Self.violations(of: life).isDisjoint(with: ["I4", "I5", "I8", "I12", "I14"]))
    }
}
