@testable import HoldCore

extension Manifest {
    /// One action of each kind, and three tiers of people.
    static var sample: Manifest {
        var manifest = Manifest(digest: Digest(of: [UInt8]("sample".utf8)), file: "manifest.yaml")
        manifest.roles = [
            "primary": Role(groups: ["oncall"]), "secondary": Role(users: ["cara"]),
            "dba": Role(users: ["dee"]),
        ]
        manifest.operations = [
            "destroy": Operation(name: "destroy", executor: .run(["destroy"]), retries: 2),
            "erase": Operation(name: "erase", executor: .agent(users: ["ops"])),
        ]
        // Sync, cannot be undone.
        manifest.add("wipe") {
            $0.blocking = Sourced(true)
            $0.undoOperation = Sourced(nil)
        }
        // Sync, can be undone.
        manifest.add("change") {
            $0.blocking = Sourced(true)
            $0.undoOperation = Sourced("destroy")
        }
        // Async.
        manifest.add("deploy") {
            $0.blocking = Sourced(false)
            $0.undoOperation = Sourced("destroy")
        }
        // Async, and a rejected deployment is nothing to it.
        manifest.add("apart") {
            $0.blocking = Sourced(false)
            $0.undoOperation = Sourced("destroy")
            $0.independentOf = Sourced(["deploy"])
        }
        // Autonomous, can be undone.
        manifest.add("note") {
            $0.approvalRequired = Sourced(false)
            $0.undoOperation = Sourced("erase")
        }
        // Autonomous, cannot be undone.
        manifest.add("mail") {
            $0.approvalRequired = Sourced(false)
            $0.undoOperation = Sourced(nil)
        }
        // Only reads.
        manifest.add("read") {
            $0.approvalRequired = Sourced(false)
            $0.sideEffects = Sourced(false)
        }
        return manifest
    }

    /// Adds an action that needs an approval unless its settings say otherwise.
    mutating func add(
        _ name: String,
        rules: [PolicyRule] = [],
        _ change: (inout ActionSettings) -> Void
    ) {
        var settings = ActionSettings()
        settings.approvalRequired = Sourced(true)
        change(&settings)
        actions[name] = ActionPolicy(name: name, settings: settings, rules: rules)
    }

    mutating func set(_ name: String, _ change: (inout ActionSettings) -> Void) {
        guard var action = actions[name] else { return }
        change(&action.settings)
        actions[name] = action
    }

    static func rule(
        _ name: String,
        when: Condition,
        _ change: (inout ActionSettings) -> Void
    ) -> PolicyRule {
        var settings = ActionSettings()
        change(&settings)
        return PolicyRule(name: name, when: when, settings: settings)
    }
}
