extension Event {
    /// The event's name and data, as the journal and the audit hold them.
    ///
    /// - Throws: `EncodingError`, which no event of ours causes.
    public func encoded() throws -> (type: String, data: JSONValue) {
        (name, try JSONValue(encoding: payload))
    }

    /// The event's name in the journal.
    public var name: String {
        switch self {
        case .workflowOpened: "workflow_opened"
        case .workflowFinished: "workflow_finished"
        case .workflowHalted: "workflow_halted"
        case .workflowResumed: "workflow_resumed"
        case .checkpointSaved: "checkpoint_saved"
        case .stepProposed: "step_proposed"
        case .stepBegan: "step_began"
        case .stepFinished: "step_finished"
        case .stepWithdrawn: "step_withdrawn"
        case .leaseEnded: "lease_ended"
        case .itemOpened: "item_opened"
        case .itemReviewed: "item_reviewed"
        case .itemModified: "item_modified"
        case .itemDecided: "item_decided"
        case .itemEscalated: "item_escalated"
        case .itemWarned: "item_warned"
        case .lateReviewNoted: "late_review_noted"
        case .itemClaimed: "item_claimed"
        case .itemReleased: "item_released"
        case .itemSnoozed: "item_snoozed"
        case .itemNoted: "item_noted"
        case .unwindPlanned: "unwind_planned"
        case .undoStarted: "undo_started"
        case .undone: "undone"
        case .undoFailed: "undo_failed"
        case .undoStuck: "undo_stuck"
        case .undoRetried: "undo_retried"
        case .undoSkipAgreed: "undo_skip_agreed"
        case .undoSkipped: "undo_skipped"
        case .undoResolved: "undo_resolved"
        case .unwindEnded: "unwind_ended"
        case .everythingHalted: "everything_halted"
        case .everythingResumed: "everything_resumed"
        case .accountHalted: "account_halted"
        case .accountResumed: "account_resumed"
        case .agentHalted: "agent_halted"
        case .agentResumed: "agent_resumed"
        case .shiftNoted: "shift_noted"
        case .drillStarted: "drill_started"
        case .drillPassed: "drill_passed"
        case .drillFailed: "drill_failed"
        }
    }

    private var payload: any Encodable & Sendable {
        switch self {
        case .workflowOpened(let data): data
        case .workflowFinished(let data): data
        case .workflowHalted(let data), .workflowResumed(let data), .everythingHalted(let data),
            .everythingResumed(let data):
            data
        case .checkpointSaved(let data): data
        case .stepProposed(let data): data
        case .stepBegan(let data): data
        case .stepFinished(let data): data
        case .stepWithdrawn(let data), .undoRetried(let data), .undoSkipAgreed(let data),
            .undoSkipped(let data), .undoResolved(let data):
            data
        case .leaseEnded(let data), .itemWarned(let data), .itemReleased(let data): data
        case .itemOpened(let data): data
        case .itemReviewed(let data), .lateReviewNoted(let data): data
        case .itemModified(let data): data
        case .itemDecided(let data): data
        case .itemEscalated(let data): data
        case .itemClaimed(let data): data
        case .itemSnoozed(let data): data
        case .itemNoted(let data): data
        case .unwindPlanned(let data): data
        case .undoStarted(let data): data
        case .undone(let data): data
        case .undoFailed(let data): data
        case .undoStuck(let data): data
        case .unwindEnded(let data): data
        case .accountHalted(let data), .accountResumed(let data): data
        case .agentHalted(let data), .agentResumed(let data): data
        case .shiftNoted(let data): data
        case .drillStarted(let data): data
        case .drillPassed(let data): data
        case .drillFailed(let data): data
        }
    }

