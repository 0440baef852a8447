import Foundation
import Testing

@testable import HoldCore

struct RandomWorkflowTests {
    /// More by `HOLDSHORT_SEEDS=20000`; one alone by `HOLDSHORT_SEED=17`.
    private static let seeds: ClosedRange<UInt64> = {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["HOLDSHORT_SEED"].flatMap(UInt64.init) { return one...one }
        return 1...max(1, environment["HOLDSHORT_SEEDS"].flatMap(UInt64.init) ?? 300)
    }()

    @Test func `whatever is asked of a workflow, its invariants hold`() async {
        var kinds: Set<String> = []
        for seed in Self.seeds {
            // Other tests share this thread.
            await Task.yield()
            var random = RandomWorkflow(seed: seed)
            random.run(commands: 100)
            kinds.formUnion(random.scene.journal.map(\.event.name))
            guard random.problems.isEmpty else {
                Issue.record("seed \(seed): \(random.problems.joined(separator: "; "))")
                return
            }
        }
        // The draw reaches everything that can happen in one workflow, or it proves little.
        guard Self.seeds.count > 100 else { return }
        for wanted in [
            "item_modified", "item_escalated", "item_warned", "late_review_noted", "lease_ended",
            "unwind_planned", "undo_stuck", "undo_skipped", "undo_resolved", "undo_retried",
            "unwind_ended", "step_withdrawn", "workflow_halted", "item_claimed", "item_released",
            "item_snoozed", "item_noted",
        ] {
            #expect(kinds.contains(wanted), "never drawn: \(wanted)")
        }
    }
}
