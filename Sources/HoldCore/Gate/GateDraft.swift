/// Works one resolution out; keeps, for each key, which layer of the manifest decided.
struct GateDraft {
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
                riskClass: riskClass(hasSideEffects: hasSideEffects, undo: undo, isRisky: isRisky),
                parts: parts(
                    mode: mode,
                    needsApproval: needsApproval,
                    undo: undo,
                    reasons: reasons
                )
            )
        )
    }

    /// A key's value: the matching rule wins over the action.
    func setting<Value>(
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

    private func policy(riskClass: RiskClass, parts: [PolicyPart]) -> ItemPolicy {
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
            parts: parts
        )
    }

    /// The path with its times: tiers without their own share evenly what the others leave of the
    /// timeout; the last of them gets what does not divide.
    private func tiers() -> [Tier] {
        let path = setting(\.escalation)?.value ?? manifest.defaults.escalation.value
        let total = setting(\.timeout)?.value ?? manifest.defaults.timeout.value
        var left = path.compactMap(\.span).reduce(total) { left, span in
            max(.zero, Span(milliseconds: left.milliseconds - max(0, span.milliseconds)))
        }
        var open = Int64(path.count { $0.span == nil })
        return path.map { spec in
            let role = manifest.roles.isEmpty ? nil : manifest.roles[spec.role] ?? Role()
            if let span = spec.span { return Tier(name: spec.role, span: span, role: role) }
            let share = Span(milliseconds: max(1, left.milliseconds / max(1, open)))
            left = max(.zero, Span(milliseconds: left.milliseconds - share.milliseconds))
            open -= 1
            return Tier(name: spec.role, span: share, role: role)
        }
    }
}
