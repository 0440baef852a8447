import Foundation
import HoldCore
import Testing

/// Every verb against a live service: what it prints, and its exit code.
@OffStage struct VerbTests {
    private static let summaryKeys: Set = [
        "number", "workflow", "step", "action", "state", "mode", "queue", "agent",
        "requested_by", "risk", "created_at", "deadline", "tier", "claimed_by", "digest",
        "approvals", "depth", "undo",
    ]

    private func stage() throws -> (Stage, Netcat) {
        let stage = try Stage()
        try stage.serve()
        return (stage, try stage.agent())
    }

    @Test func `list and show print the shapes that scripts rely on`() throws {
        let (stage, agent) = try stage()
        _ = try agent.propose("w", "provision_test_environment", undo: ["env": "e"])
        let item = try #require(try stage.json("list").list.first)
        #expect(item.keys.isSuperset(of: VerbTests.summaryKeys))
        #expect(item["depth"]?.keys == ["current", "max"])
        #expect(item["approvals"]?.keys == ["given", "needed"])
        #expect(item["undo"]?.keys == ["steps", "proven_at"])
        let shown = try stage.json("show", "1")
        #expect(
            shown.keys.isSuperset(of: ["arguments", "context", "policy", "undo_chain", "history"])
        )
        let link = try #require(shown["undo_chain"]?.list.first)
        #expect(
            link.keys.isSuperset(
                of: ["step", "action", "operation", "state", "attempts", "error", "in_doubt"])
        )
        #expect(try stage.run("list").out.contains("w:w/1"))
        #expect(try stage.run("show", "w:w/1").out.contains("provision_test_environment"))
        #expect(try stage.run("show", "99").code == 1)
    }

    @Test func `workflows, workflow and the undo preview tell of what is exposed`() throws {
        let (stage, agent) = try stage()
        _ = try agent.propose("w", "provision_test_environment", undo: ["env": "e"])
        let workflow = try #require(try stage.json("workflows").list.first)
        let keys: Set = ["workflow", "title", "agent", "status", "pending", "depth", "updated_at"]
        #expect(workflow.keys.isSuperset(of: keys))
        let detail = try stage.json("workflow", "w")
        #expect(detail.keys.isSuperset(of: keys.union(["steps", "items", "undo_chain", "events"])))
        let preview = try #require(try stage.json("undo", "preview", "w").list.first)
        #expect(preview["steps"]?.list.map { $0["step"] } == ["w/1"])
    }

    @Test func `approve answers with each of its exit codes`() throws {
        let (stage, agent) = try stage()
        _ = try agent.propose("w", "delete_production_data")
        let digest = try stage.item("w")["digest"]?.text ?? ""
        let other = "sha256:" + String(repeating: "0", count: 64)
        #expect(try stage.run("approve", "1").code == 64)
        #expect(try stage.run("approve", "1", "--digest", "nonsense").code == 64)
        #expect(try stage.run("approve", "1", "--digest", other).code == 14)
        #expect(try stage.run("approve", "1", "--digest", digest).code == 0)
        let late = try stage.run("reject", "1", "--reason", "late", "--json")
        #expect(late.code == 13)
        #expect(try late.json()["error"]?.keys == ["code", "message", "data"])
        #expect(try stage.run("nonsense").code == 64)
    }

    @Test func `without a service every verb ends with 69`() throws {
        let stage = try Stage()
        for verb in [["list"], ["show", "1"], ["status"], ["workflows"], ["audit", "verify"]] {
            #expect(try stage.command(verb).code == 69, "\(verb)")
        }
        let ran = try stage.run("list", "--json")
        #expect(try ran.json()["error"]?["code"] == "no_service")
    }

    @Test func `a person outside the manifest's roles gets 77`() throws {
        let stage = try Stage(
            manifest: """
                roles: { primary: { users: [nobody-of-this-name] } }
                actions:
                  drop:
                    approval_required: true
                    escalation: [{ to: primary, minutes: 10 }]
                """
        )
        try stage.serve()
        _ = try stage.agent().propose("w", "drop")
        let digest = try stage.item("w")["digest"]?.text ?? ""
        #expect(try stage.run("approve", "1", "--digest", digest).code == 77)
        #expect(try stage.item("w")["state"] == "pending_review")
    }

    @Test func `modify, escalate and typed confirmation`() throws {
        let (stage, agent) = try stage()
        _ = try agent.propose("w", "delete_production_data", arguments: ["n": 2])
        #expect(try stage.json("escalate", "1")["tier"] == "second")
        #expect(try stage.run("escalate", "1").code == 1)
        let changed = try stage.run(
            "modify",
            "1",
            "--arguments",
            "{\"n\":1}",
            "--reason",
            "one is enough"
        )
        #expect(changed.code == 0, "\(changed)")
        let leave = try agent.ask("step.wait", Netcat.name("w"))
        #expect(leave["arguments"] == ["n": 1])
        _ = try agent.propose("t", "typed")
        let digest = try stage.item("t")["digest"]?.text ?? ""
        #expect(try stage.run("approve", "2", "--digest", digest).code == 64)
        #expect(
            try stage.run("approve", "2", "--digest", digest, "--confirm", "typed").code == 0
        )
    }

    @Test func `halt stops new permits until resume`() throws {
        let (stage, agent) = try stage()
        #expect(try stage.json("halt", "--all", "--reason", "fire")["halts"]?.list.count == 1)
        let refused = try agent.refusal(
            "step.propose",
            ["workflow": "w", "step": "w/1", "action": "update_crm_record", "arguments": [:]]
        )
        #expect(refused["data"]?["code"] == "halted")
        #expect(try stage.json("resume", "--all", "--reason", "out")["halts"]?.list == [])
        #expect(try agent.propose("w", "update_crm_record")["proceed"] == true)
    }

    @Test func `run gates a command, and tells outcomes apart by its exit code`() throws {
        let (stage, _) = try stage()
        let free = try stage.run("run", "--action", "update_crm_record", "--", "sh", "-c", "exit 3")
        #expect(free.code == 3, "\(free)")
        let brief = try stage.run("run", "--action", "brief", "--", "touch", "x")
        #expect(brief.code == 11, "\(brief)")
        let waits = try stage.run(
            "run",
            "--action",
            "typed",
            "--timeout",
            "0.05",
            "--",
            "touch",
            "x"
        )
        #expect(waits.code == 75, "\(waits)")
        let gated = try stage.start(
            Stage.binary,
            ["run", "--workflow", "g", "--action", "delete_production_data", "--", "touch", "x"]
        )
        try stage.reject("g")
        #expect(try gated.wait() == 10)
        #expect(!stage.has("x"))
    }

    @Test func `a stuck undo is steered to its end`() throws {
        let (stage, agent) = try stage()
        try stage.write(
            "#!/bin/sh\ntest -e ROOT/fixed || exit 1\necho '{\"outcome\":\"undone\"}'\n",
            to: "undo.sh",
            mode: 0o700
        )
        for workflow in ["retried", "resolved"] {
            let answer = try agent.propose(workflow, "scripted", undo: ["n": 1])
            try agent.finish(workflow, answer)
            try stage.reject(workflow)
            let isStuck = try eventually {
                try stage.json("workflow", workflow)["status"] == "stuck"
            }
            #expect(isStuck)
        }
        try stage.write("", to: "fixed")
        #expect(try stage.run("undo", "retry", "retried", "--reason", "fixed").code == 0)
        #expect(
            try eventually { try stage.json("workflow", "retried")["rollback"] == "rolled_back" }
        )
        #expect(try stage.run("undo", "resolve", "resolved", "--reason", "by hand").code == 0)
        let end = try stage.json("workflow", "resolved")["rollback"]
        #expect(
            end == "rolled_back_with_exceptions" || end == "rolled_back",
            "\(String(describing: end))"
        )
    }

    @Test func `watch begins after an event, and audit verifies`() throws {
        let (stage, agent) = try stage()
        _ = try agent.propose("w", "update_crm_record")
        let events = try stage.run("audit", "list", "--json").lines.map {
            try JSONValue(parsing: $0)
        }
        #expect(events.map { $0["seq"]?.int } == events.indices.map { $0 + 1 })
        #expect(
            events[0].keys.isSuperset(
                of: [
                    "seq", "workflow", "version", "type", "at", "actor", "manifest", "data",
                    "previous", "hash",
                ])
        )
        let watch = try stage.start(Stage.binary, ["watch", "--after", "1", "--json"])
        #expect(watch.output.wait { $0.split(separator: "\n").count == events.count - 1 })
        #expect(try stage.json("audit", "verify")["ok"] == true)
    }

    @Test func `stats counts, and the audit is searched from its end`() throws {
        let (stage, agent) = try stage()
        for workflow in ["w", "v"] {
            _ = try agent.propose(workflow, "provision_test_environment", undo: ["env": "e"])
        }
        try stage.approve("w")
        try stage.reject("v", reason: "wrong\u{1B}[2J region")
        let stats = try stage.json("stats", "--since", "1h")
        #expect(stats["total"]?["items"] == 2)
        #expect(stats["total"]?["approved"] == 1)
        #expect(stats["by_action"]?.list.map { $0["name"] } == ["provision_test_environment"])
        #expect(stats["signs"]?["decided"] == 2)
        let printed = try stage.run("stats")
        #expect(printed.code == 0 && printed.out.contains("BY REVIEWER"), "\(printed)")
        #expect(printed.out.contains("YOURS, AND SHOWN TO YOU ALONE"))
        #expect(try stage.run("stats", "--since", "yesterday").code == 64)

        let all = ["audit", "list", "--json"]
        let whole = try stage.command(all).lines.map { try JSONValue(parsing: $0) }
        let newest = try stage.command(all + ["--newest", "--limit", "3"]).lines.map {
            try JSONValue(parsing: $0)
        }
        #expect(newest == whole.suffix(3).reversed())
        #expect(whole.allSatisfy { $0["item"] == nil })
        let decided = try stage.run(
            "audit",
            "list",
            "--type",
            "item_decided",
            "--kind",
            "reviewer",
            "--text",
            "region"
        )
        #expect(decided.lines.count == 1)
        #expect(decided.out.contains("#2 provision_test_environment, rejected"), "\(decided)")
        #expect(!decided.out.contains("\u{1B}"))
    }

    @Test func `list takes the filter language`() throws {
        let (stage, agent) = try stage()
        for workflow in ["w", "v"] {
            _ = try agent.propose(workflow, "provision_test_environment", undo: ["env": "e"])
        }
        #expect(try stage.json("list", "--text", "wf:v -mail").list.count == 1)
        let refused = try stage.run("list", "--text", "agnet:me")
        #expect(refused.code != 0 && refused.err.contains("agnet:me"), "\(refused)")
    }

    @Test func `a decided item is shown as it was shown and decided, after a restart too`() throws {
        let (stage, agent) = try stage()
        _ = try agent.ask(
            "step.propose",
            [
                "workflow": "w", "step": "w/1", "action": "delete_production_data",
                "arguments": ["table": "old"], "summary": "Drop it",
                "context": [["kind": "markdown", "title": "Why", "body": "**unused**"]],
            ]
        )
        try stage.approve("w")
        let before = try stage.json("show", "1")
        #expect(before["state"] == "approved")
        #expect(before["context"]?.list.first?["body"] == "**unused**")
        #expect(before["arguments"] == ["table": "old"])
        #expect(before["decision"]?["digest"] == before["digest"])
        let review = before["history"]?.list.first { $0["what"] == "approve" }
        #expect(review?["digest"] == before["digest"])
        #expect(before["would_undo"] == ["steps": [], "withdraws": []])
        #expect(before["policy"]?.list.isEmpty == false)

        try stage.killAndServe()
        let after = try stage.json("show", "1")
        #expect(after == before)
    }

    @Test func `status and stop`() throws {
        let (stage, _) = try stage()
        let status = try stage.json("status")
        #expect(status["pid"]?.int == stage.service.map { Int($0.pid) })
        #expect(status["separation"] == "none")
        #expect(try stage.run("stop").code == 0)
        #expect(try stage.service?.wait() == 0)
        #expect(!stage.has("run/agent.sock"))
        #expect(try stage.run("status").code == 69)
    }

    @Test func `manifest, theme and sdk need no service`() throws {
        let stage = try Stage()
        #expect(try stage.run("manifest", "check").code == 0)
        try stage.write("actions:\n  a: { undo_operatoin: x }\n", to: "bad.yaml")
        let bad = try stage.run("manifest", "check", "bad.yaml")
        #expect(bad.code == 1 && bad.out.contains("bad.yaml:2:"), "\(bad)")
        #expect(bad.out.contains("undo_operation"))
        let explained = try stage.run("manifest", "explain", "delete_production_data")
        #expect(explained.code == 0 && explained.out.contains("manifest.yaml:"), "\(explained)")
        let themes = try stage.json("theme", "list").list.compactMap(\.text)
        #expect(themes.contains("harbor-dark"))
        for theme in themes { #expect(try stage.run("theme", "show", theme).code == 0) }
        #expect(try stage.run("theme", "check").code == 0)
        #expect(try stage.run("sdk", "python").out.contains("class Client"))
    }
}
