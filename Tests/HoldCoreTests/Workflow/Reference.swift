@testable import HoldCore

/// The unwind set once more, straight from the words of I8, and slowly.
enum Reference {
    /// The item of the step itself, every item pending now but those of independent actions, and the
    /// dependencies of the steps that it declares.
    static func deps(of step: Step, in workflow: Workflow) -> Set<StepID> {
        var deps: Set<StepID> = step.item == nil ? [] : [step.id]
        for other in workflow.steps where other.item?.state.isPending == true {
            if !step.independentOf.contains(other.action) { deps.insert(other.id) }
        }
        // Known when it was proposed: an agent can add a dependency, never remove one.
        deps.formUnion(step.deps)
        for id in step.dependsOn {
            guard let declared = workflow.step(id) else { continue }
            deps.formUnion(
                declared.permit == nil ? line(of: declared, in: workflow) : declared.deps
            )
        }
        return deps
    }

    /// What a declared step that has not begun depends on as far as known.
    private static func line(of step: Step, in workflow: Workflow) -> Set<StepID> {
        step.dependsOn.compactMap { workflow.step($0) }.reduce(into: step.deps) { deps, declared in
            deps.formUnion(
                declared.permit == nil ? line(of: declared, in: workflow) : declared.deps
            )
        }
    }

    /// The steps with this item in their dependencies, that ran and can be undone, newest first.
    static func unwindSet(rejecting item: StepID, in workflow: Workflow) -> [StepID] {
        workflow.steps
            .filter { step in
                step.permit != nil && step.undo != nil && step.deps.contains(item)
                    && step.outcome != .notStarted && step.link.state == .recorded
            }
            .sorted { ($0.beganOrder ?? -1) > ($1.beganOrder ?? -1) }
            .map(\.id)
    }

    /// The steps that would be undone if every pending item were rejected now.
    static func exposed(in workflow: Workflow) -> Set<StepID> {
        let pending = workflow.steps.filter { $0.item?.state.isPending == true }
        return pending.reduce(into: []) { $0.formUnion(unwindSet(rejecting: $1.id, in: workflow)) }
    }
}

/// A small generator: the same numbers for the same seed, everywhere.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }
}
