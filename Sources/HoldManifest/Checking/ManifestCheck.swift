import HoldCore

/// Holds the sections of a manifest against each other.
struct ManifestCheck {
    var log: ProblemLog
    /// Names used, in the order of the file.
    let references: [ManifestReader.Reference]
    /// Where each name is given.
    let places: NamePlaces
    /// Where `roles` stands; nil when the file has none.
    let rolesPlace: Place?
    /// Whether the file has a section `operations`.
    let hasOperations: Bool

    /// Tells of every problem, and completes what the file leaves open.
    mutating func run(on manifest: inout Manifest) {
        checkReferences(in: manifest)
        addOperations(to: &manifest)
        settlePath(of: &manifest)
        checkOperations(of: manifest)
        let gates = GateCheck(manifest: manifest)
        gates.check(nil, in: &log)
        for (name, action) in manifest.actions where !places.unread.contains(name) {
            gates.check(action, in: &log)
            checkRules(of: action)
        }
    }

    // MARK: Names

    private mutating func checkReferences(in manifest: Manifest) {
        for reference in references {
            switch reference.section {
            case .roles:
                guard rolesPlace != nil else { continue }
                check(reference, "role", among: Set(manifest.roles.keys))
            case .operations:
                guard hasOperations else { continue }
                check(reference, "operation", among: Set(manifest.operations.keys))
            case .actions: checkAction(reference, among: Set(manifest.actions.keys))
            }
        }
    }

    private mutating func check(
        _ reference: ManifestReader.Reference,
        _ what: String,
        among names: Set<String>
    ) {
        guard !names.contains(reference.name) else { return }
        log.error(
            "unknown \(what) ‘\(reference.name.forPeople)’",
            at: reference.place,
            hint: NearestName.hint(for: reference.name, among: names)
        )
    }

    /// An action need not be listed to be named; but one that nearly is was probably misspelt.
    private mutating func checkAction(
        _ reference: ManifestReader.Reference,
        among names: Set<String>
    ) {
        guard !names.contains(reference.name),
            let nearest = NearestName.nearest(to: reference.name, among: names)
        else { return }
        log.warning(
            "no action is listed as ‘\(reference.name.forPeople)’",
            at: reference.place,
            hint: "did you mean ‘\(nearest.forPeople)’?"
        )
    }

    // MARK: Roles

    /// Without a path of its own a manifest asks the usual roles, as far as it has them.
    private mutating func settlePath(of manifest: inout Manifest) {
        guard let rolesPlace, manifest.defaults.escalation.line == 0 else { return }
        let usual = manifest.defaults.escalation.value.filter { manifest.roles[$0.role] != nil }
        guard usual.isEmpty else {
            manifest.defaults.escalation.value = usual
            return
        }
        let everyActionHasItsOwn = manifest.actions.values.allSatisfy { action in
            action.settings.escalation != nil || isAutonomous(action)
        }
        guard manifest.defaults.unlistedAction.value == .block || !everyActionHasItsOwn else {
            return
        }
        log.error(
            "neither ‘primary’ nor ‘secondary’ is among the roles, so nobody would be asked",
            at: rolesPlace,
            hint: "say who in defaults.escalation"
        )
    }

    /// Whether no rule and no risk can make the action need an approval.
    private func isAutonomous(_ action: ActionPolicy) -> Bool {
        action.settings.approvalRequired?.value == false && action.settings.riskThreshold == nil
            && action.rules.allSatisfy { rule in
                rule.settings.approvalRequired?.value != true
                    && rule.settings.riskThreshold == nil
            }
    }

    // MARK: Operations

    /// A file without `operations` still names undos; they can only be resolved by hand.
    private mutating func addOperations(to manifest: inout Manifest) {
        guard !hasOperations else { return }
        for reference in references where reference.section == .operations {
            guard manifest.operations[reference.name] == nil else { continue }
            manifest.operations[reference.name] = Operation(
                name: reference.name,
                executor: nil,
                line: reference.place.line
            )
            warnOfNoExecutor(reference.name, at: reference.place)
        }
    }

    private mutating func checkOperations(of manifest: Manifest) {
        let used = Set(references.filter { $0.section == .operations }.map(\.name))
        for (name, place) in places.operations {
            if !used.contains(name) {
                log.warning("nothing uses the operation ‘\(name.forPeople)’", at: place)
            } else if places.unexecuted.contains(name) {
                warnOfNoExecutor(name, at: place)
            }
        }
    }

    private mutating func warnOfNoExecutor(_ name: String, at place: Place) {
        log.warning(
            "the operation ‘\(name.forPeople)’ has no executor: "
                + "its undo can only be resolved by hand",
            at: place,
            hint: "give operations.\(name.forPeople) a ‘run’ or ‘agent: true’"
        )
    }

    // MARK: Rules

    private mutating func checkRules(of action: ActionPolicy) {
        var earlier: [Condition: String] = [:]
        var always: String?
        for (rule, place) in zip(action.rules, places.rules[action.name] ?? []) {
            if let always {
                log.warning(
                    "the rule ‘\(rule.name.forPeople)’ is never reached: "
                        + "‘\(always.forPeople)’ before it always matches",
                    at: place
                )
            } else if let twin = earlier[rule.when] {
                log.warning(
                    "the rule ‘\(rule.name.forPeople)’ is never reached: "
                        + "‘\(twin.forPeople)’ before it has the same condition",
                    at: place
                )
            }
            earlier[rule.when] = earlier[rule.when] ?? rule.name
            if always == nil, rule.when.alwaysMatches { always = rule.name }
        }
    }
}

extension Condition {
    /// Whether the condition holds whatever is proposed, as far as its form tells.
    fileprivate var alwaysMatches: Bool {
        switch self {
        case .all(let parts): parts.allSatisfy(\.alwaysMatches)
        case .any(let parts): parts.contains(where: \.alwaysMatches)
        case .test(.agent, .exists(true)): true
        case .not, .test: false
        }
    }
}
