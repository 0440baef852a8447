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

/// Works one resolution out; keeps, for each key, which layer of the manifest decided.
private struct GateDraft {
    let manifest: Manifest
    let request: GateRequest
    let action: ActionPolicy?
    let rule: PolicyRule?

    init(manifest: Manifest, request: GateRequest, action: ActionPolicy?) {
        self.manifest = manifest
        self.request = request
        self.action = action
        let subject = ConditionSubject(
            arguments: request.arguments,
            risk: request.risk,
            agent: request.agent
        )
        rule = action?.rules.first { $0.when.matches(subject) }
    }

    func resolution() -> GateResolution {
        let hasSideEffects = setting(\.sideEffects)?.value ?? true
        let undo = hasSideEffects ? (setting(\.undoOperation)?.value ?? nil) : nil
        let threshold = setting(\.riskThreshold)?.value ?? 0.85
        let isRisky = request.risk.map { $0 >= threshold } ?? false
        let depthLimit = setting(\.maxAsyncDepth)?.value ?? manifest.defaults.maxAsyncDepth.value
        let needsApproval =
            action == nil || isRisky || (setting(\.approvalRequired)?.value ?? true)

        var reasons: [Reason] = []
        if action == nil { reasons.append(.unlistedAction) }
        if action != nil, needsApproval { reasons += blockingReasons() }
        if isRisky { reasons.append(.risk) }
        if needsApproval, hasSideEffects, undo == nil { reasons.append(.noUndo) }
        if needsApproval, let undo, !isProven(undo) { reasons.append(.undoUnproven) }
        if needsApproval, hasSideEffects, request.depth >= depthLimit {
            reasons.append(.maxAsyncDepth)
        }
        let mode: Mode = needsApproval ? (reasons.isEmpty ? .async : .sync) : .autonomous
        return GateResolution(
            mode: mode,
            needsApproval: needsApproval,
            reasons: reasons,
            rule: rule?.name,
            hasSideEffects: hasSideEffects,
            undoOperation: undo,
            depthLimit: depthLimit,
            sample: setting(\.sample)?.value ?? 0,
            redact: setting(\.redact)?.value ?? [],
            independentOf: setting(\.independentOf)?.value ?? [],
            policy: policy(
                mode: mode,
                needsApproval: needsApproval,
                undo: undo,
                riskClass: riskClass(hasSideEffects: hasSideEffects, undo: undo, isRisky: isRisky)
            )
        )
    }

    /// A key's value: the matching rule wins over the action.
    private func setting<Value>(
        _ key: KeyPath<ActionSettings, Sourced<Value>?>
    ) -> Sourced<Value>? {
        rule?.settings[keyPath: key] ?? action?.settings[keyPath: key]
    }

    private func blockingReasons() -> [Reason] {
        if let rule, let blocking = rule.settings.blocking {
            return blocking.value ? [.rule(rule.name)] : []
        }
        return action?.settings.blocking?.value ?? true ? [.manifest] : []
    }

    private func isProven(_ operation: String) -> Bool {
        guard let days = setting(\.undoDrillDays)?.value else { return true }
        guard let proven = request.provenAt[operation] else { return false }
        return request.now - proven <= Span(seconds: days * 86_400)
    }

    private func riskClass(hasSideEffects: Bool, undo: String?, isRisky: Bool) -> RiskClass {
        if action == nil { return .high }
        if hasSideEffects, undo == nil { return .irreversible }
        if isRisky { return .high }
        return (request.risk ?? 0.5) >= 0.5 ? .medium : .low
    }

    private func policy(
        mode: Mode,
        needsApproval: Bool,
        undo: String?,
        riskClass: RiskClass
    ) -> ItemPolicy {
        let separation: Separation =
            manifest.defaults.separateRequester?.value == false ? .none : request.separation
        return ItemPolicy(
            queue: setting(\.queue)?.value ?? "default",
            riskClass: riskClass,
            approvals: max(1, setting(\.approvals)?.value ?? 1),
            tiers: tiers(),
            warnAt: setting(\.warnAt)?.value ?? manifest.defaults.warnAt.value,
            runWithin: setting(\.runWithin)?.value ?? manifest.defaults.runWithin.value,
            confirm: setting(\.confirm)?.value ?? .none,
            modify: setting(\.modify)?.value ?? .direct,
            separation: separation,
            parts: parts(mode: mode, needsApproval: needsApproval, undo: undo)
        )
    }

