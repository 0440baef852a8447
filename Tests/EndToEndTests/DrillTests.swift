import Foundation
import Glibc
import HoldCore
import Testing

/// Proofs of undos, without an incident: by hand, by themselves, and through a crash.
@OffStage struct DrillTests {
    private static func manifest(_ operation: String, days: String = "30") -> String {
        """
        actions:
          make:
            approval_required: true
            blocking: false
            undo_operation: unmake
            undo_drill_days: \(days)
        operations:
          unmake: { \(operation) }
          bare: { run: [/bin/true] }
        """
    }

    private static let drilled = "run: [ROOT/unmake, undo], drill: [ROOT/unmake, do]"

    /// The good executor; its do waits for the file `quota` where it is told so.
    private func stage(
        operation: String = DrillTests.drilled,
        days: String = "30",
        script: String = ExecutorFault.goodScript
    ) throws -> Stage {
        let stage = try Stage(manifest: DrillTests.manifest(operation, days: days))
        try stage.write(script, to: "unmake", mode: 0o700)
        try stage.write("", to: "marks/none")
        return stage
    }

    private static let needsQuota = ExecutorFault.goodScript.replacingOccurrences(
        of: #"if [ "$1" = do ]; then"#,
        with: #"""
            if [ "$1" = do ]; then
            if [ ! -e ROOT/quota ]; then echo "no quota" >&2; exit 4; fi
            """#
    )

    private func drills(_ stage: Stage) throws -> [JSONValue] {
        try stage.run("audit", "list", "--json").lines.map { try JSONValue(parsing: $0) }
            .filter { $0["type"]?.text?.hasPrefix("drill_") == true }
    }

    private func waitForDrills(_ count: Int, in stage: Stage) throws -> [JSONValue] {
        var found: [JSONValue] = []
        _ = try eventually {
            found = try drills(stage)
            return found.count >= count
        }
        try #require(found.count >= count, "\(found) \(stage.service?.errors.text ?? "")")
        return found
    }

    @Test func `a gate whose undo is not proven blocks until a drill passes`() throws {
        let stage = try stage(script: DrillTests.needsQuota)
        try stage.serve()
        let agent = try stage.agent()
        // The service tries by itself at once, and fails.
        let first = try waitForDrills(2, in: stage)
        #expect(first.map { $0["type"] } == ["drill_started", "drill_failed"])
        #expect(first.allSatisfy { $0["actor"]?["kind"] == "service" })
        let before = try agent.propose("before", "make", undo: [:])
        #expect(before["mode"] == "sync" && before["proceed"] == false)
        #expect(before["reasons"] == ["undo_unproven"])

        let failed = try stage.run("manifest", "drill", "unmake")
        #expect(failed.code == 1 && failed.out.contains("FAILED"), "\(failed)")
        #expect(failed.out.contains("no quota") && failed.out.contains("never proven"))
        #expect(try agent.propose("between", "make", undo: [:])["mode"] == "sync")

        let warnings = try stage.json("status")["warnings"]?.list.compactMap(\.text) ?? []
        #expect(
            warnings.contains { $0.contains("unmake is not proven") && $0.contains("no quota") }
        )

        try stage.write("", to: "quota")
        let passed = try stage.run("manifest", "drill", "unmake")
        #expect(passed.code == 0 && passed.out.contains("drill passed"), "\(passed)")
        let after = try agent.propose("after", "make", undo: [:])
        #expect(after["mode"] == "async" && after["proceed"] == true)
        #expect(after["reasons"] == [])

        let events = try drills(stage)
        #expect(events.last?["type"] == "drill_passed")
        #expect(events.dropLast().last?["actor"]?["kind"] == "reviewer")
        let proven = try #require(events.last?["at"])
        #expect(try stage.item("after")["undo"]?["proven_at"] == proven)
        #expect(try stage.run("audit", "verify").code == 0)

        // What a rejection would undo, wherever a person looks before saying no.
        let written = (proven.text ?? "?").prefix(19).replacing("T", with: " ")
        let date = "last proven \(written)"
        let shown = try stage.run("show", "after:after/1").out
        #expect(shown.contains(date) && shown.contains("begun"), "\(shown)")
        let preview = try stage.run("undo", "preview", "after").out
        #expect(preview.contains(date) && preview.contains("begun"), "\(preview)")
        for steps in [
            try stage.json("show", "after:after/1")["would_undo"]?["steps"],
            try stage.json("undo", "preview", "after").list.first?["steps"],
        ] {
            #expect(steps?.list.first?["proven_at"] == proven)
            #expect(steps?.list.first?["age_seconds"]?.double ?? -1 >= 0, "\(steps ?? .null)")
        }
        let rejected = try stage.run("reject", "after:after/1", "--reason", "no")
        #expect(rejected.code == 0 && rejected.err.contains(date), "\(rejected)")
    }

    @Test func `drill --json says how it ended, and since when the undo is proven`() throws {
        let stage = try stage(days: "365")
        try stage.serve()
        _ = try waitForDrills(2, in: stage)
        let drill = try stage.json("manifest", "drill", "unmake")
        #expect(drill["passed"] == true && drill["operation"] == "unmake")
        #expect(drill["proven_at"] == drill["ended_at"])
        #expect(drill["key"]?.text?.hasSuffix("#drill") == true)
    }

    @Test func `the service proves an undo anew before its proof runs out`() throws {
        // Four seconds, so three after the last proof.
        let stage = try stage(days: "0.00005")
        try stage.serve()
        let agent = try stage.agent()

        let events = try waitForDrills(4, in: stage)

        #expect(
            events.prefix(4).map { $0["type"] } == [
                "drill_started", "drill_passed", "drill_started", "drill_passed",
            ]
        )
        let times = events.compactMap { $0["at"]?.text.flatMap { Instant(rfc3339: $0) } }
        try #require(times.count >= 4)
        #expect((3.2...4.3).contains((times[2] - times[1]).seconds), "\(times)")
        #expect(try agent.propose("w", "make", undo: [:])["mode"] == "async")
    }

    @Test func `a drill lost to a kill is taken back, and is due again`() throws {
        let waits = ExecutorFault.goodScript.replacingOccurrences(
            of: ": > $name.thing; exit",
            with: ": > $name.thing; [ -e ROOT/open ] || read line < ROOT/gate; exit"
        )
        let stage = try stage(script: waits)
        #expect(mkfifo(stage.file("gate").path, 0o600) == 0)
        try stage.serve()
        #expect(try eventually { try stage.things().count == 1 })

        stage.service?.kill()
        try stage.write("", to: "open")
        // What the killed service had started goes on, and lets go of its lock.
        let end = try stage.start("sh", ["-c", "echo > \(stage.file("gate").path)"])
        try end.wait()
        try stage.serve()

        let events = try waitForDrills(4, in: stage)
        #expect(
            events.map { $0["type"] } == [
                "drill_started", "drill_failed", "drill_started", "drill_passed",
            ]
        )
        #expect(events[1]["data"]?["is_lost"] == true, "\(events[1])")
        #expect(events[1]["data"]?["error"]?.text?.contains("taken back") == true)
        #expect(events[0]["data"]?["key"] != events[2]["data"]?["key"])
        #expect(try stage.things().isEmpty)
    }

    @Test func `nothing is drilled while everything is halted`() throws {
        let stage = try stage(script: DrillTests.needsQuota)
        try stage.serve()
        _ = try waitForDrills(2, in: stage)
        try stage.write("", to: "quota")
        #expect(try stage.run("halt", "--all", "--reason", "fire").code == 0)
        let refused = try stage.run("manifest", "drill", "unmake")
        #expect(refused.code == 1 && refused.err.contains("fire"), "\(refused)")
        #expect(try stage.run("resume", "--all", "--reason", "out").code == 0)
        #expect(try stage.run("manifest", "drill", "unmake").code == 0)
    }

    @Test func `what cannot be drilled is refused in a plain sentence`() throws {
        let stage = try stage()
        try stage.serve()
        _ = try waitForDrills(2, in: stage)
        let bare = try stage.run("manifest", "drill", "bare")
        #expect(bare.code == 1 && bare.err.contains("names no drill command"), "\(bare)")
        let unknown = try stage.run("manifest", "drill", "nothing")
        #expect(unknown.code != 0 && unknown.err.contains("no operation nothing"), "\(unknown)")
        #expect(try drills(stage).count == 2)
    }

    @Test func `who has none of the manifest's roles may not drill`() throws {
        let stage = try Stage(
            manifest: "roles: { primary: { users: [nobody-of-this-name] } }\n"
                + DrillTests.manifest(DrillTests.drilled).replacingOccurrences(
                    of: "undo_drill_days: 30",
                    with: "escalation: [{ to: primary, minutes: 9 }]"
                )
        )
        try stage.serve()
        let ran = try stage.run("manifest", "drill", "unmake")
        #expect(ran.code == 77 && ran.err.contains("roles"), "\(ran)")
        #expect(try drills(stage).isEmpty)
    }

    // MARK: - Operations that a connection serves

    private static let served =
        "agent: { users: [\(NSUserName())] }, executor_wait_seconds: 60, drill: [/bin/sh, -c, \"echo '{\\\"n\\\":7}'\"]"

    @Test func `an operation that nobody serves is unreachable, and nothing is done for show`()
        throws
    {
        let operation =
            "agent: { users: [\(NSUserName())] }, drill: [/bin/sh, -c, \"echo done >> ROOT/done\"]"
        let stage = try stage(operation: operation)
        try stage.serve()
        let ran = try stage.run("manifest", "drill", "unmake")
        #expect(ran.code == 1, "\(ran)")
        #expect(
            ran.out.contains("no connection that may run it offers the operation unmake"),
            "\(ran)"
        )
        #expect(!stage.has("done"))
    }

    @Test func `a connection that offers the operation is called as a drill, and at once`() throws {
        let stage = try stage(operation: DrillTests.served)
        try stage.serve()
        let agent = try stage.agent()
        #expect(try agent.propose("before", "make", undo: [:])["mode"] == "sync")

        _ = try agent.ask("undo.serve", ["operations": ["unmake"]])

        var call: JSONValue?
        _ = agent.player.output.wait { text in
            call = text.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
                .first { $0["method"] == "undo.run" }
            return call != nil
        }
        let undo = try #require(call, "\(agent.player.output.text)")
        #expect(undo["params"]?["drill"] == true && undo["params"]?["attempt"] == 1)
        #expect(undo["params"]?["result"] == ["n": 7])
        let reply: JSONValue = [
            "jsonrpc": "2.0", "id": undo["id"] ?? .null, "result": ["outcome": "undone"],
        ]
        agent.player.write(reply.asciiText + "\n")
        #expect(try waitForDrills(2, in: stage).last?["type"] == "drill_passed")
        #expect(try agent.propose("after", "make", undo: [:])["mode"] == "async")
    }
}

extension Stage {
    /// What the good executor has made and not taken back.
    func things() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file("marks").path)
            .filter { $0.hasSuffix(".thing") }
    }
}
