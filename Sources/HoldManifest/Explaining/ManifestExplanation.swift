package import HoldCore

/// Which gate a manifest demands of one proposal, and which line of the file decided each part of it.
package struct ManifestExplanation: Sendable {
    /// How the step would meet its gate.
    package let resolution: GateResolution

    private let manifest: Manifest
    private let action: String

    /// Explains the gate of a proposal.
    ///
    /// - Throws: ``Refusal/unlistedAction(_:)`` when the manifest refuses actions it does not list.
    package init(of request: GateRequest, under manifest: Manifest) throws(Refusal) {
        resolution = try manifest.resolveGate(request)
        self.manifest = manifest
        action = request.action
    }

    /// What `manifest explain` prints.
    package var text: String {
        var lines = ["\(action.forPeople): \(outcome)"]
        for reason in resolution.reasons {
            lines.append("  because     \(reason) (\(origin(of: reason)))")
        }
        if let rule = resolution.rule {
            lines.append("  rule        \(rule.forPeople) (\(origin(ofRule: rule)))")
        }
        lines.append("  risk class  \(resolution.policy.riskClass.rawValue)")
        lines.append("  undo        \(undo)")
        if resolution.needsApproval { lines.append("  asked       \(asked)") }
        lines.append("")
        for part in resolution.policy.parts {
            lines.append("\(part.key) = \(part.value.forPeople)  (\(part.origin))")
        }
        return lines.joined(separator: "\n")
    }

    /// What `manifest explain --json` prints.
    package var json: JSONValue {
        let policy = resolution.policy
        return [
            "action": .string(action),
            "mode": .string(resolution.mode.rawValue),
            "needs_approval": .bool(resolution.needsApproval),
            "reasons": .array(
                resolution.reasons.map { reason in
                    [
                        "reason": .string(reason.description),
                        "origin": .string(origin(of: reason)),
                    ]
                }
            ),
            "rule": resolution.rule.map { .string($0) } ?? .null,
            "risk_class": .string(policy.riskClass.rawValue),
            "undo_operation": resolution.undoOperation.map { .string($0) } ?? .null,
            "max_async_depth": JSONValue(double: Double(resolution.depthLimit)),
            "sample": JSONValue(double: resolution.sample),
            "tiers": .array(policy.tiers.map(json(of:))),
            "policy": .array(
                policy.parts.map { part in
                    [
                        "key": .string(part.key), "value": .string(part.value),
                        "origin": .string(part.origin),
                    ]
                }
            ),
            "manifest": .string(manifest.digest.description),
        ]
    }

    private func json(of tier: Tier) -> JSONValue {
        func list(_ names: [String]?) -> JSONValue {
            names.map { .array($0.map { .string($0) }) } ?? .null
        }
        return [
            "to": .string(tier.name), "minutes": JSONValue(double: tier.span.seconds / 60),
            "users": list(tier.role?.users), "groups": list(tier.role?.groups),
        ]
    }

    private var outcome: String {
        switch resolution.mode {
        case .autonomous: "runs at once, no approval is needed (autonomous)"
        case .async: "runs at once and is reviewed beside it (async)"
        case .sync: "waits for the decision (sync)"
        }
    }

    private var undo: String {
        guard resolution.hasSideEffects else { return "none needed: the action only reads" }
        guard let name = resolution.undoOperation else { return "none: it cannot be undone" }
        switch manifest.operations[name]?.executor {
        case .run(let command): return "\(name.forPeople), run as \(command.joined(separator: " "))"
        case .agent: return "\(name.forPeople), by a connection that serves it"
        case nil: return "\(name.forPeople), by hand: it has no executor"
        }
    }

    private var asked: String {
        resolution.policy.tiers
            .map { "\($0.name.forPeople) for \(Self.words($0.span))" }
            .joined(separator: ", then ")
    }

    private static func words(_ span: Span) -> String {
        let isShort = span.milliseconds < 60_000
        let number = span.seconds / (isShort ? 1 : 60)
        let unit = isShort ? "second" : "minute"
        return "\(ManifestReader.plain(number)) \(unit)\(number == 1 ? "" : "s")"
    }

    // MARK: Places

    /// The line that a reason comes from.
    private func origin(of reason: Reason) -> String {
        switch reason {
        case .manifest, .rule: origin(ofKey: "blocking")
        case .risk: origin(ofKey: "risk_threshold")
        case .noUndo: origin(ofKey: "undo_operation")
        case .maxAsyncDepth: origin(ofKey: "max_async_depth")
        case .undoUnproven: origin(of: \.undoDrillDays, "undo_drill_days")
        case .unlistedAction: unlistedOrigin
        // These come from a workflow's state, which no line of a manifest decides.
        case .irreversibleBarrier, .permitExpired: "the workflow's state"
        }
    }

    private func origin(ofKey key: String) -> String {
        resolution.policy.parts.first { $0.key == key }?.origin ?? "default"
    }

    private func origin(ofRule name: String) -> String {
        let rule = manifest.actions[action]?.rules.first { $0.name == name }
        return rule.map { "\(manifest.file):\($0.line)" } ?? "default"
    }

    private func origin<Value>(
        of setting: KeyPath<ActionSettings, Sourced<Value>?>,
        _ key: String
    ) -> String {
        guard let policy = manifest.actions[action] else { return "default" }
        if let rule = policy.rules.first(where: { $0.name == resolution.rule }),
            let source = rule.settings[keyPath: setting]
        {
            return place(source, "actions.\(action).rules.\(rule.name).\(key)")
        }
        return policy.settings[keyPath: setting].map { place($0, "actions.\(action).\(key)") }
            ?? "default"
    }

    private var unlistedOrigin: String {
        let source = manifest.defaults.unlistedAction
        return source.line > 0 ? place(source, "defaults.unlisted_action") : "default"
    }

    private func place<Value>(_ source: Sourced<Value>, _ path: String) -> String {
        "\(manifest.file):\(source.line):\(source.column) \(path)"
    }
}
