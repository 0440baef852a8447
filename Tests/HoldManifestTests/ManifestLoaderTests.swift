import HoldCore
import HoldManifest
import Testing

/// The problems of a manifest, as people see them.
func problems(_ text: String) -> [String] {
    ManifestLoader.load(Array(text.utf8), file: "m").problems.map(\.description)
}

/// The manifest of a text that must be valid.
func manifest(_ text: String) throws -> Manifest {
    let loaded = ManifestLoader.load(Array(text.utf8), file: "m")
    return try #require(loaded.manifest, "\(loaded.report)")
}

struct ManifestLoaderTests {
    @Test func `three actions and nothing else are a manifest`() throws {
        let loaded = ManifestLoader.load(Array(ManifestFixtures.least.utf8), file: "seed.yaml")

        let manifest = try #require(loaded.manifest)
        #expect(manifest.actions.count == 3)
        #expect(manifest.roles.isEmpty)
        #expect(manifest.defaults == Defaults())
        #expect(manifest.digest == Digest(of: Array(ManifestFixtures.least.utf8)))
        let delete = try #require(manifest.actions["delete_production_data"])
        #expect(delete.line == 2)
        #expect(delete.settings.approvalRequired == Sourced(true, line: 3, column: 5))
        #expect(delete.settings.blocking == Sourced(true, line: 4, column: 5))
        #expect(delete.settings.timeout == Sourced(Span(minutes: 15), line: 5, column: 5))
        #expect(delete.settings.undoOperation == Sourced(String?.none, line: 6, column: 5))
        let provision = try #require(manifest.actions["provision_test_environment"])
        #expect(provision.settings.undoOperation?.value == "destroy_environment")
        let update = try #require(manifest.actions["update_crm_record"])
        #expect(update.settings.auditLog == Sourced(true, line: 17, column: 5))
    }

