import HoldCore

/// The sections that say which accounts may do what, beside the roles.
extension ManifestReader {
    /// The names that agents may bear, with the accounts that may bear each.
    mutating func agents(_ file: Fields) -> [String: [String]] {
        guard let section = file["agents"] else { return [:] }
        var agents: [String: [String]] = [:]
        for entry in named(section, at: "agents") {
            guard let fields = fields(entry.value, at: "agents.\(entry.key)", known: ["users"])
            else {
                continue
            }
            agents[entry.key] =
                users(
                    of: fields,
                    orSay:
                        "the agent ‘\(entry.key.forPeople)’ has no users: no account could bear the"
                        + " name",
                    at: entry.place
                ) ?? []
        }
        return agents
    }

    /// The name of the realm that the host's accounts are of.
    mutating func realm(_ file: Fields) -> String? {
        guard let realm = sourced(file, "realm", { $0.text($1, at: $2) }) else { return nil }
        guard Account.isRealm(realm.value) else {
            log.error(
                "‘\(realm.value.forPeople)’ is no realm: 1 to 64 letters, digits, dots and hyphens",
                at: Place(realm)
            )
            return nil
        }
        return realm.value
    }

    /// Which connections carry an operation out: `true` for those of the workflow's own account,
    /// `{ users: […] }` for those of these accounts; nil when none does.
    mutating func executors(
        _ agent: YAMLEntry,
        of operation: String,
        at path: String
    ) -> Operation.Executor? {
        guard case .mapping = agent.value.content else {
            guard let isOwn = bool(agent.value, at: path) else { return nil }
            if !isOwn { places.unexecuted.insert(operation) }
            return isOwn ? .agent(users: nil) : nil
        }
        guard let fields = fields(agent.value, at: path, known: ["users"]) else { return nil }
        let nobody = "\(path.forPeople) names no users: nobody could run it"
        return users(of: fields, orSay: nobody, at: agent.place).map { .agent(users: $0) }
    }

    /// The accounts that a section names; nil, and told, when it names none.
    private mutating func users(
        of fields: Fields,
        orSay nobody: String,
        at place: Place
    ) -> [String]? {
        let users = sourced(fields, "users") { $0.names($1, at: $2) }?.value
        if fields["users"] == nil || users?.isEmpty == true { log.error(nobody, at: place) }
        return users?.isEmpty == false ? users : nil
    }
}
