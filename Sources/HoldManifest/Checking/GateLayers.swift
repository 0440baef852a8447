import HoldCore

/// The layers of a manifest that decide one gate.
///
/// A rule wins over its action, an action over the defaults.
struct GateLayers {
    /// Who said something; the later wins.
    enum Layer: Int, Comparable {
        case builtIn
        case defaults
        case action
        case rule

        static func < (left: Layer, right: Layer) -> Bool { left.rawValue < right.rawValue }
    }

    /// A value with the layer that said it.
    struct Decided<Value: Sendable & Hashable> {
        var source: Sourced<Value>
        var layer: Layer
    }

    let manifest: Manifest
    let action: ActionPolicy?
    let rule: PolicyRule?

    /// The layer that a check of these layers is about.
    ///
    /// What an outer layer alone decides was told of when that layer was checked.
    var innermost: Layer { rule != nil ? .rule : action != nil ? .action : .defaults }

    /// What the check is about, as people say it.
    var subject: String {
        guard let action else { return "defaults" }
        let name = "actions.\(action.name.forPeople)"
        return rule.map { "\(name).rules.\($0.name.forPeople)" } ?? name
    }

    /// The value of a key, unless only the defaults have it.
    func setting<Value>(_ key: KeyPath<ActionSettings, Sourced<Value>?>) -> Decided<Value>? {
        if let source = rule?.settings[keyPath: key] {
            return Decided(source: source, layer: .rule)
        }
        return action?.settings[keyPath: key].map { Decided(source: $0, layer: .action) }
    }

    /// Who is asked.
    var escalation: Decided<[TierSpec]> {
        setting(\.escalation) ?? fallback(manifest.defaults.escalation)
    }

    /// The time of the whole path.
    var timeout: Decided<Span> { setting(\.timeout) ?? fallback(manifest.defaults.timeout) }

    var needsApproval: Bool { setting(\.approvalRequired)?.source.value ?? true }

    var hasSideEffects: Bool { setting(\.sideEffects)?.source.value ?? true }

    var undoOperation: String? { setting(\.undoOperation)?.source.value ?? nil }

    /// Where the innermost layer says whether to block, whether to ask or how to undo.
    ///
    /// Nil when it says nothing of these.
    var innermostPlace: Place? {
        guard let settings = rule?.settings ?? action?.settings else { return nil }
        if let blocking = settings.blocking, needsApproval { return Place(blocking) }
        if let required = settings.approvalRequired { return Place(required) }
        if let undo = settings.undoOperation { return Place(undo) }
        if let blocking = settings.blocking { return Place(blocking) }
        return settings.sideEffects.map { Place($0) }
    }

    private func fallback<Value>(_ source: Sourced<Value>) -> Decided<Value> {
        Decided(source: source, layer: source.line > 0 ? .defaults : .builtIn)
    }
}
