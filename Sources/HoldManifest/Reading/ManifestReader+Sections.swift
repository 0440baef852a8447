import HoldCore

/// The sections beside `actions`.
extension ManifestReader {
    mutating func defaults(_ file: Fields) -> Defaults {
        var defaults = Defaults()
        let known = [
            "timeout_minutes", "max_async_depth", "run_within_minutes", "open_items_per_agent",
            "proposals_per_second", "warn_at", "escalation", "unlisted_action",
            "separate_requester",
        ]
        guard let entry = file["defaults"],
            let fields = fields(entry.value, at: "defaults", known: known)
        else { return defaults }
        if let timeout = sourced(fields, "timeout_minutes", { $0.minutes($1, at: $2) }) {
            defaults.timeout = timeout
        }
        if let depth = sourced(fields, "max_async_depth", { $0.depth($1, at: $2) }) {
            defaults.maxAsyncDepth = depth
        }
        if let runWithin = sourced(fields, "run_within_minutes", { $0.minutes($1, at: $2) }) {
            defaults.runWithin = runWithin
        }
        if let open = sourced(fields, "open_items_per_agent", { $0.rate($1, at: $2) }) {
            defaults.openItemsPerAgent = open
        }
        if let rate = sourced(fields, "proposals_per_second", { $0.rate($1, at: $2) }) {
            defaults.proposalsPerSecond = rate
        }
        if let warnAt = sourced(fields, "warn_at", { $0.number($1, at: $2, within: 0...1) }) {
            defaults.warnAt = warnAt
        }
        if let escalation = sourced(fields, "escalation", { $0.tiers($1, at: $2) }) {
            defaults.escalation = escalation
        }
        if let unlisted = sourced(
            fields,
            "unlisted_action",
            { $0.choice($1, at: $2, UnlistedAction.self) }
        ) {
            defaults.unlistedAction = unlisted
        }
        defaults.separateRequester = sourced(fields, "separate_requester") { $0.bool($1, at: $2) }
        return defaults
    }

    /// A limit of exposed steps.
    mutating func depth(_ value: YAMLValue, at path: String) -> Int? {
        integer(value, at: path, within: 1...10_000)
    }

    private mutating func rate(_ value: YAMLValue, at path: String) -> Int? {
        integer(value, at: path, within: 1...1_000_000)
    }

    /// An escalation path: role names, or mappings of role and minutes.
    mutating func tiers(_ value: YAMLValue, at path: String) -> [TierSpec]? {
        let what = "a list of roles, or of { to: role, minutes: … }"
        guard let tiers = list(value, at: path, of: what, { $0.tier($1, at: $2) }) else {
            return nil
        }
        guard case .list(let written) = value.content, !written.isEmpty else {
            log.error("\(path.forPeople): with nobody to ask, a gate would stall", at: value.place)
            return nil
        }
        return tiers.count == written.count ? tiers : nil
    }

    private mutating func tier(_ value: YAMLValue, at path: String) -> TierSpec? {
        guard case .mapping = value.content else {
            return role(value, at: path).map { TierSpec(role: $0) }
        }
        guard let fields = fields(value, at: path, known: ["to", "minutes"]) else { return nil }
        guard let to = fields["to"] else {
            log.error("\(path.forPeople): ‘to’ is missing: which role is asked", at: fields.place)
            return nil
        }
        let span = sourced(fields, "minutes") { $0.minutes($1, at: $2) }
        guard let role = role(to.value, at: fields.path(of: "to")) else { return nil }
        return TierSpec(role: role, span: span?.value)
    }

    /// The name of a role, to be looked up.
    private mutating func role(_ value: YAMLValue, at path: String) -> String? {
        guard let name = name(value, at: path, of: "a role") else { return nil }
        references.append(Reference(section: .roles, name: name, place: value.place))
        return name
    }

    mutating func roles(_ file: Fields) -> [String: Role] {
        guard let section = file["roles"] else { return [:] }
        var roles: [String: Role] = [:]
        for entry in named(section, at: "roles") {
            let path = "roles.\(entry.key)"
            var role = Role()
            if let fields = fields(entry.value, at: path, known: ["users", "groups"]) {
                let users = sourced(fields, "users") { $0.names($1, at: $2) }
                let groups = sourced(fields, "groups") { $0.names($1, at: $2) }
                role = Role(users: users?.value ?? [], groups: groups?.value ?? [])
                let isRead =
                    (users != nil || fields["users"] == nil)
                    && (groups != nil || fields["groups"] == nil)
                if role == Role(), isRead {
                    log.error(
                        "the role ‘\(entry.key.forPeople)’ has neither users nor groups: "
                            + "nobody could decide",
                        at: entry.place
                    )
                }
            }
            roles[entry.key] = role
        }
        if case .mapping(let entries) = section.value.content, entries.isEmpty {
            log.error(
                "roles names nobody; leave it out to let whoever can open the review socket decide",
                at: section.value.place
            )
        }
        return roles
    }

