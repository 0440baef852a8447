import HoldManifest
import Testing

/// One manifest with what must be said of it.
struct ManifestCase: CustomTestStringConvertible, Sendable {
    var text: String
    var problems: [String]

    init(_ text: String, _ problems: String...) {
        self.text = text
        self.problems = problems
    }

    var testDescription: String { text }
}

struct ManifestErrorTests {
    @Test(arguments: [
        ManifestCase(
            "actions:\n  a:\n    undo_operatoin: null",
            "m:3:5: error: unknown key ‘undo_operatoin’ in actions.a; "
                + "did you mean ‘undo_operation’?"
        ),
        ManifestCase(
            "actions: {}\nzzzzzz: 1",
            "m:2:1: error: unknown key ‘zzzzzz’"
        ),
        ManifestCase(
            "actions: {}\ndefaults:\n  timeout: 1",
            "m:3:3: error: unknown key ‘timeout’ in defaults; did you mean ‘timeout_minutes’?"
        ),
        ManifestCase(
            "actions: {}\nroles:\n  primary: {user: [bo]}",
            "m:3:3: error: the role ‘primary’ has neither users nor groups: nobody could decide",
            "m:3:13: error: unknown key ‘user’ in roles.primary; did you mean ‘users’?"
        ),
        ManifestCase(
            "actions: {a: {rules: [{name: r, when: {}, wen: 1}]}}",
            "m:1:43: error: unknown key ‘wen’ in actions.a.rules[0]; did you mean ‘when’?"
        ),
        ManifestCase(
            "actions: {a: {escalation: [{to: x, minute: 1}]}}",
            "m:1:36: error: unknown key ‘minute’ in actions.a.escalation[0]; "
                + "did you mean ‘minutes’?"
        ),
        ManifestCase(
            "actions: {}\nversion: 2",
            "m:2:10: error: version 2 is not known; this is version 1"
        ),
        ManifestCase(
            "version: 1",
            "m:1:1: error: ‘actions’ is missing: "
                + "a manifest lists its actions there"
        ),
        ManifestCase(
            "actions:",
            "m:1:9: error: actions: expected a mapping, found nothing"
        ),
        ManifestCase("[1]", "m:1:1: error: the manifest: expected a mapping, found a list"),
        ManifestCase(
            "",
            "m:1:1: error: the file is empty; a manifest lists its actions under ‘actions’"
        ),
        ManifestCase(
            "# nothing\n",
            "m:1:1: error: the file is empty; a manifest lists its actions under ‘actions’"
        ),
    ])
    func `a key that is not known or missing is an error`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }

    @Test(arguments: [
        (
            "blocking: yes",
            "19: error: actions.a.blocking: expected true or false, "
                + "found the text ‘yes’; did you mean ‘true’?"
        ),
        (
            "blocking: 1",
            "19: error: actions.a.blocking: expected true or false, "
                + "found the number 1"
        ),
        ("blocking: ~", "19: error: actions.a.blocking: expected true or false, found nothing"),
        (
            "approvals: two",
            "20: error: actions.a.approvals: expected a number, "
                + "found the text ‘two’"
        ),
        (
            "approvals: '2'",
            "20: error: actions.a.approvals: expected a number, "
                + "found the text ‘2’; leave the quotes out"
        ),
        (
            "approvals: 1.5",
            "20: error: actions.a.approvals: expected a whole number, "
                + "found the number 1.5"
        ),
        (
            "description: 5",
            "22: error: actions.a.description: expected a text, "
                + "found the number 5; put it in quotes"
        ),
        ("description: [x]", "22: error: actions.a.description: expected a text, found a list"),
        (
            "escalation: x",
            "21: error: actions.a.escalation: expected a list of roles, "
                + "or of { to: role, minutes: … }, found the text ‘x’"
        ),
        (
            "escalation: [5]",
            "22: error: actions.a.escalation[0]: expected a role, "
                + "found the number 5"
        ),
        (
            "escalation: [{minutes: 5}]",
            "22: error: actions.a.escalation[0]: ‘to’ is missing: "
                + "which role is asked"
        ),
        (
            "confirm: typ",
            "18: error: actions.a.confirm: expected none, key or type, "
                + "found the text ‘typ’; did you mean ‘type’?"
        ),
        (
            "confirm: null",
            "18: error: actions.a.confirm: expected none, key or type, "
                + "found nothing"
        ),
        (
            "modify: reaprove",
            "17: error: actions.a.modify: expected direct, reapprove or forbid, "
                + "found the text ‘reaprove’; did you mean ‘reapprove’?"
        ),
        ("redact: [a..b]", "18: error: actions.a.redact[0]: ‘a..b’ has an empty part"),
        (
            "redact: token",
            "17: error: actions.a.redact: expected a list of argument paths, "
                + "found the text ‘token’"
        ),
        (
            "undo_operation: false",
            "25: error: actions.a.undo_operation: "
                + "expected an operation or null, found false"
        ),
        ("queue: \"\"", "16: error: actions.a.queue: a name has 1 to 200 characters"),
        ("queue: \"a\\tb\"", "16: error: actions.a.queue: a name has no control characters"),
        (
            "independent_of: b",
            "25: error: actions.a.independent_of: expected a list of actions, "
                + "found the text ‘b’"
        ),
        ("rules: {}", "16: error: actions.a.rules: expected a list of rules, found a mapping"),
    ])
    func `a value of the wrong kind is an error that names both kinds`(
        line: String,
        problem: String
    ) {
        #expect(problems("actions: {a: {\n        \(line)}}") == ["m:2:\(problem)"])
    }

    @Test(arguments: [
        ("risk_threshold", "1.1", "0…1"), ("risk_threshold", "-0.1", "0…1"),
        ("sample", "2", "0…1"), ("warn_at", "1.01", "0…1"), ("approvals", "0", "1…20"),
        ("approvals", "21", "1…20"), ("max_async_depth", "0", "1…10000"),
        ("max_async_depth", "10001", "1…10000"), ("timeout_minutes", "525601", "0…525600"),
        ("timeout_minutes", "-1", "0…525600"), ("run_within_minutes", "1e9", "0…525600"),
        ("undo_drill_days", "366", "0…365"),
    ])
    func `a number out of its range is an error that names the range`(
        key: String,
        value: String,
        range: String
    ) {
        let column = key.count + 3
        #expect(
            problems("actions: {a: {\n\(key): \(value)}}") == [
                "m:2:\(column): error: actions.a.\(key): \(value) is not within \(range)"
            ]
        )
    }

    @Test(arguments: [
        ("risk_threshold", "1"), ("risk_threshold", "0"), ("approvals", "20"),
        ("max_async_depth", "10000"), ("timeout_minutes", "525600"), ("timeout_minutes", "0.01"),
        ("timeout_minutes", "+1.5e1"), ("approvals", "0x2"),
    ])
    func `a number within its range is none`(key: String, value: String) {
        #expect(problems("actions: {a: {\n\(key): \(value)}}").isEmpty)
    }

    @Test(arguments: ["0", "0.0", "null", "~", ""])
    func `a gate without a timeout is an error`(value: String) {
        let found = problems("actions:\n  a:\n    blocking: true\n    timeout_minutes: \(value)\n")

        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("m:4:") == true)
        #expect(
            found.first?.hasSuffix(
                "error: actions.a.timeout_minutes: a gate without a timeout could stall forever; "
                    + "leave the key out to take the default"
            ) == true
        )
    }

    @Test(arguments: [
        ManifestCase(
            "actions: {a: {escalation: []}}",
            "m:1:27: error: actions.a.escalation: with nobody to ask, a gate would stall"
        ),
        ManifestCase(
            "actions: {a: {timeout_minutes: 5, escalation: [{to: x, minutes: 5}, y]}}",
            "m:1:35: error: actions.a: the tiers' minutes leave nothing of the timeout's "
                + "5 minutes for ‘y’"
        ),
        ManifestCase(
            "actions: {a: {escalation: [{to: x, minutes: 5}, y], rules: [\n"
                + "  {name: r, when: {}, timeout_minutes: 2}]}}",
            "m:2:23: error: actions.a.rules.r: the tiers' minutes leave nothing of the timeout's "
                + "2 minutes for ‘y’"
        ),
        ManifestCase(
            "defaults: {escalation: [{to: x, minutes: 15}, y]}\nactions: {a: {}, b: {}}",
            "m:1:12: error: defaults: the tiers' minutes leave nothing of the timeout's "
                + "15 minutes for ‘y’"
        ),
        ManifestCase("actions: {a: {timeout_minutes: 5, escalation: [{to: x, minutes: 4}, y]}}"),
    ])
    func `a gate that would stall or skip a tier is an error`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }

    @Test(arguments: [
        ManifestCase(
            "actions:\n  a:\n    blocking: false",
            "m:3:5: error: actions.a: does not block and has no undo: a rejection would come too "
                + "late; say blocking: true, or name an undo_operation"
        ),
        ManifestCase(
            "actions:\n  a:\n    undo_operation: null\n    blocking: false",
            "m:4:5: error: actions.a: does not block and has no undo: a rejection would come too "
                + "late; say blocking: true, or name an undo_operation"
        ),
        ManifestCase(
            "operations: {u: {agent: true}}\nactions: {a: {blocking: false, undo_operation: u,"
                + " rules: [\n  {name: r, when: {}, undo_operation: null}]}}",
            "m:3:23: error: actions.a.rules.r: does not block and has no undo: a rejection would "
                + "come too late; say blocking: true, or name an undo_operation"
        ),
        ManifestCase("actions: {a: {blocking: true}}"),
        ManifestCase("actions: {a: {}}"),
        ManifestCase("actions: {a: {blocking: false, side_effects: false}}"),
        ManifestCase(
            "operations: {u: {agent: true}}\nactions: {a: {blocking: false, undo_operation: u,"
                + " rules: [{name: r, when: {}, undo_operation: null, blocking: true}]}}"
        ),
    ])
    func `a gate that neither blocks nor can be undone is an error`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }

    @Test(arguments: [
        ManifestCase(
            "roles: {primary: {users: [bo]}}\nactions: {a: {escalation: [primry]}}",
            "m:2:28: error: unknown role ‘primry’; did you mean ‘primary’?"
        ),
        ManifestCase(
            "roles: {primary: {users: [bo]}}\nactions: {}\n"
                + "notify: [{on: decided, role: dba, run: [x]}]",
            "m:3:30: error: unknown role ‘dba’"
        ),
        ManifestCase(
            "roles: {primary: {users: [bo]}}\nactions: {}\n"
                + "defaults: {escalation: [{to: seconday}]}",
            "m:3:30: error: unknown role ‘seconday’"
        ),
        ManifestCase(
            "operations: {refund: {agent: true}}\n"
                + "actions: {a: {undo_operation: refnud}, b: {undo_operation: refund}}",
            "m:2:31: error: unknown operation ‘refnud’; did you mean ‘refund’?"
        ),
        ManifestCase(
            "operations: {}\nactions: {a: {undo_operation: refund}}",
            "m:2:31: error: unknown operation ‘refund’"
        ),
    ])
    func `a name that nothing has is an error`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }

    @Test(arguments: [
        ManifestCase(
            "roles: {primary: {users: [bo]}}\nactions:\n  a: {approvals: 2}",
            "m:3:7: error: actions.a: needs 2 approvals, but primary can field only 1"
        ),
        ManifestCase(
            "roles: {primary: {users: [bo, bo]}, secondary: {users: [bo, cy]}}\n"
                + "actions:\n  a: {approvals: 3}",
            "m:3:7: error: actions.a: needs 3 approvals, "
                + "but primary, secondary can field only 2"
        ),
        ManifestCase(
            "roles: {primary: {users: [bo, cy]}, dba: {users: [dee]}}\n"
                + "actions:\n  a: {approvals: 2, rules: [{name: r, when: {}, escalation: [dba]}]}",
            "m:3:49: error: actions.a.rules.r: needs 2 approvals, but dba can field only 1"
        ),
        ManifestCase("roles: {primary: {groups: [ops]}}\nactions:\n  a: {approvals: 9}"),
        ManifestCase("roles: {primary: {users: [bo, cy]}}\nactions:\n  a: {approvals: 2}"),
        ManifestCase("actions:\n  a: {approvals: 9}"),
    ])
    func `more approvals than the roles can field are an error`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }

    @Test(arguments: [
        ManifestCase(
            "actions: {}\nroles: {}",
            "m:2:1: error: neither ‘primary’ nor ‘secondary’ is among the roles, so nobody would "
                + "be asked; say who in defaults.escalation",
            "m:2:8: error: roles names nobody; leave it out to let whoever can open the review "
                + "socket decide"
        ),
        ManifestCase(
            "actions: {}\nroles:\n  primary: {users: []}",
            "m:3:3: error: the role ‘primary’ has neither users nor groups: nobody could decide"
        ),
        ManifestCase(
            "actions: {a: {undo_operation: u}}\noperations:\n  u: {run: [x], agent: true}",
            "m:3:17: error: operations.u: either ‘run’ or ‘agent’ carries it out, not both"
        ),
        ManifestCase(
            "actions: {a: {undo_operation: u}}\noperations:\n  u: {run: []}",
            "m:3:12: error: operations.u.run: a command needs at least its program"
        ),
        ManifestCase(
            "actions: {a: {undo_operation: u}}\noperations:\n  u: {run: /bin/x}",
            "m:3:12: error: operations.u.run: expected a command as a list of words, "
                + "found the text ‘/bin/x’"
        ),
        ManifestCase(
            "actions: {a: {undo_operation: u}}\noperations:\n  u: {run: [x, null], retries: 0}",
            "m:3:16: error: operations.u.run[1]: expected a word, found nothing",
            "m:3:32: error: operations.u.retries: 0 is not within 1…1000"
        ),
        ManifestCase(
            "actions: {a: {undo_operation: u}}\n"
                + "operations:\n  u: {agent: true, timeout_seconds: 0}",
            "m:3:37: error: operations.u.timeout_seconds: must be above 0"
        ),
        ManifestCase(
            "actions: {}\nnotify: [{on: [item_opend]}]",
            "m:2:10: error: notify[0]: ‘run’ is missing",
            "m:2:16: error: notify[0].on[0]: expected item_opened, escalated, warned, decided, "
                + "undo_stuck or unwound, found the text ‘item_opend’; "
                + "did you mean ‘item_opened’?"
        ),
        ManifestCase(
            "actions: {}\nnotify: [{on: [], run: [x]}]",
            "m:2:15: error: notify[0].on: names no occasion"
        ),
        ManifestCase(
            "actions: {}\nresume: {agent: {}}",
            "m:2:17: error: resume.agent: ‘run’ is missing"
        ),
        ManifestCase(
            "actions: {a: {rules: [{blocking: true}]}}",
            "m:1:23: error: actions.a.rules[0]: ‘name’ is missing: "
                + "reviewers are told which rule decided",
            "m:1:23: error: actions.a.rules[0]: ‘when’ is missing; "
                + "write ‘when: {}’ for a rule that always matches"
        ),
        ManifestCase(
            "actions:\n  a:\n    rules:\n      - {name: r, when: {x: 1}}\n"
                + "      - {name: r, when: {x: 2}}",
            "m:5:10: error: actions.a: two rules have the name ‘r’"
        ),
    ])
    func `a section that cannot be meant is an error`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }
}
