import HoldWire

/// What the exit code says.
enum ExitStatus: Int32, CaseIterable {
    /// Done, or approved.
    case done = 0
    case failed = 1
    case rejected = 10
    case timedOut = 11
    case withdrawn = 12
    case alreadyDecided = 13
    case stale = 14
    case usage = 64
    case noService = 69
    /// The wait ran out; the item is still pending.
    case stillPending = 75
    case forbidden = 77

    /// What a step's final state comes to; nil while there is none.
    init?(_ state: WireItemState?) {
        switch state {
        case .approved: self = .done
        case .rejected: self = .rejected
        case .timeout: self = .timedOut
        case .withdrawn: self = .withdrawn
        case .pendingReview, .modified, nil: return nil
        }
    }

    /// What a service's error comes to.
    init(_ error: RPCError) {
        switch error.refusalCode {
        case .alreadyDecided: self = .alreadyDecided
        case .stale: self = .stale
        case .forbidden: self = .forbidden
        // What was asked lacks something that only the caller can add.
        case .confirmRequired, .reasonRequired, .ambiguous: self = .usage
        case .notOpen, .unsupportedProtocol, .frameTooLarge, .unknownWorkflow, .unknownStep,
            .unknownItem, .conflict, .unwinding, .mustWait, .unlistedAction, .lastTier, .tooMany,
            .halted, .readOnly, .storeUnavailable, .alreadyOpen:
            self = .failed
        case nil: self = error.fault == .invalidParams ? .usage : .failed
        }
    }

    /// The worse of two: with several items, the exit code is that of the worst.
    func worse(_ other: ExitStatus) -> ExitStatus {
        rawValue >= other.rawValue ? self : other
    }
}
