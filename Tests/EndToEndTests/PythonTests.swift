import Foundation
import HoldCore
import Testing

/// The Python client and its agents, as an author gets them.
@OffStage struct PythonTests {
    private func stage() throws -> Stage {
        let stage = try Stage()
        try stage.writePython()
        try stage.write("id\n1\n", to: "data/customers.csv")
        try stage.serve()
        return stage
    }

    private func synchronous(_ stage: Stage) throws -> Player {
        try stage.python("sync_agent.py", "--dir", stage.file("data").path)
    }

    @Test func `the sync agent deletes what was approved`() throws {
        let stage = try stage()
        let agent = try synchronous(stage)
        try stage.approve("sync-agent")
        #expect(try agent.wait() == 0, "\(agent.output.text) \(agent.errors.text)")
        #expect(!stage.has("data/customers.csv"))
    }

    @Test func `the sync agent keeps what was rejected`() throws {
        let stage = try stage()
        let agent = try synchronous(stage)
        try stage.reject("sync-agent", reason: "still needed")
        #expect(try agent.wait() == 10, "\(agent.output.text) \(agent.errors.text)")
        #expect(stage.has("data/customers.csv"))
        #expect(agent.output.text.contains("still needed"))
    }

    @Test func `the sync agent killed while it waits goes on from its checkpoint`() throws {
        let stage = try stage()
        let first = try synchronous(stage)
        let before = try stage.item("sync-agent")
        #expect(first.output.wait { $0.contains("waiting for a decision") })
        first.kill()
        let second = try synchronous(stage)
        #expect(second.output.wait { $0.contains("resumed from checkpoint") })
        #expect(try stage.item("sync-agent")["number"] == before["number"])
        try stage.approve("sync-agent")
        #expect(try second.wait() == 0, "\(second.output.text) \(second.errors.text)")
        #expect(!stage.has("data/customers.csv"))
    }

    @Test func `a waiting agent outlives a killed service`() throws {
        let stage = try stage()
        let agent = try synchronous(stage)
        #expect(agent.output.wait { $0.contains("waiting for a decision") })
        try stage.killAndServe()
        try stage.approve("sync-agent")
        #expect(try agent.wait() == 0, "\(agent.output.text) \(agent.errors.text)")
        #expect(!stage.has("data/customers.csv"))
    }

    @Test func `a rejected async agent removes its files, newest first`() throws {
        let stage = try stage()
        let agent = try stage.python(
            "async_agent.py",
            "--dir",
            stage.file("data").path,
            "--count",
            "3"
        )
        #expect(agent.output.wait { $0.contains("waiting until everything is decided") })
        #expect(stage.has("data/environment-3.json"))
        let rejected = try stage.run("reject", "async-agent:async-agent/1", "--reason", "no")
        #expect(rejected.code == 0, "\(rejected)")
        #expect(try agent.wait() == 10, "\(agent.output.text) \(agent.errors.text)")
        let undone = agent.output.text.split(separator: "\n").filter { $0.contains("removed") }
        let names = undone.compactMap { $0.split(separator: " ").last }
        #expect(names == (1...3).reversed().map { "environment-\($0).json" })
        for number in 1...3 { #expect(!stage.has("data/environment-\(number).json")) }
        #expect(try stage.json("workflow", "async-agent")["rollback"] == "rolled_back")
    }

    @Test(arguments: ["before it was proposed", "while it waited"])
    func `a step whose undo was asked for never runs`(_ moment: String) throws {
        let stage = try stage()
        try stage.write(
            """
            import sys
            from holdshort import Client, StepMarked, UndoCall, UndoRecord

            # As another process of this agent, which serves the undos, would write it.
            call = UndoCall("w/1#undo", "w", "w/1", "destroy_environment", {})
            mark = lambda _: UndoRecord("ROOT/state").write(call)
            if sys.argv[1].startswith("before"):
                mark(None)
            with Client(name="late", state_dir="ROOT/state") as client:
                try:
                    client.run_step("w", "w/1", "delete_production_data", {},
                                    do=lambda _: open("ROOT/done", "w").close(), on_wait=mark)
                except StepMarked as refusal:
                    print("refused:", refusal, flush=True)

            """,
            to: "late.py"
        )
        let agent = try stage.start("python3", ["late.py", moment])
        let isProposed = moment.hasPrefix("while")
        if isProposed { try stage.approve("w") }

        #expect(try agent.wait() == 0, "\(agent.errors.text)")
        #expect(agent.output.text.contains("has been undone"), "\(agent.output.text)")
        #expect(!stage.has("done"))
        guard isProposed else { return }
        let step = try stage.json("workflow", "w")["steps"]?.list.first
        #expect(step?["outcome"] == "not_started", "\(step ?? .null)")
    }

    @Test func `an approved async agent keeps its files`() throws {
        let stage = try stage()
        let agent = try stage.python(
            "async_agent.py",
            "--dir",
            stage.file("data").path,
            "--count",
            "2"
        )
        #expect(agent.output.wait { $0.contains("waiting until everything is decided") })
        try stage.approve("async-agent")
        try stage.approve("async-agent")
        #expect(try agent.wait() == 0, "\(agent.output.text) \(agent.errors.text)")
        #expect(stage.has("data/environment-1.json") && stage.has("data/environment-2.json"))
    }
}