    @Test func `an operation that no section describes has no executor, which is told`() throws {
        let loaded = ManifestLoader.load(Array(ManifestFixtures.least.utf8), file: "m")

        let operation = try #require(loaded.manifest?.operations["destroy_environment"])
        #expect(operation.executor == nil)
        #expect(operation.line == 12)
        #expect(
            loaded.problems.map(\.description) == [
                "m:12:21: warning: the operation ‘destroy_environment’ has no executor: its undo "
                    + "can only be resolved by hand; give operations.destroy_environment a ‘run’ "
                    + "or ‘agent: true’",
                "m:15:5: warning: actions.update_crm_record: has side effects, no undo, and does "
                    + "not block: it will wait whenever its workflow has something pending; "
                    + "name an undo_operation, or say side_effects: false",
            ]
        )
    }

    @Test func `a manifest with everything in it loads without a problem`() throws {
        let loaded = ManifestLoader.load(Array(ManifestFixtures.full.utf8), file: "m")

        #expect(loaded.problems.isEmpty, "\(loaded.report)")
        #expect(loaded.manifest != nil)
        #expect(
            loaded.summary
                == "m: valid: 4 actions, 2 rules, 3 roles, 2 operations; 0 errors, 0 warnings"
        )
    }

    @Test func `sections beside the actions are read in full`() throws {
        let manifest = try manifest(ManifestFixtures.full)

        #expect(manifest.defaults.timeout.value == Span(minutes: 15))
        #expect(manifest.defaults.openItemsPerAgent.value == 100)
        #expect(manifest.defaults.warnAt.value == 0.5)
        #expect(manifest.defaults.unlistedAction.value == .block)
        #expect(manifest.defaults.separateRequester?.value == true)
        #expect(manifest.defaults.escalation.value.map(\.role) == ["primary", "secondary"])
        #expect(manifest.roles["primary"] == Role(groups: ["oncall"]))
        #expect(
            manifest.roles["secondary"] == Role(users: ["bo", "chandra"], groups: ["sre-leads"])
        )
        let destroy = try #require(manifest.operations["destroy_environment"])
        #expect(destroy.executor == .run(["/opt/ops/destroy-env", "--json"]))
        #expect(destroy.timeout == Span(seconds: 60))
        #expect(destroy.retries == 5)
        #expect(destroy.backoff == Span(seconds: 2))
        #expect(destroy.drill == ["/opt/ops/create-env", "--drill"])
        let refund = try #require(manifest.operations["refund"])
        #expect(refund.executor == .agent(users: nil))
        #expect(refund.executorWait == Span(seconds: 30))
        #expect(
            manifest.notifiers == [
                Notifier(
                    occasions: [.itemOpened, .escalated, .undoStuck],
                    role: "primary",
                    command: ["/opt/ops/page"]
                )
            ]
        )
        #expect(
            manifest.resumes == ["deploy-agent": ["/opt/agents/deploy", "--resume", "{workflow}"]]
        )
    }

    @Test func `actions and their rules are read in full`() throws {
        let manifest = try manifest(ManifestFixtures.full)

        let delete = try #require(manifest.actions["delete_production_data"]).settings
        #expect(delete.description?.value == "Drops rows or tables in production")
        #expect(delete.approvals?.value == 2)
        #expect(delete.confirm?.value == .type)
        #expect(
            delete.redact?.value == [
                ArgumentPattern(parts: ["password"]), ArgumentPattern(parts: ["*", "token"]),
            ]
        )
        #expect(
            delete.escalation?.value == [
                TierSpec(role: "dba", span: Span(minutes: 10)),
                TierSpec(role: "secondary", span: Span(minutes: 5)),
            ]
        )
        let provision = try #require(manifest.actions["provision_test_environment"]).settings
        #expect(provision.undoDrillDays?.value == 30)
        #expect(provision.modify?.value == .direct)
        #expect(provision.independentOf?.value == ["create_draft_report"])
        let transaction = try #require(manifest.actions["execute_transaction"])
        #expect(transaction.settings.riskThreshold?.value == 0.85)
        #expect(transaction.settings.queue?.value == "payments")
        #expect(transaction.rules.map(\.name) == ["small", "material"])
        #expect(transaction.rules[0].when == .test(path: .arguments(["amount"]), .less(50)))
        #expect(transaction.rules[0].settings.sample?.value == 0.05)
        #expect(
            transaction.rules[1].when
                == .any([
                    .test(path: .arguments(["amount"]), .greater(5000)),
                    .test(path: .arguments(["currency"]), .noneOf(["EUR", "USD"])),
                ])
        )
        #expect(transaction.rules[1].settings.undoOperation?.value == .some(nil))
        let read = try #require(manifest.actions["read_dashboard"]).settings
        #expect(read.sideEffects?.value == false)
    }

    @Test func `keys that the example leaves out are read too`() throws {
        let manifest = try manifest(
            """
            defaults: {run_within_minutes: 0.5, proposals_per_second: 7, unlisted_action: refuse}
            actions:
              a:
                blocking: true
                max_async_depth: 3
                run_within_minutes: 90
                warn_at: 0.25
            """
        )

        #expect(manifest.defaults.runWithin.value == Span(seconds: 30))
        #expect(manifest.defaults.proposalsPerSecond.value == 7)
        #expect(manifest.defaults.unlistedAction.value == .refuse)
        let settings = try #require(manifest.actions["a"]).settings
        #expect(settings.maxAsyncDepth?.value == 3)
        #expect(settings.runWithin?.value == Span(minutes: 90))
        #expect(settings.warnAt?.value == 0.25)
    }

    @Test func `without a path of its own a manifest asks the usual roles that it has`() throws {
        let one = try manifest("roles: {secondary: {users: [bo]}}\nactions: {}")
        let none = problems("roles: {dba: {users: [bo]}}\nactions: {}")
        let refusing = try manifest(
            "defaults: {unlisted_action: refuse}\nroles: {dba: {users: [bo]}}\nactions: {}"
        )

        #expect(one.defaults.escalation.value.map(\.role) == ["secondary"])
        #expect(
            none == [
                "m:1:1: error: neither ‘primary’ nor ‘secondary’ is among the roles, so nobody "
                    + "would be asked; say who in defaults.escalation"
            ]
        )
        #expect(refusing.roles.count == 1)
    }

    @Test func `without roles the tiers are only names`() throws {
        let manifest = try manifest(
            "actions:\n  a:\n    escalation: [anyone, {to: everyone, minutes: 3}]"
        )

        #expect(
            manifest.actions["a"]?.settings.escalation?.value == [
                TierSpec(role: "anyone"), TierSpec(role: "everyone", span: Span(minutes: 3)),
            ]
        )
    }

    @Test func `an alias repeats what its anchor names`() throws {
        let manifest = try manifest(
            """
            defaults: {escalation: &path [{to: a, minutes: 1}, {to: b, minutes: 2}]}
            actions: {x: {escalation: *path}, y: {escalation: *path}}
            """
        )

        #expect(manifest.actions["x"]?.settings.escalation?.value.map(\.role) == ["a", "b"])
        #expect(manifest.actions["y"]?.settings.escalation?.value.map(\.role) == ["a", "b"])
    }

    @Test func `the report lists each problem, then what the file amounts to`() {
        let refused = ManifestLoader.load(Array("actions: {a: {bloking: true}}".utf8), file: "m")

        #expect(
            refused.report == """
                m:1:15: error: unknown key ‘bloking’ in actions.a; did you mean ‘blocking’?
                m: refused: 1 error, 0 warnings
                """
        )
        #expect(refused.json["valid"] == false)
        #expect(refused.json["digest"] == .some(.null))
        #expect(
            refused.json["problems"] == [
                [
                    "severity": "error", "file": "m", "line": 1, "column": 15,
                    "message": "unknown key ‘bloking’ in actions.a",
                    "hint": "did you mean ‘blocking’?",
                ]
            ]
        )
    }
}
