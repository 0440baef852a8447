import Foundation
import Glibc
import HoldCore
import Testing

/// Steering a stuck chain with two real accounts, as the kernel reports them.
@OffStage struct StuckChainTests {
    /// Two accounts that every host has.
    nonisolated static let (ann, ben): (UInt32, UInt32) = (1, 2)
    /// The group that may open the sockets.
    fileprivate nonisolated static let group: UInt32 = 1

    /// Why the test cannot run here; nil when it can.
    nonisolated static let obstacle: String? = {
        guard getuid() == 0 else { return "only root can act as two other accounts" }
        guard let ran = try? Player("setpriv", act(as: 1) + [Stage.binary, "--version"]),
            (try? ran.wait(seconds: 300)) == 0
        else { return "setpriv is missing, or other accounts cannot reach the binary" }
        return nil
    }()

    fileprivate nonisolated static func act(as uid: UInt32) -> [String] {
        ["--reuid=\(uid)", "--regid=\(group)", "--clear-groups"]
    }

    /// A chain that is stuck at `w/2`, with `w/1` behind it, and sockets that a group shares.
    private func stage() throws -> Stage {
        let stage = try Stage()
        try stage.write(
            """
            #!/bin/sh
            case "$HOLDSHORT_STEP" in
            w/2) [ -e ROOT/mended ] || { echo '{"terminal":true,"reason":"locked"}'; exit; };;
            esac
            echo '{"outcome":"undone"}'

            """,
            to: "undo.sh",
            mode: 0o700
        )
        try stage.shareSockets()
        try stage.serve()
        let agent = try stage.agent()
        for step in 1...2 {
            let answer = try agent.propose("w", "scripted", step: step, undo: ["n": 1])
            try agent.finish("w", answer, step: step)
        }
        let rejected = try stage.run(as: StuckChainTests.ann, "reject", "w:w/1", "--reason", "no")
        #expect(rejected.code == 0, "\(rejected)")
        #expect(try eventually { try stage.json("workflow", "w")["status"] == "stuck" })
        return stage
    }

    private func rollback(_ stage: Stage) throws -> JSONValue? {
        var detail: JSONValue = .null
        _ = try eventually {
            detail = try stage.json("workflow", "w")
            return detail["rollback"]?.text?.hasPrefix("rolled_back") == true
        }
        return detail["rollback"]
    }

    private func states(_ stage: Stage) throws -> [JSONValue?] {
        try stage.json("workflow", "w")["undo_chain"]?.list.map { $0["state"] } ?? []
    }

    @Test(.enabled(if: obstacle == nil, "\(obstacle ?? "")"))
    func `a skip needs two people, and is an exception in the end`() throws {
        let stage = try stage()
        let (ann, ben) = (StuckChainTests.ann, StuckChainTests.ben)

        let first = try stage.run(as: ann, "undo", "skip", "w", "--reason", "it is gone")
        #expect(first.code == 0, "\(first)")
        #expect(try stage.json("workflow", "w")["status"] == "stuck")
        let twice = try stage.run(as: ann, "undo", "skip", "w", "--reason", "really")
        #expect(twice.code == 1 && twice.err.contains("second person"), "\(twice)")
        #expect(try stage.json("workflow", "w")["status"] == "stuck")

        let second = try stage.run(as: ben, "undo", "skip", "w", "--reason", "I looked")
        #expect(second.code == 0, "\(second)")
        #expect(try rollback(stage) == "rolled_back_with_exceptions")
        #expect(try states(stage) == ["skipped", "undone"])
        let events = try stage.json("workflow", "w")["events"]?.list ?? []
        let agreed = events.first { $0["type"] == "undo_skip_agreed" }
        let skipped = events.first { $0["type"] == "undo_skipped" }
        #expect(agreed?["actor"]?["uid"] == 1 && skipped?["actor"]?["uid"] == 2, "\(events)")
    }

    @Test(.enabled(if: obstacle == nil, "\(obstacle ?? "")"))
    func `resolving by hand needs evidence, and is an exception in the end`() throws {
        let stage = try stage()
        let ann = StuckChainTests.ann

        let bare = try stage.run(as: ann, "undo", "resolve", "w", "--reason", " ")
        #expect(bare.code == 64 && bare.err.contains("reason is required"), "\(bare)")
        #expect(try stage.json("workflow", "w")["status"] == "stuck")

        let evidence = "deleted by hand, OPS-77"
        let resolved = try stage.run(as: ann, "undo", "resolve", "w", "--reason", evidence)
        #expect(resolved.code == 0, "\(resolved)")
        #expect(try rollback(stage) == "rolled_back_with_exceptions")
        #expect(try states(stage) == ["resolved", "undone"])
        let events = try stage.json("workflow", "w")["events"]?.list ?? []
        let record = events.first { $0["type"] == "undo_resolved" }
        #expect(record?["data"]?["reason"]?.text == evidence && record?["actor"]?["uid"] == 1)
    }

    @Test(.enabled(if: obstacle == nil, "\(obstacle ?? "")"))
    func `a retry goes on with the chain, which is then rolled back`() throws {
        let stage = try stage()
        let again = try stage.run(as: StuckChainTests.ann, "undo", "retry", "w", "--reason", "go")
        #expect(again.code == 0, "\(again)")
        #expect(try eventually { try stage.json("workflow", "w")["status"] == "stuck" })

        try stage.write("", to: "mended")
        let retried = try stage.run(as: StuckChainTests.ben, "undo", "retry", "w", "--reason", "up")
        #expect(retried.code == 0, "\(retried)")
        #expect(try rollback(stage) == "rolled_back")
        #expect(try states(stage) == ["undone", "undone"])
    }
}

extension Stage {
    /// Lets a group open the sockets of the service that will start here.
    func shareSockets() throws {
        #expect(chmod(root.path, 0o711) == 0)
        #expect(mkdir(file("run").path, 0o700) == 0)
        #expect(chown(file("run").path, 0, StuckChainTests.group) == 0)
        #expect(chmod(file("run").path, 0o2750) == 0)
    }

    /// Runs the binary as another account of this host.
    func run(as uid: UInt32, _ arguments: String...) throws -> Ran {
        let player = try start(
            "setpriv",
            StuckChainTests.act(as: uid) + [Stage.binary] + arguments
        )
        player.closeInput()
        let code = try player.wait()
        return Ran(code: code, out: player.output.text, err: player.errors.text)
    }
}
