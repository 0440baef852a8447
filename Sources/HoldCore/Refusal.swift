/// Why a command was turned away; the workflow is exactly as it was.
public enum Refusal: Error, Sendable, Hashable {
    /// The item is final; the standing decision comes with it.
    case alreadyDecided(ItemState, Decision?)
    /// The decision names a digest that is not the item's current one.
    case stale(current: Digest)
    /// The same id with other content, or an act that the present state has no room for.
    case conflict(String)
    /// A colleague is on the item.
    case claimed(Claim)
    /// Who asks may not do this; the sentence says who may.
    case forbidden(String)
    /// The workflow's undo chain runs, or is stuck: no new work (I9).
    case unwinding(UndoPhase)
    /// The step may not run yet; these items are waited for.
    case mustWait([StepID])
    /// The manifest refuses actions that it does not list.
    case unlistedAction(String)
    /// The item's policy wants a confirmation: a key, or the action's name typed.
    case confirmRequired(Confirmation, expected: String)
    /// A reason is required.
    case reasonRequired
    /// The item is at the last tier of its path.
    case lastTier(String)
    /// Too many open items or proposals; when to come back.
    case tooMany(String, retryAfter: Span)
    /// Halted by a person; their reason.
    case halted(scope: String, reason: String)
    case unknownWorkflow(WorkflowKey)
    case unknownStep(StepID)
    /// The step has no item.
    case unknownItem(StepID)
    /// A field's value is not acceptable: `params.risk: 1.7 is not within 0…1`.
    case invalid(field: String, String)
}

extension Refusal: CustomStringConvertible {
    /// The refusal in a plain sentence: what stands in the way, and what to do.
    public var description: String {
        switch self {
        case .alreadyDecided(let state, let decision):
            Refusal.alreadyDecidedSentence(state, decision)
        case .stale:
            "The item has changed since it was shown: read it again, then decide."
        case .claimed(let claim):
            "\(claim.by) is on this item until \(claim.until.rfc3339): a claim ends by itself, and"
                + " keeps nobody from deciding."
        case .conflict(let sentence), .forbidden(let sentence): sentence
        case .unwinding(let phase):
            "The workflow's undo chain is \(phase.rawValue): nothing may start until it ends."
        case .mustWait(let items):
            "The step has to wait for \(items.map(\.text).joined(separator: ", "))."
        case .unlistedAction(let action):
            "The manifest does not list the action \(action) and refuses unlisted ones."
        case .confirmRequired(.type, let expected):
            "This approval has to be confirmed by typing \(expected)."
        case .confirmRequired: "This approval has to be confirmed with a second key."
        case .reasonRequired: "A reason is required: say why, for the agent and the record."
        case .lastTier(let tier): "\(tier) is the last tier of this item: nobody is left to ask."
        case .tooMany(let sentence, _): sentence
        case .halted(let scope, let reason):
            "Halted (\(scope)): \(reason). Nothing may start until a reviewer resumes it."
        case .unknownWorkflow(let id): "There is no workflow \(id.text)."
        case .unknownStep(let id): "There is no step \(id.text) in this workflow."
        case .unknownItem(let id): "The step \(id.text) has no item: nobody was asked about it."
        case .invalid(let field, let problem): "\(field): \(problem)"
        }
    }

    private static func alreadyDecidedSentence(_ state: ItemState, _ decision: Decision?) -> String
    {
        guard let decision else { return "The item is already \(state.rawValue)." }
        let person = decision.reviewedBy.map { " by \($0)" } ?? ""
        return "The item is already \(state.rawValue)\(person), at \(decision.reviewedAt.rfc3339)."
    }
}