    /// Reads an event back.
    ///
    /// - Throws: ``UnreadableEvent`` for a name or data that this version does not know.
    public init(type: String, data: JSONValue) throws {
        switch type {
        case "workflow_opened": self = .workflowOpened(try data.decode(WorkflowOpened.self))
        case "workflow_finished": self = .workflowFinished(try data.decode(WorkflowFinished.self))
        case "workflow_halted": self = .workflowHalted(try data.decode(Reasoned.self))
        case "workflow_resumed": self = .workflowResumed(try data.decode(Reasoned.self))
        case "checkpoint_saved": self = .checkpointSaved(try data.decode(CheckpointSaved.self))
        case "step_proposed": self = .stepProposed(try data.decode(StepProposed.self))
        case "step_began": self = .stepBegan(try data.decode(StepBegan.self))
        case "step_finished": self = .stepFinished(try data.decode(StepFinished.self))
        case "step_withdrawn": self = .stepWithdrawn(try data.decode(StepReasoned.self))
        case "lease_ended": self = .leaseEnded(try data.decode(StepNamed.self))
        case "item_opened": self = .itemOpened(try data.decode(ItemOpened.self))
        case "item_reviewed": self = .itemReviewed(try data.decode(ItemReviewed.self))
        case "item_modified": self = .itemModified(try data.decode(ItemModified.self))
        case "item_decided": self = .itemDecided(try data.decode(ItemDecided.self))
        case "item_escalated": self = .itemEscalated(try data.decode(ItemEscalated.self))
        case "item_warned": self = .itemWarned(try data.decode(StepNamed.self))
        case "late_review_noted": self = .lateReviewNoted(try data.decode(ItemReviewed.self))
        case "item_claimed": self = .itemClaimed(try data.decode(ItemClaimed.self))
        case "item_released": self = .itemReleased(try data.decode(StepNamed.self))
        case "item_snoozed": self = .itemSnoozed(try data.decode(ItemSnoozed.self))
        case "item_noted": self = .itemNoted(try data.decode(ItemNoted.self))
        default: self = try Event(undoType: type, data: data)
        }
    }

    private init(undoType type: String, data: JSONValue) throws {
        switch type {
        case "unwind_planned": self = .unwindPlanned(try data.decode(UnwindPlanned.self))
        case "undo_started": self = .undoStarted(try data.decode(UndoStarted.self))
        case "undone": self = .undone(try data.decode(UndoneLink.self))
        case "undo_failed": self = .undoFailed(try data.decode(UndoFailed.self))
        case "undo_stuck": self = .undoStuck(try data.decode(UndoStuck.self))
        case "undo_retried": self = .undoRetried(try data.decode(StepReasoned.self))
        case "undo_skip_agreed": self = .undoSkipAgreed(try data.decode(StepReasoned.self))
        case "undo_skipped": self = .undoSkipped(try data.decode(StepReasoned.self))
        case "undo_resolved": self = .undoResolved(try data.decode(StepReasoned.self))
        case "unwind_ended": self = .unwindEnded(try data.decode(UnwindEnded.self))
        case "everything_halted": self = .everythingHalted(try data.decode(Reasoned.self))
        case "everything_resumed": self = .everythingResumed(try data.decode(Reasoned.self))
        case "account_halted":
            self = .accountHalted(try data.decode(AccountReasoned.self))
        case "account_resumed":
            self = .accountResumed(try data.decode(AccountReasoned.self))
        case "agent_halted": self = .agentHalted(try data.decode(AgentReasoned.self))
        case "agent_resumed": self = .agentResumed(try data.decode(AgentReasoned.self))
        case "shift_noted": self = .shiftNoted(try data.decode(ShiftNoted.self))
        case "drill_started": self = .drillStarted(try data.decode(DrillStarted.self))
        case "drill_passed": self = .drillPassed(try data.decode(DrillPassed.self))
        case "drill_failed": self = .drillFailed(try data.decode(DrillFailed.self))
        default: throw UnreadableEvent(type: type)
        }
    }
}

/// A stored event whose name this version does not know.
public struct UnreadableEvent: Error, Sendable, Hashable {
    /// The stored name.
    public var type: String
}
