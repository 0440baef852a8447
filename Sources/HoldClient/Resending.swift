internal import HoldWire

/// Which requests may be sent again when nobody knows whether they arrived.
enum Resending {
    /// Whether asking twice does what asking once does.
    ///
    /// What a person said about an item is never said twice: the second may meet another digest,
    /// another tier or another stop button than the one that the person saw.
    static func isSafe(_ method: String) -> Bool {
        if let method = AgentMethod(rawValue: method) { return isSafe(method) }
        if let method = ReviewMethod(rawValue: method) { return isSafe(method) }
        return false
    }

    private static func isSafe(_ method: AgentMethod) -> Bool {
        switch method {
        case .stepPropose, .stepWait, .stepFinish, .stepWithdraw, .workflowOpen, .workflowGet,
            .workflowSettle, .workflowFinish, .checkpointSave, .checkpointLoad, .undoServe:
            true
        case .sessionOpen: false
        }
    }

    private static func isSafe(_ method: ReviewMethod) -> Bool {
        switch method {
        case .queueList, .queueSubscribe, .itemGet, .itemClaim, .itemRelease, .itemSnooze,
            .itemNote, .handoffGet, .handoffNote, .undoPreview, .workflowList, .workflowGet,
            .auditList, .auditVerify, .statsGet,
            .serviceStatus, .controlHalt:
            true
        case .sessionOpen, .itemDecide, .itemsDecide, .itemEscalate, .undoRetry, .undoSkip,
            .undoResolve, .undoDrill, .controlResume:
            false
        }
    }
}
