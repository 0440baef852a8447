/// Each part of a policy with the line of the manifest that decided it.
extension GateDraft {
    func parts(
        mode: Mode,
        needsApproval: Bool,
        undo: String?,
        reasons: [Reason]
    ) -> [PolicyPart] {
        let defaults = manifest.defaults
        let path = setting(\.escalation)?.value ?? defaults.escalation.value
        let standing = [
            approvalPart(needsApproval, reasons),
            blockingPart(mode == .sync, reasons),
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
        return standing + writtenParts()
    }

    /// Parts that are named only when the file says them.
    private func writtenParts() -> [PolicyPart] {
        let defaults = manifest.defaults
        var written: [PolicyPart] = []
        if let days = setting(\.undoDrillDays) {
            written.append(part("undo_drill_days", plain(days.value), \.undoDrillDays))
        }
        if let sample = setting(\.sample) {
            written.append(part("sample", plain(sample.value), \.sample))
        }
        if setting(\.warnAt) != nil || defaults.warnAt.line > 0 {
            let share = setting(\.warnAt)?.value ?? defaults.warnAt.value
            written.append(part("warn_at", plain(share), \.warnAt, or: defaults.warnAt))
        }
        if let redact = setting(\.redact) {
            let paths = redact.value.map { $0.parts.joined(separator: ".") }
            written.append(part("redact", paths.joined(separator: ", "), \.redact))
        }
        if let sideEffects = setting(\.sideEffects) {
            written.append(part("side_effects", "\(sideEffects.value)", \.sideEffects))
        }
        return written
    }

    private func approvalPart(_ needsApproval: Bool, _ reasons: [Reason]) -> PolicyPart {
        var decided = part("approval_required", "\(needsApproval)", \.approvalRequired)
        // Where the file says false, or nothing is listed, something else demands the approval.
        if reasons.contains(.unlistedAction) {
            decided.origin = origin(of: .unlistedAction)
        } else if reasons.contains(.risk), setting(\.approvalRequired)?.value == false {
            decided.origin = origin(of: .risk)
        }
        return decided
    }

    /// Its origin is the `blocking` key, unless something else forced what the key does not say.
    private func blockingPart(_ isBlocking: Bool, _ reasons: [Reason]) -> PolicyPart {
        var decided = part("blocking", "\(isBlocking)", \.blocking)
        let isOwn = reasons.contains { reason in
            switch reason {
            case .manifest, .rule: true
            case .risk, .noUndo, .undoUnproven, .maxAsyncDepth, .unlistedAction,
                .irreversibleBarrier, .permitExpired:
                false
            }
        }
        if !isOwn, let forced = reasons.first { decided.origin = origin(of: forced) }
        return decided
    }

    /// The place of the key that a reason comes from; `default` and the key when no line says it.
    private func origin(of reason: Reason) -> String {
        let key: String
        let decided: PolicyPart
        switch reason {
        case .manifest, .rule, .irreversibleBarrier, .permitExpired:
            return part("blocking", "", \.blocking).origin
        case .risk:
            key = "risk_threshold"
            decided = part(key, "", \.riskThreshold)
        case .noUndo:
            key = "undo_operation"
            decided = part(key, "", \.undoOperation)
        case .undoUnproven:
            key = "undo_drill_days"
            decided = part(key, "", \.undoDrillDays)
        case .maxAsyncDepth:
            key = "max_async_depth"
            decided = part(key, "", \.maxAsyncDepth, or: manifest.defaults.maxAsyncDepth)
        case .unlistedAction:
            key = "unlisted_action"
            let source = manifest.defaults.unlistedAction
            guard source.line > 0 else { return "default \(key)" }
            return place(key, "", source, "defaults").origin
        }
        return decided.origin == "default" ? "default \(key)" : decided.origin
    }

    private func plain(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? "\(number)"
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
