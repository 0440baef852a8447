import Foundation
import Glibc
import HoldCore
import TestDisks
import Testing

/// What the real service does when its store cannot be written: it says so, stays readable, and heals.
@OffStage struct StoreDiskTests {
    @Test(.enabled(if: Tmpfs.isAllowed, "Mounting a small disk takes root."))
    func `on a full disk nothing new is taken, time still rejects, and room heals`() throws {
        let stage = try Stage(manifest: Stage.shortManifest)
        let disk = try Tmpfs(bytes: 8 << 20, at: stage.file("store").path)
        try stage.serve()
        let agent = try stage.agent()
        for name in ["a", "b"] { _ = try stage.outcome(agent, name, "stay") }
        for number in 0..<5 { _ = try stage.outcome(agent, "soon\(number)", "soon") }
        try disk.fill()

        // New proposals are refused by name, in words that say what to do.
        var error: JSONValue?
        for number in 0..<200 where error == nil {
            error = try stage.outcome(agent, "new\(number)", "stay").error
        }
        #expect(error?["data"]?["code"] == "store_unavailable", "\(String(describing: error))")
        #expect(error?["data"]?["fault"] == "store_full")
        #expect(error?["message"]?.text?.contains("free some space") == true)
        // Decisions are refused, and nothing of them is there.
        let item = try stage.item("a")
        let approval = try stage.run(
            "approve",
            "\(item["number"]?.int ?? 0)",
            "--digest",
            item["digest"]?.text ?? ""
        )
        #expect(approval.code != 0 && approval.err.contains("store_full"), "\(approval)")
        #expect(try stage.isReadable("a"))
        #expect(try stage.state(of: "a") == "pending_review")
        #expect(try stage.warns(of: "store_full"))
        // Time still decides, with the space kept back for it.
        let isTimedOut = try eventually {
            try (0..<5).allSatisfy { try stage.state(of: "soon\($0)") == "timeout" }
        }
        #expect(isTimedOut)
        // What time has gained by moving the log is taken away again.
        try disk.fill()
        #expect(try stage.outcome(agent, "late", "stay").error?["data"]?["fault"] == "store_full")
        #expect(try stage.run("audit", "verify").code == 0)

        try disk.free(1 << 20)
        var healed: JSONValue?
        let isHealed = try eventually(seconds: 120) {
            healed = try stage.outcome(agent, "late", "stay").result
            return healed != nil
        }
        #expect(isHealed)
        #expect(try eventually(seconds: 120) { try stage.status()["read_only"]?.isTrue == false })
        try stage.approve("a")
        try stage.killAndServe()
        #expect(try stage.state(of: "a") == "approved")
        #expect(try stage.state(of: "late") == "pending_review")
        #expect(try stage.run("audit", "verify").code == 0)
        stage.service?.kill()
    }

    @Test func `another program's lock delays a little, refuses for longer, and loses nothing`()
        throws
    {
        let stage = try Stage(manifest: Stage.shortManifest)
        try stage.serve()
        let agent = try stage.agent()
        #expect(try stage.outcome(agent, "a", "stay").result != nil)
        let store = stage.file("store/journal.sqlite").path
        func hold() throws -> Player {
            let stranger = try stage.start(
                "python3",
                [
                    "-c",
                    """
                    import sqlite3, sys
                    db = sqlite3.connect(sys.argv[1], isolation_level=None)
                    db.execute("BEGIN IMMEDIATE")
                    print("held", flush=True)
                    sys.stdin.read()
                    """, store,
                ]
            )
            try #require(stranger.output.wait { $0.contains("held") }, "\(stranger.errors.text)")
            return stranger
        }

        // Let go within the busy time: it took a little longer, that is all.
        var stranger = try hold()
        let slow = agent.send(
            "step.propose",
            ["workflow": "b", "step": "b/1", "action": "free", "arguments": [:]]
        )
        stranger.closeInput()
        #expect(try agent.answer(to: slow)["result"]?["proceed"]?.isTrue == true)
        try stranger.wait()

        // Held on to: refused in words after the busy time, and what is there can be read.
        stranger = try hold()
        let refused = try stage.outcome(agent, "c", "stay")
        #expect(refused.error?["data"]?["fault"] == "store_busy", "\(refused)")
        #expect(refused.error?["message"]?.text?.contains("another program") == true)
        #expect(try stage.isReadable("a"))
        #expect(try stage.warns(of: "store_busy"))

        stranger.closeInput()
        try stranger.wait()
        #expect(
            try eventually(seconds: 120) { try stage.outcome(agent, "c", "stay").result != nil }
        )
        #expect(try eventually(seconds: 120) { try stage.status()["read_only"]?.isTrue == false })
        try stage.killAndServe()
        #expect(try stage.json("list").list.count == 2)
        #expect(try stage.run("audit", "verify").code == 0)
    }

    @Test(.enabled(if: LoopDisk.isAllowed, "It takes root, mkfs.ext4 and a loop device."))
    func `a file system that turns read-only refuses by name, stays readable, and heals`() throws {
        let stage = try Stage(manifest: Stage.shortManifest)
        let disk = try LoopDisk(at: stage.file("store").path)
        try stage.serve()
        let agent = try stage.agent()
        #expect(try stage.outcome(agent, "a", "stay").result != nil)

        try disk.refuseWrites()
        // Seen before anybody has asked for anything to be written.
        #expect(try eventually(seconds: 120) { try stage.warns(of: "store_read_only") })
        var error: JSONValue?
        _ = try eventually(seconds: 120) {
            error = try stage.outcome(agent, "b", "stay").error
            return error?["data"]?["code"] == "read_only"
        }
        #expect(error?["data"]?["code"] == "read_only", "\(String(describing: error))")
        #expect(error?["data"]?["fault"] == "store_read_only")
        let item = try stage.item("a")
        let rejection = try stage.run("reject", "\(item["number"]?.int ?? 0)", "--reason", "no")
        #expect(rejection.code != 0, "\(rejection)")
        #expect(try stage.isReadable("a"))
        #expect(try stage.state(of: "a") == "pending_review")
        #expect(try stage.run("status").out.contains("READ ONLY"))

        try disk.unmount()
        try disk.mount()
        let isHealed = try eventually(seconds: 120) {
            try stage.outcome(agent, "b", "stay").result != nil
        }
        #expect(isHealed)
        #expect(try eventually(seconds: 120) { try stage.status()["read_only"]?.isTrue == false })
        try stage.approve("a")
        try stage.killAndServe()
        #expect(try stage.state(of: "a") == "approved")
        #expect(try stage.run("audit", "verify").code == 0)
        stage.service?.kill()
    }
}
