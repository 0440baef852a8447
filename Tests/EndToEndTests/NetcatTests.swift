import Foundation
import HoldCore
import Testing

/// Agents that are nothing but `nc -U`, in each mode.
@OffStage struct NetcatTests {
    @Test func `a sync agent waits for the reviewer and runs`() throws {
        let stage = try Stage()
        try stage.serve()
        let agent = try stage.agent()
        let asked = try agent.propose("w", "delete_production_data", arguments: ["table": "old"])
        #expect(asked["mode"] == "sync" && asked["proceed"] == false && asked["permit"] == nil)
        let waiting = agent.send("step.wait", Netcat.name("w"))
        try stage.approve("w")
        let leave = try #require(try agent.answer(to: waiting)["result"])
        #expect(leave["proceed"] == true && leave["state"] == "approved")
        #expect(leave["arguments"] == ["table": "old"])
        #expect(leave["digest"] == asked["digest"])
        #expect(leave["decision"]?["reviewed_by"]?.text?.isEmpty == false)
        try agent.finish("w", leave)
        let end = try agent.ask("workflow.finish", ["workflow": "w", "outcome": "succeeded"])
        #expect(end["error"] == nil)
        #expect(try stage.json("workflow", "w")["status"] == "finished")
    }

    @Test func `a rejected sync agent gets no permit`() throws {
        let stage = try Stage()
        try stage.serve()
        let agent = try stage.agent()
        _ = try agent.propose("w", "delete_production_data")
        let waiting = agent.send("step.wait", Netcat.name("w"))
        try stage.reject("w", reason: "not today")
        let answer = try #require(try agent.answer(to: waiting)["result"])
        #expect(answer["proceed"] == false && answer["state"] == "rejected")
        #expect(answer["permit"] == nil)
        #expect(answer["decision"]?["reason"] == "not today")
    }

    @Test func `an async agent runs at once, and its undos come newest first`() throws {
        let stage = try Stage()
        try stage.serve()
        let agent = try stage.agent()
        _ = try agent.ask("undo.serve", ["operations": ["destroy_environment"]])
        for step in 1...3 {
            let answer = try agent.propose(
                "w",
                "provision_test_environment",
                step: step,
                arguments: ["env": "e"],
                undo: ["env": .integer(Int64(step))]
            )
            #expect(answer["mode"] == "async" && answer["proceed"] == true)
            #expect(answer["provisional"] == true)
            try agent.finish("w", answer, step: step)
        }
        let rejected = try stage.run("reject", "w:w/1", "--reason", "no")
        #expect(rejected.code == 0, "\(rejected)")
        let keys = try serveUndos(3, from: agent)
        #expect(keys == ["w/3#undo", "w/2#undo", "w/1#undo"])
        let settled = try agent.ask("workflow.settle", ["workflow": "w"])
        #expect(settled["rollback"] == "rolled_back", "\(settled)")
    }

    /// Answers so many undos as they come; their keys in that order.
    private func serveUndos(_ count: Int, from agent: Netcat) throws -> [String] {
        var keys: [String] = []
        for number in 0..<count {
            var call: JSONValue?
            _ = agent.player.output.wait { text in
                let calls = text.split(separator: "\n").compactMap {
                    try? JSONValue(parsing: String($0))
                }.filter { $0["method"] == "undo.run" }
                // The next must not come before this one is answered.
                call = calls.count == number + 1 ? calls.last : nil
                return call != nil
            }
            let undo = try #require(call, "\(agent.player.output.text)")
            keys.append(undo["params"]?["key"]?.text?.withoutAccount ?? "?")
            let reply: JSONValue = [
                "jsonrpc": "2.0", "id": undo["id"] ?? .null, "result": ["outcome": "undone"],
            ]
            agent.player.write(reply.asciiText + "\n")
        }
        return keys
    }

    @Test func `an autonomous agent asks nobody, and is in the record`() throws {
        let stage = try Stage()
        try stage.serve()
        let agent = try stage.agent()
        let answer = try agent.propose("w", "update_crm_record")
        #expect(answer["mode"] == "autonomous" && answer["proceed"] == true)
        try agent.finish("w", answer)
        #expect(try stage.json("list").list.isEmpty)
        let events = try stage.run("audit", "list", "--workflow", "w", "--json").lines
        #expect(try events.map { try JSONValue(parsing: $0)["type"] }.contains("step_proposed"))
    }

    @Test func `an agent that died while it waited asks again and gets the same answer`() throws {
        let stage = try Stage()
        try stage.serve()
        let first = try stage.agent()
        let asked = try first.propose("w", "delete_production_data")
        _ = first.send("step.wait", Netcat.name("w"))
        first.player.kill()
        try stage.approve("w")
        let second = try stage.agent()
        let again = try second.propose("w", "delete_production_data")
        #expect(again["number"] == asked["number"] && again["digest"] == asked["digest"])
        let leave = try second.ask("step.wait", Netcat.name("w"))
        #expect(leave["proceed"] == true)
        let other = try second.refusal(
            "step.propose",
            [
                "workflow": "w", "step": "w/1", "action": "delete_production_data",
                "arguments": ["table": "another"],
            ]
        )
        #expect(other["data"]?["code"] == "conflict")
    }

    @Test func `a review method is unknown on the agent socket`() throws {
        let stage = try Stage()
        try stage.serve()
        let error = try stage.agent().refusal("queue.list", [:])
        #expect(error["code"] == -32601)
    }
}
