import Foundation
import Glibc
import HoldCore
import Testing

/// A clean stop in the middle of an undo.
@OffStage struct StopTests {
    /// An undo that says who it is, and then waits in a child of its own.
    private func stage(onTerm: String) throws -> Stage {
        let stage = try Stage()
        try stage.write(
            """
            #!/bin/sh
            \(onTerm)
            echo "$$ $HOLDSHORT_UNDO_KEY" >> ROOT/calls
            [ -e ROOT/open ] || while :; do sleep 5; done
            echo '{"outcome":"undone"}'

            """,
            to: "undo.sh",
            mode: 0o700
        )
        try stage.serve()
        let agent = try stage.agent()
        let answer = try agent.propose("w", "scripted", undo: ["n": 1])
        try agent.finish("w", answer)
        #expect(try stage.run("reject", "w:w/1", "--reason", "no").code == 0)
        #expect(eventually { stage.text("calls").contains("w/1#undo") })
        return stage
    }

    private func calls(_ stage: Stage) -> [[String]] {
        stage.text("calls").split(separator: "\n").map { line in
            line.split(separator: " ").map(String.init)
        }
    }

    /// The processes of a group that still run; one that has ended and was not waited for does not.
    private func members(of group: Int32) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.filter { name in
            guard Int32(name) != nil,
                let stat = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8)
            else { return false }
            // Behind the name in parentheses: the state, the parent, the group.
            let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 2 && fields[0] != "Z" && fields[2] == "\(group)"
        }
    }

    /// Stops the service as an operator would, and waits until it has ended.
    private func stop(_ stage: Stage) throws {
        kill(stage.service?.pid ?? 0, SIGTERM)
        #expect(try stage.service?.wait(seconds: 300) == 0, "\(stage.service?.errors.text ?? "")")
    }

    @Test(arguments: ["", "trap '' TERM", "trap 'exit 0' TERM"])
    func `an undo that runs ends with the service, unrecorded, and is called again with its key`(
        _ onTerm: String
    ) throws {
        let stage = try stage(onTerm: onTerm)
        let first = try #require(Int32(calls(stage)[0][0]))

        try stop(stage)

        // Its process group is gone: nothing of it can overlap the next call.
        #expect(members(of: first).isEmpty)
        try stage.write("", to: "open")
        try stage.serve()
        var detail: JSONValue = .null
        _ = try eventually {
            detail = try stage.json("workflow", "w")
            return detail["rollback"] == "rolled_back"
        }
        #expect(detail["rollback"] == "rolled_back", "\(detail)")
        #expect(calls(stage).map { $0[1].withoutAccount } == ["w/1#undo", "w/1#undo"])
        let types = detail["events"]?.list.compactMap { $0["type"]?.text } ?? []
        #expect(types.filter { $0.hasPrefix("undo") } == ["undo_started", "undone"], "\(types)")
    }

    @Test func `an undo at a connection is called again with its key after a stop`() throws {
        let stage = try Stage()
        try stage.serve()
        let agent = try stage.agent()
        _ = try agent.ask("undo.serve", ["operations": ["destroy_environment"]])
        let answer = try agent.propose("w", "provision_test_environment", undo: ["env": "e"])
        try agent.finish("w", answer)
        #expect(try stage.run("reject", "w:w/1", "--reason", "no").code == 0)
        #expect(agent.player.output.wait { $0.contains("undo.run") })

        try stop(stage)
        try stage.serve()

        let again = try stage.agent()
        _ = try again.ask("undo.serve", ["operations": ["destroy_environment"]])
        #expect(again.player.output.wait { $0.contains("\"attempt\":1") })
        #expect(again.player.output.text.contains("w/1#undo"))
        let events = try stage.json("workflow", "w")["events"]?.list ?? []
        #expect(!events.contains { $0["type"] == "undo_failed" }, "\(events)")
    }
}
