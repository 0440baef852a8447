import HoldManifest
import Testing

struct ManifestWarningTests {
    @Test(arguments: [
        ManifestCase(
            """
            actions:
              a:
                rules:
                  - {name: one, when: {x: 1}}
                  - {name: two, when: {x: {eq: 1}}}
            """,
            "m:5:10: warning: the rule ‘two’ is never reached: ‘one’ before it has the same "
                + "condition"
        ),
        ManifestCase(
            """
            actions:
              a:
                rules:
                  - {name: all, when: {}}
                  - {name: two, when: {x: 2}}
                  - {name: three, when: {x: 3}}
            """,
            "m:5:10: warning: the rule ‘two’ is never reached: ‘all’ before it always matches",
            "m:6:10: warning: the rule ‘three’ is never reached: ‘all’ before it always matches"
        ),
        ManifestCase(
            """
            actions:
              a:
                rules:
                  - {name: some, when: {any: [{x: 1}, {}]}}
                  - {when: {x: 2}, name: two}
            """,
            "m:5:24: warning: the rule ‘two’ is never reached: ‘some’ before it always matches"
        ),
        ManifestCase(
            """
            actions:
              a:
                rules:
                  - {name: one, when: {x: 1}}
                  - {name: two, when: {x: 2}}
                  - {name: last, when: {}}
              b:
                rules: [{name: one, when: {x: 1}}]
            """
        ),
    ])
    func `a rule that is never reached is warned of`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }

    @Test(arguments: [
        ManifestCase(
            "actions: {a: {undo_operation: u}}\n"
                + "operations:\n  u: {agent: true}\n  v: {agent: true}",
            "m:4:3: warning: nothing uses the operation ‘v’"
        ),
        ManifestCase(
            "actions:\n  a:\n    rules: [{name: r, when: {x: 1}, undo_operation: u}]\n"
                + "operations:\n  u: {agent: true}"
        ),
    ])
    func `an operation that nothing uses is warned of`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }

    @Test(arguments: ["u: {}", "u:", "u: {agent: false}", "u: {retries: 3}"])
    func `an undo with no executor is warned of where the operation stands`(line: String) {
        #expect(
            problems("actions: {a: {undo_operation: u}}\noperations:\n  \(line)\n") == [
                "m:3:3: warning: the operation ‘u’ has no executor: its undo can only be resolved "
                    + "by hand; give operations.u a ‘run’ or ‘agent: true’"
            ]
        )
    }

    @Test func `an undo that several actions name is warned of once`() {
        #expect(
            problems("actions: {a: {undo_operation: u}, b: {undo_operation: u}}") == [
                "m:1:31: warning: the operation ‘u’ has no executor: its undo can only be resolved "
                    + "by hand; give operations.u a ‘run’ or ‘agent: true’"
            ]
        )
    }

    @Test(arguments: [
        ManifestCase(
            "actions:\n  a:\n    approval_required: false",
            "m:3:5: warning: actions.a: has side effects, no undo, and does not block: it will "
                + "wait whenever its workflow has something pending; "
                + "name an undo_operation, or say side_effects: false"
        ),
        ManifestCase(
            "actions:\n  a:\n    rules: [{name: r, when: {x: 1}, approval_required: false}]",
            "m:3:37: warning: actions.a.rules.r: has side effects, no undo, and does not block: "
                + "it will wait whenever its workflow has something pending; "
                + "name an undo_operation, or say side_effects: false"
        ),
        ManifestCase(
            "operations: {u: {agent: true}}\nactions: {a: {approval_required: false, "
                + "undo_operation: u, rules: [\n{name: r, when: {x: 1}, undo_operation: null}]}}",
            "m:3:25: warning: actions.a.rules.r: has side effects, no undo, and does not block: "
                + "it will wait whenever its workflow has something pending; "
                + "name an undo_operation, or say side_effects: false"
        ),
        ManifestCase("actions: {a: {approval_required: false, side_effects: false}}"),
        ManifestCase(
            "operations: {u: {agent: true}}\n"
                + "actions: {a: {approval_required: false, undo_operation: u}}"
        ),
    ])
    func `an autonomous action that cannot be undone is warned of`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }

    @Test(arguments: [
        ManifestCase(
            "actions:\n  a:\n    timeout_minutes: 15\n    escalation: [{to: x, minutes: 10}]",
            "m:3:5: warning: actions.a: timeout_minutes is 15, but the tiers' minutes, "
                + "which count, add up to 10"
        ),
        ManifestCase(
            "defaults:\n  timeout_minutes: 2.5\n  escalation: [{to: x, minutes: 2}]\n"
                + "actions: {a: {}}",
            "m:2:3: warning: defaults: timeout_minutes is 2.5, but the tiers' minutes, "
                + "which count, add up to 2"
        ),
        ManifestCase(
            "defaults:\n  escalation: [{to: x, minutes: 15}]\n"
                + "actions:\n  a: {timeout_minutes: 60}",
            "m:4:7: warning: actions.a: timeout_minutes is 60, but the tiers' minutes, "
                + "which count, add up to 15"
        ),
        ManifestCase(
            "actions:\n  a:\n    escalation: [{to: x, minutes: 10}]\n"
                + "    rules: [{name: r, when: {x: 1}, timeout_minutes: 5}]",
            "m:4:37: warning: actions.a.rules.r: timeout_minutes is 5, but the tiers' minutes, "
                + "which count, add up to 10"
        ),
        ManifestCase(
            "actions: {a: {timeout_minutes: 10, escalation: [{to: x, minutes: 7}, "
                + "{to: y, minutes: 3}]}}"
        ),
        ManifestCase(
            "defaults: {timeout_minutes: 30}\n"
                + "actions: {a: {escalation: [{to: x, minutes: 7}]}}"
        ),
        ManifestCase(
            "actions: {a: {timeout_minutes: 30, rules: [{name: r, when: {x: 1}, "
                + "escalation: [{to: x, minutes: 7}]}]}}"
        ),
    ])
    func `a timeout that differs from the tiers' sum is warned of`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }

    @Test func `drills without a command to drill with are warned of`() {
        let actions = "actions: {a: {undo_operation: u,\n  undo_drill_days: 30}}\n"

        #expect(
            problems(actions + "operations: {u: {agent: true}}") == [
                "m:2:3: warning: actions.a: undo_drill_days asks for drills, "
                    + "but the operation ‘u’ has no ‘drill’"
            ]
        )
        #expect(problems(actions + "operations: {u: {agent: true, drill: [x]}}").isEmpty)
    }

    @Test func `an independent action that is nearly listed is warned of`() {
        #expect(
            problems("actions: {draft: {}, send: {independent_of: [darft, other]}}") == [
                "m:1:46: warning: no action is listed as ‘darft’; did you mean ‘draft’?"
            ]
        )
    }
}
