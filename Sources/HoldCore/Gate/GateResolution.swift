/// What a gate is resolved from: the proposal, and the workflow's state at that moment.
public struct GateRequest: Sendable {
    /// The action's name.
    public var action: String
    /// The proposed arguments.
    public var arguments: JSONValue
    /// The agent's own estimate of the risk, 0…1.
    public var risk: Double?
    /// The agent's name.
    public var agent: String
    /// How many steps of the workflow are exposed now.
    public var depth: Int
    /// When each operation last undid something for certain; missing: never.
    public var provenAt: [String: Instant]
    /// When the step is proposed.
    public var now: Instant
    /// Whether requester and reviewer are kept apart.
    public var separation: Separation

    /// A request of these parts.
    public init(
        action: String,
        arguments: JSONValue,
        risk: Double?,
        agent: String,
        depth: Int,
        provenAt: [String: Instant],
        now: Instant,
        separation: Separation
    ) {
        self.action = action
        self.arguments = arguments
        self.risk = risk
        self.agent = agent
        self.depth = depth
        self.provenAt = provenAt
        self.now = now
        self.separation = separation
    }
}

/// How a step meets its gate, resolved once, when it is proposed.
public struct GateResolution: Sendable, Hashable {
    /// How the step meets its gate.
    public var mode: Mode
    /// Whether a person must approve.
    public var needsApproval: Bool
    /// Every reason that forced blocking.
    public var reasons: [Reason]
    /// The rule that matched, if one did.
    public var rule: String?
    /// False: the action only reads.
    public var hasSideEffects: Bool
    /// The operation that undoes the step; nil: none.
    public var undoOperation: String?
    /// The most exposed steps that the workflow may have.
    public var depthLimit: Int
    /// Share of autonomous runs put up for review afterwards; 0…1.
    public var sample: Double
    /// Argument paths that are never stored in clear.
    public var redact: [ArgumentPattern]
    /// Actions whose rejection does not undo this one.
    public var independentOf: [String]
    /// The terms of the item, should the step get one.
    public var policy: ItemPolicy
}

extension Manifest {
    /// Resolves how a proposed step meets its gate.
    ///
    /// The seven rules of the mode table, in their order: unlisted, first matching rule, risk,
    /// autonomous, no undo, unproven undo, depth.
    ///
    /// - Throws: ``Refusal/unlistedAction(_:)`` when the manifest refuses actions it does not list.
    public func resolveGate(_ request: GateRequest) throws(Refusal) -> GateResolution {
        guard let action = actions[request.action] else {
            guard defaults.unlistedAction.value == .block else {
                throw .unlistedAction(request.action)
            }
            return GateDraft(manifest: self, request: request, action: nil).resolution()
        }
        return GateDraft(manifest: self, request: request, action: action).resolution()
    }
}
