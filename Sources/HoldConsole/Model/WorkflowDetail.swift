package import HoldCore

/// Everything about one workflow; texts of agents are raw.
package struct WorkflowDetail: Hashable, Sendable {
    package var line: WorkflowLine
    /// Oldest first.
    package var steps: [WorkflowStep]
    /// Oldest first.
    package var items: [QueueItem]
    /// Newest first.
    package var undoChain: [UndoLine]
    /// How its last unwinding ended.
    package var rollback: Rollback?

    /// How an unwinding can end.
    package enum Rollback: String, Hashable, Sendable, CaseIterable {
        case rolledBack = "rolled_back"
        case rolledBackWithExceptions = "rolled_back_with_exceptions"
        case rollbackBlocked = "rollback_blocked"
    }

    package init(
        line: WorkflowLine,
        steps: [WorkflowStep] = [],
        items: [QueueItem] = [],
        undoChain: [UndoLine] = [],
        rollback: Rollback? = nil
    ) {
        self.line = line
        self.steps = steps
        self.items = items
        self.undoChain = undoChain
        self.rollback = rollback
    }

    /// The link at which the undo chain waits for a person, or would try again by itself: what
    /// can be retried, resolved and skipped.
    package var heldLink: UndoLine? {
        guard line.status == .stuck || line.status == .unwinding else { return nil }
        let stuck = line.stuckAt?.step
        return undoChain.first { stuck == nil ? $0.state == .undoFailed : $0.step == stuck }
    }
}

/// One step of a workflow.
package struct WorkflowStep: Hashable, Sendable {
    package var step: StepID
    package var action: String
    package var mode: Mode
    /// The number of its item; nil when it met no gate.
    package var number: Int64?
    /// Where its item stands; nil when it met no gate.
    package var state: ItemState?
    /// How its run ended; nil while it has not.
    package var outcome: StepOutcome?
    /// Where its undo stands; nil when it has none, or did not run.
    package var undo: UndoLink.State?
    package var decision: DecisionLine?
    package var summary: String?
    package var proposedAt: Instant?
    /// When it was allowed to run.
    package var beganAt: Instant?
    package var finishedAt: Instant?
    /// Whether it may be running now.
    package var isInFlight: Bool
    /// Whether it waits for leave to run without an open item of its own.
    package var isParked: Bool

    package init(
        step: StepID,
        action: String,
        mode: Mode,
        number: Int64? = nil,
        state: ItemState? = nil,
        outcome: StepOutcome? = nil,
        undo: UndoLink.State? = nil,
        decision: DecisionLine? = nil,
        summary: String? = nil,
        proposedAt: Instant? = nil,
        beganAt: Instant? = nil,
        finishedAt: Instant? = nil,
        isInFlight: Bool = false,
        isParked: Bool = false
    ) {
        self.step = step
        self.action = action
        self.mode = mode
        self.number = number
        self.state = state
        self.outcome = outcome
        self.undo = undo
        self.decision = decision
        self.summary = summary
        self.proposedAt = proposedAt
        self.beganAt = beganAt
        self.finishedAt = finishedAt
        self.isInFlight = isInFlight
        self.isParked = isParked
    }
}
