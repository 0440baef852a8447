import HoldCore
import HoldJournal
import HoldWire

extension RPCError {
    /// A refusal as the wire says it: its code, the sentence, and what the caller needs to go on.
    init(_ refusal: Refusal) {
        let (code, data) = refusal.wireForm
        guard let code else {
            self.init(.invalidParams, refusal.description)
            return
        }
        self.init(code, refusal.description, data: data)
    }

    /// A store that fails: nothing was told that is not durable; asking again is safe.
    init(_ fault: JournalFault) {
        self.init(
            fault.code == .readOnly ? .readOnly : .storeUnavailable,
            "Nothing was done, or nobody knows: \(fault.code.words). Then ask again with the same"
                + " ids.",
            data: ["fault": .string(fault.code.rawValue), "retry_after_seconds": 1]
        )
    }
}

extension Refusal {
    fileprivate var wireForm: (ErrorCode?, [String: JSONValue]) {
        switch self {
        case .alreadyDecided(let state, let decision):
            let standing = decision.flatMap { try? JSONValue(encoding: WireDecision($0)) }
            return (
                .alreadyDecided,
                ["state": .string(state.rawValue), "decision": standing ?? .null]
            )
        case .stale(let current): return (.stale, ["digest": .string(current.description)])
        case .claimed(let claim):
            return (
                .conflict,
                [
                    "claimed_by": .string(claim.by),
                    "claimed_until": .string(claim.until.rfc3339),
                ]
            )
        case .conflict: return (.conflict, [:])
        case .forbidden: return (.forbidden, [:])
        case .unwinding(let phase): return (.unwinding, ["phase": .string(phase.rawValue)])
        case .mustWait(let items):
            return (.mustWait, ["wait_for": .array(items.map { .string($0.text) })])
        case .unlistedAction(let action): return (.unlistedAction, ["action": .string(action)])
        case .confirmRequired(let kind, let expected):
            return (
                .confirmRequired,
                ["confirm": .string(kind.rawValue), "expected": .string(expected)]
            )
        case .reasonRequired: return (.reasonRequired, [:])
        case .lastTier(let tier): return (.lastTier, ["tier": .string(tier)])
        case .tooMany(_, let after):
            return (.tooMany, ["retry_after_seconds": JSONValue(double: after.seconds)])
        case .halted(let scope, let reason):
            return (.halted, ["scope": .string(scope), "reason": .string(reason)])
        case .unknownWorkflow(let id):
            return (.unknownWorkflow, ["workflow": .string(id.text)])
        case .unknownStep(let id): return (.unknownStep, ["step": .string(id.text)])
        case .unknownItem(let id): return (.unknownItem, ["step": .string(id.text)])
        case .invalid: return (nil, [:])
        }
    }
}
