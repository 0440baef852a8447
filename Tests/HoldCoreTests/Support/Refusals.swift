@testable import HoldCore

/// The refusal that a body ends with; nil when it ends well.
func refusal(_ body: () throws -> Void) -> Refusal? {
    do {
        try body()
        return nil
    } catch { return error as? Refusal }
}

extension Refusal {
    /// The refusal's name, where its details do not matter.
    var word: String {
        switch self {
        case .alreadyDecided: "already_decided"
        case .stale: "stale"
        case .conflict, .claimed: "conflict"
        case .forbidden: "forbidden"
        case .unwinding: "unwinding"
        case .mustWait: "must_wait"
        case .unlistedAction: "unlisted_action"
        case .confirmRequired: "confirm_required"
        case .reasonRequired: "reason_required"
        case .lastTier: "last_tier"
        case .tooMany: "too_many"
        case .halted: "halted"
        case .unknownWorkflow: "unknown_workflow"
        case .unknownStep: "unknown_step"
        case .unknownItem: "unknown_item"
        case .invalid: "invalid"
        }
    }
}
