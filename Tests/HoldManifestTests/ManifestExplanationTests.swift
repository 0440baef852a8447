import HoldCore
import HoldManifest
import Testing

struct ManifestExplanationTests {
    private func explain(
        _ action: String,
        _ arguments: JSONValue = [:],
        risk: Double? = nil,
        under text: String = ManifestFixtures.full
    ) throws -> ManifestExplanation {
        let request = GateRequest(
            action: action,
            arguments: arguments,
            risk: risk,
            agent: "bot",
            depth: 0,
            provenAt: [:],
            now: Instant(milliseconds: 0),
            separation: .enforced
        )
        return try ManifestExplanation(of: request, under: try manifest(text))
    }

    @Test func `a rule is named with its line, and each part with its own`() throws {
        let text = """
            defaults:
              timeout_minutes: 10
            actions:
              pay:
                blocking: false
                undo_operation: refund
                rules:
                  - name: large
                    when: {amount: {gt: 5}}
                    blocking: true
                    escalation: [dba, {to: boss, minutes: 2.5}]
            operations:
              refund: {run: [/bin/refund, --fast]}
            """

        let explanation = try explain("pay", ["amount": 6], under: text)

        #expect(
            explanation.text == """
                pay: waits for the decision (sync)
                  because     rule:large (m:10:9 actions.pay.rules.large.blocking)
                  rule        large (m:8)
                  risk class  MED
                  undo        refund, run as /bin/refund --fast
                  asked       dba for 7.5 minutes, then boss for 2.5 minutes

                approval_required = true  (default)
                blocking = true  (m:10:9 actions.pay.rules.large.blocking)
                undo_operation = refund  (m:6:5 actions.pay.undo_operation)
                timeout_minutes = 10  (m:2:3 defaults.timeout_minutes)
                escalation = dba > boss  (m:11:9 actions.pay.rules.large.escalation)
                approvals = 1  (default)
                risk_threshold = 0.85  (default)
                confirm = none  (default)
                modify = direct  (default)
                max_async_depth = 5  (default)
                run_within_minutes = 60  (default)
                queue = default  (default)
                """
        )
    }

    @Test(
        arguments: [
            ("execute_transaction", 10, nil, "runs at once, no approval is needed (autonomous)"),
            ("execute_transaction", 100, nil, "runs at once and is reviewed beside it (async)"),
            ("execute_transaction", 6_000, nil, "waits for the decision (sync)"),
            ("execute_transaction", 10, 0.9, "waits for the decision (sync)"),
            ("read_dashboard", 0, nil, "runs at once, no approval is needed (autonomous)"),
            ("something_else", 0, nil, "waits for the decision (sync)"),
        ] as [(String, Int64, Double?, String)]
    )
    func `the first line says how the step would meet its gate`(
        action: String,
        amount: Int64,
        risk: Double?,
        outcome: String
    ) throws {
        let arguments: JSONValue = ["amount": .integer(amount), "currency": "EUR"]

        let explanation = try explain(action, arguments, risk: risk)

        #expect(explanation.text.hasPrefix("\(action): \(outcome)\n"))
    }

    @Test func `each reason names the line that it comes from`() throws {
        func reasons(_ action: String, _ text: String, risk: Double? = nil) throws -> JSONValue? {
            try explain(action, ["x": 1], risk: risk, under: text).json["reasons"]
        }
        let drilled = """
            actions: {a: {blocking: false, undo_operation: u, risk_threshold: 0.5,
              undo_drill_days: 3, rules: [{name: r, when: {x: 1},
              undo_drill_days: 2}]}}
            """

        #expect(
            try reasons("a", drilled, risk: 0.6) == [
                ["reason": "risk", "origin": "m:1:51 actions.a.risk_threshold"],
                ["reason": "undo_unproven", "origin": "m:3:3 actions.a.rules.r.undo_drill_days"],
            ]
        )
        #expect(
            try reasons("a", "actions: {a: {undo_operation: ~}}") == [
                ["reason": "manifest", "origin": "default"],
                ["reason": "no_undo", "origin": "m:1:15 actions.a.undo_operation"],
            ]
        )
        #expect(
            try reasons("b", "actions: {}\ndefaults: {unlisted_action: block}") == [
                ["reason": "unlisted_action", "origin": "m:2:12 defaults.unlisted_action"],
                ["reason": "no_undo", "origin": "default"],
            ]
        )
    }

    @Test func `an action that the manifest refuses has no gate to explain`() {
        #expect(throws: Refusal.unlistedAction("b")) {
            try explain("b", under: "actions: {}\ndefaults: {unlisted_action: refuse}")
        }
    }

    @Test func `the JSON form has everything that the text has`() throws {
        let json = try explain("delete_production_data").json

        #expect(json["mode"] == "sync")
        #expect(json["needs_approval"] == true)
        #expect(json["rule"] == .some(.null))
        #expect(json["risk_class"] == "IRREV")
        #expect(json["undo_operation"] == .some(.null))
        #expect(
            json["tiers"] == [
                ["to": "dba", "minutes": 10, "users": ["dee"], "groups": []],
                [
                    "to": "secondary", "minutes": 5, "users": ["bo", "chandra"],
                    "groups": ["sre-leads"],
                ],
            ]
        )
        guard case .array(let parts) = json["policy"] else {
            Issue.record("there is no policy")
            return
        }
        #expect(
            parts.contains([
                "key": "approvals", "value": "2",
                "origin": "m:25:5 actions.delete_production_data.approvals",
            ])
        )
    }
}