    /// The path with its times: tiers without their own share evenly what the others leave.
    private func tiers() -> [Tier] {
        let path = setting(\.escalation)?.value ?? manifest.defaults.escalation.value
        let total = setting(\.timeout)?.value ?? manifest.defaults.timeout.value
        let fixed = path.compactMap(\.span).reduce(0) { $0 + $1.milliseconds }
        let open = Int64(path.filter { $0.span == nil }.count)
        let share = open > 0 ? max(1, (total.milliseconds - fixed) / open) : 0
        return path.map { spec in
            let role = manifest.roles.isEmpty ? nil : manifest.roles[spec.role] ?? Role()
            return Tier(
                name: spec.role,
                span: spec.span ?? Span(milliseconds: share),
                role: role
            )
        }
    }

    private func parts(mode: Mode, needsApproval: Bool, undo: String?) -> [PolicyPart] {
        let defaults = manifest.defaults
        let path = setting(\.escalation)?.value ?? defaults.escalation.value
        return [
            part("approval_required", "\(needsApproval)", \.approvalRequired),
            part("blocking", "\(mode == .sync)", \.blocking),
            part("undo_operation", undo ?? "none", \.undoOperation),
            part(
                "timeout_minutes",
                minutes(setting(\.timeout)?.value ?? defaults.timeout.value),
                \.timeout,
                or: defaults.timeout
            ),
            part(
                "escalation",
                path.map(\.role).joined(separator: " > "),
                \.escalation,
                or: defaults.escalation
            ),
            part("approvals", "\(setting(\.approvals)?.value ?? 1)", \.approvals),
            part("risk_threshold", "\(setting(\.riskThreshold)?.value ?? 0.85)", \.riskThreshold),
            part("confirm", "\((setting(\.confirm)?.value ?? .none).rawValue)", \.confirm),
            part("modify", "\((setting(\.modify)?.value ?? .direct).rawValue)", \.modify),
            part(
                "max_async_depth",
                "\(setting(\.maxAsyncDepth)?.value ?? defaults.maxAsyncDepth.value)",
                \.maxAsyncDepth,
                or: defaults.maxAsyncDepth
            ),
            part(
                "run_within_minutes",
                minutes(setting(\.runWithin)?.value ?? defaults.runWithin.value),
                \.runWithin,
                or: defaults.runWithin
            ),
            part("queue", setting(\.queue)?.value ?? "default", \.queue),
        ]
    }

    private func minutes(_ span: Span) -> String {
        let minutes = span.seconds / 60
        return minutes == minutes.rounded() ? "\(Int(minutes))" : "\(minutes)"
    }

    /// A part with the place that decided it: the rule, the action, the defaults, or nothing written.
    private func part<Value>(
        _ key: String,
        _ value: String,
        _ path: KeyPath<ActionSettings, Sourced<Value>?>,
        or fallback: (some Origin)? = Sourced<Bool>?.none
    ) -> PolicyPart {
        let name = request.action
        if let rule, let source = rule.settings[keyPath: path] {
            return place(key, value, source, "actions.\(name).rules.\(rule.name)")
        }
        if let action, let source = action.settings[keyPath: path] {
            return place(key, value, source, "actions.\(action.name)")
        }
        if let fallback, fallback.line > 0 { return place(key, value, fallback, "defaults") }
        return PolicyPart(key: key, value: value, origin: "default")
    }

    private func place(
        _ key: String,
        _ value: String,
        _ source: some Origin,
        _ path: String
    ) -> PolicyPart {
        PolicyPart(
            key: key,
            value: value,
            origin: "\(manifest.file):\(source.line):\(source.column) \(path).\(key)"
        )
    }
}

/// A place in the manifest.
private protocol Origin {
    var line: Int { get }
    var column: Int { get }
}

extension Sourced: Origin {}
