package import HoldCore

/// One workflow as the depth pane shows it; texts of agents are raw.
package struct WorkflowLine: Hashable, Sendable {
    package var workflow: WorkflowKey
    package var title: String?
    package var agent: String
    package var status: Workflow.Status
    package var pending: Int
    package var depth: Depth
    package var updatedAt: Instant
    /// The link at which its undo chain is stuck.
    package var stuckAt: UndoLine?
    /// How far the running unwind has come; nil when none runs or it is not known.
    package var unwinding: Unwinding?
    package var openedAt: Instant?
    /// How many steps wait for leave to run without an open item of their own.
    package var parked = 0
    /// How many steps may be running now.
    package var inFlight = 0
    /// The item that has waited longest.
    package var oldest: OpenItem?
    /// The item that runs out first.
    package var next: OpenItem?

    /// An open item, in short.
    package struct OpenItem: Hashable, Sendable {
        package var number: Int64
        package var createdAt: Instant
        package var deadline: Instant

        package init(number: Int64, createdAt: Instant, deadline: Instant) {
            self.number = number
            self.createdAt = createdAt
            self.deadline = deadline
        }
    }

    /// The links of an unwind: how many are closed, and how many there are.
    package struct Unwinding: Hashable, Sendable {
        package var closed: Int
        package var planned: Int

        package init(closed: Int, planned: Int) {
            self.closed = closed
            self.planned = planned
        }
    }

    package init(
        workflow: WorkflowKey,
        title: String? = nil,
        agent: String,
        status: Workflow.Status,
        pending: Int,
        depth: Depth,
        updatedAt: Instant,
        stuckAt: UndoLine? = nil,
        unwinding: Unwinding? = nil
    ) {
        self.workflow = workflow
        self.title = title
        self.agent = agent
        self.status = status
        self.pending = pending
        self.depth = depth
        self.updatedAt = updatedAt
        self.stuckAt = stuckAt
        self.unwinding = unwinding
    }
}

/// What one word says of a workflow's depth; the most pressing first.
package enum DepthWord: String, Hashable, Sendable, CaseIterable, Comparable {
    case stuck = "STUCK"
    case unwinding = "UNWINDING"
    case halted = "HALTED"
    case atLimit = "AT LIMIT"
    case high
    case busy
    case running
    case waiting
    case idle
    case finished

    package static func < (left: DepthWord, right: DepthWord) -> Bool {
        left.order < right.order
    }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension WorkflowLine {
    /// The word beside its meter: 60, 85 and 100 % of the limit have words of their own.
    package var word: DepthWord {
        switch status {
        case .stuck: return .stuck
        case .unwinding: return .unwinding
        case .halted: return .halted
        case .finished: return .finished
        case .running, .waiting: break
        }
        let (used, limit) = (max(0, depth.current), max(0, depth.limit))
        if limit > 0, used >= limit { return .atLimit }
        if limit > 0, Double(used) >= Double(limit) * 0.85 { return .high }
        if limit > 0, Double(used) >= Double(limit) * 0.6 { return .busy }
        if status == .waiting { return .waiting }
        return used == 0 && pending == 0 ? .idle : .running
    }
}
