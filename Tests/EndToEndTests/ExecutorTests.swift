import Foundation
import HoldCore
import Testing

/// `holdshort executor test` against executors that keep the contract, and that break one rule each.
@OffStage struct ExecutorTests {
    private static func manifest(_ operation: String) -> String {
        """
        actions:
          make: { approval_required: true, blocking: false, undo_operation: unmake }
        operations:
          unmake: { \(operation) }
        """
    }

    private static let drilled = "run: [ROOT/unmake, undo], drill: [ROOT/unmake, do]"

    private func stage(
        _ script: String = ExecutorFault.goodScript,
        operation: String = ExecutorTests.drilled
    ) throws -> Stage {
        let stage = try Stage(manifest: ExecutorTests.manifest(operation))
        try stage.write(script, to: "unmake", mode: 0o700)
        try stage.write("", to: "marks/none")
        return stage
    }

    /// Runs the trial, of one rule or all; which rules it found broken, with why.
    private func broken(
        in stage: Stage,
        only rule: String? = nil
    ) throws -> (rules: [String: String], code: Int32) {
        let chosen = rule.map { ["--rule", $0] } ?? []
        let ran = try stage.command(["executor", "test", "unmake", "--json"] + chosen)
        let findings = try ran.json().list
        #expect(findings.count == (rule == nil ? 12 : 1), "\(ran)")
        var rules: [String: String] = [:]
        for finding in findings where finding["result"] == "failed" {
            #expect(finding["advice"]?.text?.isEmpty == false)
            rules[finding["rule"]?.text ?? "?"] = finding["reason"]?.text ?? "?"
        }
        return (rules, ran.code)
    }

    @Test func `an executor that keeps the contract passes every rule`() throws {
        let stage = try stage()

        let ran = try stage.run("executor", "test", "unmake")

        #expect(ran.code == 0, "\(ran)")
        #expect(ran.lines.dropLast().allSatisfy { $0.hasPrefix("ok  ") }, "\(ran.out)")
        #expect(ran.lines.last == "12 rules hold, 0 are broken")
        let marks = try FileManager.default.contentsOfDirectory(atPath: stage.file("marks").path)
        #expect(marks.contains { $0.hasSuffix(".mark") })
        #expect(!marks.contains { $0.hasSuffix(".thing") }, "something was left standing")
    }

    @Test func `without a drill command it says which rules were not tried`() throws {
        let stage = try stage(operation: "run: [ROOT/unmake, undo]")

        let ran = try stage.run("executor", "test", "unmake", "--json")

        #expect(ran.code == 0, "\(ran)")
        let untried = try ran.json().list.filter { $0["result"] == "not_tried" }
        #expect(untried.map { $0["rule"] } == ["mark", "done_and_undone", "late_do"])
        #expect(untried.allSatisfy { $0["reason"]?.text?.contains("drill command") == true })
    }

    @Test(arguments: ExecutorFault.all)
    func `an executor that breaks a rule is found out, and by that rule`(
        _ fault: ExecutorFault
    ) throws {
        let script = ExecutorFault.goodScript.replacingOccurrences(of: fault.good, with: fault.bad)
        try #require(script != ExecutorFault.goodScript)

        // Every trial runs some sixty commands, so the short run tries each fault's own rule.
        let isLong = ProcessInfo.processInfo.environment["HOLDSHORT_LONG"] == "1"
        let stage = try stage(script)
        let (rules, code) = try broken(in: stage, only: isLong ? nil : fault.rule)

        #expect(code == 1)
        #expect(rules[fault.rule] != nil, "\(rules)")
        #expect(Set(rules.keys).subtracting([fault.rule]).isSubset(of: fault.others), "\(rules)")
    }

    @Test func `an executor that takes too long is found out`() throws {
        let slow = "[ -e slow ] || { : > slow; exec sleep 30; }\nword=not_applied"
        let script = ExecutorFault.goodScript.replacingOccurrences(
            of: "word=not_applied",
            with: slow
        )
        let operation = ExecutorTests.drilled + ", timeout_seconds: 0.5"

        let (rules, code) = try broken(in: try stage(script, operation: operation))

        #expect(code == 1)
        #expect(rules.keys.sorted() == ["in_time", "words"], "\(rules)")
    }

