import HoldBroker
import HoldCore
import HoldJournal

/// What a run has reached: rare states that a proof without them would not be one, and the pairs of a
/// state with what was asked in it.
package struct Coverage: Sendable {
    /// Something that must happen now and then, or the simulation proves little of it.
    package enum Sometimes: String, Sendable, CaseIterable, Comparable {
        case crash, reboot, wallJump, storeAway, zombie, unavailable
        case commitRefused, commitLost, commitApplied, crashBeforeCommit, crashAfterCommit
        case messageLost, messageTwice, agentVanished, lateRun, lateDeedRefused
        case reviewersRaced, stuckSeen, poison, executorDown, secondReport
        case undone, alreadyUndone, notApplied
        case alreadyDecided, stale, conflict, forbidden, unwinding, mustWait, halted, lastTier
        case secondRejection, quiescing, lateReview, permitExpired
        case claimed, claimHeld, released, snoozed, noted, handedOver

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    private(set) var counts: [Sometimes: Int] = [:]
    var seen: Set<Pair> = []
    private var running: Set<WorkflowKey> = []

    /// Nothing was reached yet.
    package init() {}

    mutating func saw(_ sometimes: Sometimes) { counts[sometimes, default: 0] += 1 }

    /// How often each was reached.
    package func count(_ sometimes: Sometimes) -> Int { counts[sometimes] ?? 0 }

    mutating func saw(_ fate: FaultJournal.Fate) {
        switch fate {
        case .good: break
        case .refused: saw(.commitRefused)
        case .lost: saw(.commitLost)
        case .applied: saw(.commitApplied)
        case .crashBefore: saw(.crashBeforeCommit)
        case .crashAfter: saw(.crashAfterCommit)
        }
    }

    mutating func saw(_ outcome: UndoOutcome) {
        switch outcome {
        case .undone: saw(Sometimes.undone)
        case .alreadyUndone: saw(Sometimes.alreadyUndone)
        case .notApplied: saw(Sometimes.notApplied)
        }
    }

    mutating func refused(_ refusal: Refusal) {
        switch refusal {
        case .alreadyDecided: saw(.alreadyDecided)
        case .stale: saw(.stale)
        case .conflict: saw(.conflict)
        case .forbidden: saw(.forbidden)
        case .unwinding: saw(.unwinding)
        case .mustWait: saw(.mustWait)
        case .halted: saw(.halted)
        case .lastTier: saw(.lastTier)
        case .claimed: saw(.claimHeld)
        default: break
        }
    }

    /// Takes in what was committed.
    mutating func take(_ drafts: [EventDraft]) {
        for draft in drafts {
            switch draft.event {
            case .unwindPlanned:
                if !running.insert(draft.workflow).inserted { saw(.secondRejection) }
            case .unwindEnded: running.remove(draft.workflow)
            case .lateReviewNoted: saw(.lateReview)
            case .leaseEnded: saw(.permitExpired)
            case .itemClaimed: saw(.claimed)
            case .itemReleased: saw(.released)
            case .itemSnoozed: saw(.snoozed)
            case .itemNoted: saw(.noted)
            case .shiftNoted: saw(.handedOver)
            default: break
            }
        }
    }

    /// Notes what is asked, and in which state of its item and chain it is.
    mutating func asked(_ ask: Ask, of workflow: ReferenceWorkflow?) {
        guard let step = ask.step else { return }
        let known = workflow?.steps[step]
        note(.item, state: Coverage.item(known), ask)
        note(.link, state: known.map { Coverage.link($0.link) } ?? 0, ask)
        note(.chain, state: workflow.map { $0.isRunning ? ($0.isStuck ? 3 : 2) : 1 } ?? 0, ask)
        if workflow?.isRunning == true,
            workflow?.plan.contains(where: { workflow?.steps[$0]?.isInFlight == true }) == true
        {
            saw(.quiescing)
        }
    }

    /// Takes in what another run has reached.
    package mutating func merge(_ other: Coverage) {
        counts.merge(other.counts, uniquingKeysWith: +)
        seen.formUnion(other.seen)
    }

    /// What was never reached.
    package var missing: [Sometimes] { Sometimes.allCases.filter { count($0) == 0 } }
}