    mutating func operations(_ file: Fields) -> [String: Operation] {
        guard let section = file["operations"] else { return [:] }
        var operations: [String: Operation] = [:]
        for entry in named(section, at: "operations") {
            places.operations[entry.key] = entry.place
            operations[entry.key] = operation(entry)
        }
        return operations
    }

    private mutating func operation(_ entry: YAMLEntry) -> Operation {
        var operation = Operation(
            name: entry.key,
            executor: nil,
            line: entry.place.line
        )
        let known = [
            "run", "agent", "timeout_seconds", "retries", "backoff_seconds",
            "executor_wait_seconds", "drill",
        ]
        guard !entry.value.isNull else {
            places.unexecuted.insert(entry.key)
            return operation
        }
        guard let fields = fields(entry.value, at: "operations.\(entry.key)", known: known) else {
            return operation
        }
        let run = sourced(fields, "run") { $0.command($1, at: $2) }
        if let run { operation.executor = .run(run.value) }
        if let agent = fields["agent"] {
            if let executor = executors(agent, of: entry.key, at: fields.path(of: "agent")) {
                if fields["run"] != nil {
                    log.error(
                        "\(fields.path.forPeople): either ‘run’ or ‘agent’ carries it out, not both",
                        at: agent.place
                    )
                }
                operation.executor = executor
            }
        } else if fields["run"] == nil {
            places.unexecuted.insert(entry.key)
        }
        if let timeout = seconds(fields, "timeout_seconds") { operation.timeout = timeout }
        if let retries = sourced(
            fields,
            "retries",
            { $0.integer($1, at: $2, within: 1...1_000) }
        ) {
            operation.retries = retries.value
        }
        if let backoff = seconds(fields, "backoff_seconds") { operation.backoff = backoff }
        if let wait = seconds(fields, "executor_wait_seconds") { operation.executorWait = wait }
        operation.drill = sourced(fields, "drill") { $0.command($1, at: $2) }?.value
        return operation
    }

    private mutating func seconds(_ fields: Fields, _ key: String) -> Span? {
        sourced(fields, key) { $0.span($1, at: $2, secondsEach: 1) }?.value
    }

    mutating func notifiers(_ file: Fields) -> [Notifier] {
        guard let section = file["notify"] else { return [] }
        let what = "a list of { on: […], run: […] }"
        return list(section.value, at: "notify", of: what) { $0.notifier($1, at: $2) } ?? []
    }

    private mutating func notifier(_ value: YAMLValue, at path: String) -> Notifier? {
        guard let fields = fields(value, at: path, known: ["on", "role", "run"]) else { return nil }
        for key in ["on", "run"] where fields[key] == nil {
            log.error("\(path.forPeople): ‘\(key)’ is missing", at: fields.place)
        }
        let occasions = sourced(fields, "on") { reader, value, path in
            guard case .list(let elements) = value.content else {
                return reader.occasion(value, at: path).map { [$0] }
            }
            if elements.isEmpty {
                reader.log.error("\(path.forPeople): names no occasion", at: value.place)
            }
            return reader.list(value, at: path, of: "a list of occasions") {
                $0.occasion($1, at: $2)
            }
        }
        let role = sourced(fields, "role") { $0.role($1, at: $2) }
        let command = sourced(fields, "run") { $0.command($1, at: $2) }
        guard let occasions, let command else { return nil }
        return Notifier(
            occasions: occasions.value,
            role: role?.value,
            command: command.value
        )
    }

    private mutating func occasion(_ value: YAMLValue, at path: String) -> Notifier.Occasion? {
        choice(value, at: path, Notifier.Occasion.self)
    }

    mutating func resumes(_ file: Fields) -> [String: [String]] {
        guard let section = file["resume"] else { return [:] }
        var resumes: [String: [String]] = [:]
        for entry in named(section, at: "resume") {
            guard let fields = fields(entry.value, at: "resume.\(entry.key)", known: ["run"]) else {
                continue
            }
            guard fields["run"] != nil else {
                log.error("\(fields.path.forPeople): ‘run’ is missing", at: fields.place)
                continue
            }
            resumes[entry.key] = sourced(fields, "run") { $0.command($1, at: $2) }?.value
        }
        return resumes
    }
}

extension Place {
    /// The place that a value came from.
    init<Value>(_ source: Sourced<Value>) {
        self.init(line: source.line, column: source.column)
    }
}
