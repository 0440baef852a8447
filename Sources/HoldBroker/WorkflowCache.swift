import HoldCore

/// Workflows in memory: as many as are in use, never as many as there are.
struct WorkflowCache: Sendable {
    private var entries: [WorkflowKey: (workflow: Workflow, used: UInt64)] = [:]
    private var clock: UInt64 = 0
    private let limit: Int

    /// A cache of at most so many workflows; at least 16.
    init(limit: Int) { self.limit = max(16, limit) }

    subscript(id: WorkflowKey) -> Workflow? {
        mutating get {
            guard entries[id] != nil else { return nil }
            clock += 1
            entries[id]?.used = clock
            return entries[id]?.workflow
        }
    }

    mutating func put(_ workflow: Workflow) {
        clock += 1
        entries[workflow.id] = (workflow, clock)
        guard entries.count > limit else { return }
        // Half goes at once, so that the sort is paid for once in many puts.
        let oldest = entries.sorted { $0.value.used < $1.value.used }.prefix(limit / 2)
        for (id, _) in oldest { entries[id] = nil }
    }

    mutating func dropAll() { entries = [:] }
    mutating func drop(_ id: WorkflowKey) { entries[id] = nil }
}
