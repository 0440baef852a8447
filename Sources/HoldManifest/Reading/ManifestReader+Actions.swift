import HoldCore

/// The actions, their keys and their rules.
extension ManifestReader {
    /// The keys that an action and a rule share.
    static let settingKeys = [
        "description", "approval_required", "blocking", "timeout_minutes", "undo_operation",
        "approvals", "escalation", "confirm", "redact", "undo_drill_days", "modify",
        "independent_of", "risk_threshold", "queue", "sample", "side_effects", "audit_log",
        "max_async_depth", "run_within_minutes", "warn_at",
    ]

    mutating func actions(_ file: Fields) -> [String: ActionPolicy] {
        guard let section = file["actions"] else {
            log.error("‘actions’ is missing: a manifest lists its actions there", at: file.place)
            return [:]
        }
        var actions: [String: ActionPolicy] = [:]
        for entry in named(section, at: "actions") {
            places.actions[entry.key] = entry.place
            let problems = log.count
            actions[entry.key] = action(entry)
            if log.count > problems { places.unread.insert(entry.key) }
        }
        return actions
    }

    private mutating func action(_ entry: YAMLEntry) -> ActionPolicy {
        let path = "actions.\(entry.key)"
        var action = ActionPolicy(
            name: entry.key,
            settings: ActionSettings(),
            line: entry.place.line
        )
        let known = Self.settingKeys + ["rules"]
        guard let fields = fields(entry.value, at: path, known: known) else { return action }
        action.settings = settings(fields)
        let rules = sourced(fields, "rules") {
            $0.list($1, at: $2, of: "a list of rules") { reader, value, path in
                reader.rule(value, at: path, of: entry.key)
            }
        }
        action.rules = rules?.value ?? []
        var names: Set<String> = []
        for (rule, place) in zip(action.rules, places.rules[entry.key] ?? [])
        where !names.insert(rule.name).inserted {
            log.error(
                "\(path.forPeople): two rules have the name ‘\(rule.name.forPeople)’",
                at: place
            )
        }
        return action
    }

    private mutating func rule(
        _ value: YAMLValue,
        at path: String,
        of action: String
    ) -> PolicyRule? {
        let known = ["name", "when"] + Self.settingKeys
        guard let fields = fields(value, at: path, known: known) else { return nil }
        if fields["name"] == nil {
            log.error(
                "\(path.forPeople): ‘name’ is missing: reviewers are told which rule decided",
                at: fields.place
            )
        }
        if fields["when"] == nil {
            log.error(
                "\(path.forPeople): ‘when’ is missing",
                at: fields.place,
                hint: "write ‘when: {}’ for a rule that always matches"
            )
        }
        let name = sourced(fields, "name") { $0.name($1, at: $2, of: "a name") }
        let when = sourced(fields, "when") { $0.condition($1, at: $2) }
        let settings = settings(fields)
        guard let name, let when else { return nil }
        places.rules[action, default: []].append(Place(name))
        return PolicyRule(
            name: name.value,
            when: when.value,
            settings: settings,
            line: fields.place.line
        )
    }

    private mutating func settings(_ fields: Fields) -> ActionSettings {
        var settings = ActionSettings()
        settings.description = sourced(fields, "description") { $0.text($1, at: $2) }
        settings.approvalRequired = sourced(fields, "approval_required") { $0.bool($1, at: $2) }
        settings.blocking = sourced(fields, "blocking") { $0.bool($1, at: $2) }
        settings.timeout = sourced(fields, "timeout_minutes") { $0.timeout($1, at: $2) }
        settings.undoOperation = sourced(fields, "undo_operation") { $0.undo($1, at: $2) }
        settings.approvals = sourced(fields, "approvals") {
            $0.integer($1, at: $2, within: 1...20)
        }
        settings.escalation = sourced(fields, "escalation") { $0.tiers($1, at: $2) }
        settings.confirm = sourced(fields, "confirm") { $0.choice($1, at: $2, Confirmation.self) }
        settings.redact = sourced(fields, "redact") {
            $0.list($1, at: $2, of: "a list of argument paths") { $0.redacted($1, at: $2) }
        }
        settings.undoDrillDays = sourced(fields, "undo_drill_days") { reader, value, path in
            reader.span(value, at: path, secondsEach: 86_400).map { $0.seconds / 86_400 }
        }
        settings.modify = sourced(fields, "modify") { $0.choice($1, at: $2, ModifyMode.self) }
        settings.independentOf = sourced(fields, "independent_of") {
            $0.list($1, at: $2, of: "a list of actions") { $0.otherAction($1, at: $2) }
        }
        settings.riskThreshold = sourced(fields, "risk_threshold") { $0.share($1, at: $2) }
        settings.queue = sourced(fields, "queue") { $0.name($1, at: $2, of: "a queue's name") }
        settings.sample = sourced(fields, "sample") { $0.share($1, at: $2) }
        settings.sideEffects = sourced(fields, "side_effects") { $0.bool($1, at: $2) }
        settings.auditLog = sourced(fields, "audit_log") { $0.bool($1, at: $2) }
        settings.maxAsyncDepth = sourced(fields, "max_async_depth") { $0.depth($1, at: $2) }
        settings.runWithin = sourced(fields, "run_within_minutes") { $0.minutes($1, at: $2) }
        settings.warnAt = sourced(fields, "warn_at") { $0.share($1, at: $2) }
        return settings
    }

    private mutating func share(_ value: YAMLValue, at path: String) -> Double? {
        number(value, at: path, within: 0...1)
    }

    /// The time of a gate; without one it would stall.
    private mutating func timeout(_ value: YAMLValue, at path: String) -> Span? {
        if value.isNull || isZero(value) {
            log.error(
                "\(path.forPeople): a gate without a timeout could stall forever",
                at: value.place,
                hint: "leave the key out to take the default"
            )
            return nil
        }
        return minutes(value, at: path)
    }

    private func isZero(_ value: YAMLValue) -> Bool {
        guard case .scalar(let scalar) = value.content, case .number(0) = scalar.meaning else {
            return false
        }
        return true
    }

    /// The operation of an undo: a name to be looked up, or null for none.
    private mutating func undo(_ value: YAMLValue, at path: String) -> String?? {
        if value.isNull { return .some(nil) }
        guard let name = name(value, at: path, of: "an operation or null") else { return nil }
        references.append(Reference(section: .operations, name: name, place: value.place))
        return .some(name)
    }

    private mutating func otherAction(_ value: YAMLValue, at path: String) -> String? {
        guard let name = name(value, at: path, of: "an action") else { return nil }
        references.append(Reference(section: .actions, name: name, place: value.place))
        return name
    }

    private mutating func redacted(_ value: YAMLValue, at path: String) -> ArgumentPattern? {
        guard let text = name(value, at: path, of: "an argument path") else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard !parts.contains("") else {
            log.error(
                "\(path.forPeople): ‘\(text.forPeople)’ has an empty part",
                at: value.place
            )
            return nil
        }
        return ArgumentPattern(parts: parts)
    }
}