    @Test func `an executor that asks on a terminal is found out`() throws {
        let ask = "(printf 'Password: '; read answer) < /dev/tty > /dev/tty 2> /dev/null"
        let script = ExecutorFault.goodScript.replacingOccurrences(
            of: "word=not_applied",
            with: ask + "\nword=not_applied"
        )
        let operation = ExecutorTests.drilled + ", timeout_seconds: 2"

        let (rules, code) = try broken(in: try stage(script, operation: operation))

        #expect(code == 1)
        #expect(rules["terminal"]?.contains("Password:") == true, "\(rules)")
    }

    @Test func `what cannot be tried is refused in a plain sentence`() throws {
        let stage = try stage(operation: "agent: true")
        let bare = try stage.run("executor", "test", "unmake")
        #expect(bare.code == 64 && bare.err.contains("behind --"), "\(bare)")
        let unknown = try stage.run("executor", "test", "nothing")
        #expect(unknown.code == 1 && unknown.err.contains("no operation nothing"), "\(unknown)")
    }

    // MARK: - Executors that serve undos on a connection

    private static let served = "agent: true, executor_wait_seconds: 60, drill: [ROOT/do.py]"

    /// An executor on the Python client, and the drill command that looks for the client's marks.
    private func agentStage(stateDirectory: String) throws -> Stage {
        let stage = try self.stage(operation: ExecutorTests.served)
        try stage.writePython()
        try stage.write(
            """
            import hashlib, sys, threading
            from pathlib import Path
            from holdshort import Client

            client = Client(name="executor", state_dir=\(stateDirectory))

            @client.undo("unmake")
            def unmake(call):
                thing = Path("ROOT/marks") / hashlib.md5(call.key.encode()).hexdigest()
                if not thing.exists():
                    return "not_applied"
                thing.unlink(missing_ok=True)

            client.serve_undos()
            threading.Event().wait()

            """,
            to: "serve.py"
        )
        try stage.write(
            """
            #!/usr/bin/env python3
            import hashlib, json, sys
            from pathlib import Path
            sys.path.insert(0, "ROOT")
            from holdshort import UndoRecord

            call = json.load(sys.stdin)
            if UndoRecord("ROOT/state").marked(call["workflow"], call["step"]):
                sys.exit("it was undone before")
            (Path("ROOT/marks") / hashlib.md5(call["key"].encode()).hexdigest()).touch()

            """,
            to: "do.py",
            mode: 0o700
        )
        return stage
    }

    @Test func `an executor on the Python client keeps the contract`() throws {
        let stage = try agentStage(stateDirectory: "\"ROOT/state\"")

        let ran = try stage.run("executor", "test", "unmake", "--", "python3", "serve.py")

        #expect(ran.code == 0, "\(ran)")
        #expect(ran.lines.last == "12 rules hold, 0 are broken")
    }

    @Test func `a Python executor that keeps no record of its undos is found out`() throws {
        let stage = try agentStage(stateDirectory: "None")

        let ran = try stage.run("executor", "test", "unmake", "--", "python3", "serve.py")

        #expect(ran.code == 1, "\(ran)")
        let broken = ran.lines.filter { $0.hasPrefix("FAILED") }
        #expect(broken.contains { $0.contains("leaves a mark") }, "\(ran.out)")
        #expect(broken.contains { $0.contains("a do after its undo") })
    }

    @Test func `a command that never offers the operation is told as such`() throws {
        let stage = try stage(
            operation: "agent: true, executor_wait_seconds: 0.2"
        )

        let ran = try stage.run(
            "executor",
            "test",
            "unmake",
            "--",
            "sh",
            "-c",
            "echo no >&2; exit 3"
        )

        #expect(ran.code == 1)
        #expect(
            ran.out.contains("no connection that may run it offers the operation unmake"),
            "\(ran)"
        )
        #expect(ran.out.contains("exit status 3: no"), "\(ran)")
    }
}
