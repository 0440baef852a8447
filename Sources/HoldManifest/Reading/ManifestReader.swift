import HoldCore

/// Builds a manifest from a YAML value, and notes everything that is wrong on the way.
struct ManifestReader {
    /// A name of another section, used at some place.
    struct Reference {
        /// The section that has to have the name.
        enum Section {
            case roles
            case actions
            case operations
        }

        var section: Section
        var name: String
        var place: Place
    }

    var log: ProblemLog
    /// Names used, in the order of reading; they are looked up when every section is read.
    var references: [Reference] = []
    /// Where each action, operation and rule is named.
    var places = NamePlaces()

    init(log: ProblemLog) { self.log = log }

    /// The manifest that the value describes; nil when it is not even a mapping.
    ///
    /// With errors in the log the manifest is incomplete and must not be used.
    mutating func manifest(from root: YAMLValue, digest: Digest) -> Manifest? {
        let sections = [
            "version", "defaults", "roles", "actions", "operations", "notify", "resume", "agents",
            "realm",
        ]
        guard !root.isNull else {
            log.error("the file is empty; a manifest lists its actions under ‘actions’", at: .start)
            return nil
        }
        guard let file = fields(root, at: "", known: sections) else { return nil }
        checkVersion(file)
        let roles = roles(file)
        let actions = actions(file)
        var manifest = Manifest(
            digest: digest,
            file: log.file,
            defaults: defaults(file),
            roles: roles,
            actions: actions,
            operations: operations(file),
            notifiers: notifiers(file),
            resumes: resumes(file),
            agents: agents(file),
            realm: realm(file)
        )
        var check = ManifestCheck(
            log: log,
            references: references,
            places: places,
            rolesPlace: file["roles"]?.place,
            hasOperations: file["operations"] != nil
        )
        check.run(on: &manifest)
        log = check.log
        return manifest
    }

    private mutating func checkVersion(_ file: Fields) {
        guard let entry = file["version"],
            let version = integer(entry.value, at: "version", within: 1...Int.max)
        else { return }
        if version != 1 {
            log.error("version \(version) is not known; this is version 1", at: entry.value.place)
        }
    }
}

/// Where names of the manifest are given.
struct NamePlaces {
    var actions: [String: Place] = [:]
    var operations: [String: Place] = [:]
    /// The places of an action's rules, in their order.
    var rules: [String: [Place]] = [:]
    /// Operations that the file gives no executor.
    var unexecuted: Set<String> = []
    /// Actions that were not read in full: what they lack may be no more than misspelt.
    var unread: Set<String> = []
}
