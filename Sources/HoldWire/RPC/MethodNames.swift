/// The version of the protocol.
public enum WireProtocol {
    /// What this library speaks.
    public static let name = "holdshort/1"
    /// Every version that this library speaks, the newest first.
    public static let supported = [name]
}

/// What the agent socket serves.
public enum AgentMethod: String, Hashable, Sendable, CaseIterable {
    case sessionOpen = "session.open"
    case stepPropose = "step.propose"
    case stepWait = "step.wait"
    case stepFinish = "step.finish"
    case stepWithdraw = "step.withdraw"
    case workflowOpen = "workflow.open"
    case workflowGet = "workflow.get"
    case workflowSettle = "workflow.settle"
    case workflowFinish = "workflow.finish"
    case checkpointSave = "checkpoint.save"
    case checkpointLoad = "checkpoint.load"
    case undoServe = "undo.serve"
}

/// What the review socket serves.
public enum ReviewMethod: String, Hashable, Sendable, CaseIterable {
    case sessionOpen = "session.open"
    case queueList = "queue.list"
    case queueSubscribe = "queue.subscribe"
    case itemGet = "item.get"
    case itemClaim = "item.claim"
    case itemRelease = "item.release"
    case itemDecide = "item.decide"
    case itemsDecide = "items.decide"
    case itemEscalate = "item.escalate"
    case itemSnooze = "item.snooze"
    case itemNote = "item.note"
    case undoPreview = "undo.preview"
    case handoffGet = "handoff.get"
    case handoffNote = "handoff.note"
    case controlHalt = "control.halt"
    case controlResume = "control.resume"
    case workflowList = "workflow.list"
    case workflowGet = "workflow.get"
    case undoRetry = "undo.retry"
    case undoSkip = "undo.skip"
    case undoResolve = "undo.resolve"
    case undoDrill = "undo.drill"
    case auditList = "audit.list"
    case auditVerify = "audit.verify"
    case statsGet = "stats.get"
    case serviceStatus = "service.status"
}
