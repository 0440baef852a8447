import Foundation
import Glibc
import HoldCore
import Testing

/// What stands in the way, and what kills leave behind.
@OffStage struct BadDayTests {
    @Test func `a second service is refused, and the first goes on`() throws {
        let stage = try Stage()
        try stage.serve()
        let second = try stage.run("serve")
        #expect(second.code == 1 && second.err.hasPrefix("holdshort: "), "\(second)")
        #expect(try stage.run("status").code == 0)
    }

    @Test func `a stale socket is replaced`() throws {
        let stage = try Stage()
        try stage.serve()
        stage.service?.kill()
        #expect(stage.has("run/agent.sock"))
        try stage.serve()
        #expect(try stage.run("status").code == 0)
    }

    @Test func `a file at the socket's place is left as it is`() throws {
        let stage = try Stage()
        try stage.write("precious", to: "run/agent.sock")
        let ran = try stage.run("serve")
        #expect(ran.code == 1 && ran.err.contains("agent.sock"), "\(ran)")
        #expect(stage.text("run/agent.sock") == "precious")
    }

    @Test func `a path too long for a socket is refused in words`() throws {
        let stage = try Stage()
        let long = stage.file(String(repeating: "d", count: 200)).path
        let ran = try stage.run("serve", "--runtime-dir", long)
        #expect(ran.code != 0 && ran.err.contains("at most"), "\(ran)")
    }

    @Test func `a store that cannot be made is refused in words`() throws {
        let stage = try Stage()
        try stage.write("a file", to: "store")
        let ran = try stage.run("serve")
        #expect(ran.code == 1 && ran.err.hasPrefix("holdshort: "), "\(ran)")
    }

    @Test func `a manifest with an error is refused with its line and column`() throws {
        let stage = try Stage(manifest: "actions:\n  a: { approval_reqired: true }\n")
        let ran = try stage.run("serve")
        #expect(ran.code == 1 && ran.err.contains("manifest.yaml:2:"), "\(ran)")
        #expect(ran.err.contains("approval_required"))
    }

    @Test func `a bad change of the manifest keeps the old one in force`() throws {
        let stage = try Stage()
        try stage.serve()
        let before = try stage.json("status")["manifest"]?["digest"]
        try stage.write("actions: [", to: "manifest.yaml")
        kill(stage.service?.pid ?? 0, SIGHUP)
        var status: JSONValue = .null
        let isTold = try eventually {
            status = try stage.json("status")
            return status["manifest"]?["problem"] != nil
        }
        #expect(isTold, "\(status)")
        #expect(status["manifest"]?["digest"] == before)
        #expect(status["warnings"]?.list.count ?? 0 >= 1)
        #expect(try stage.agent().propose("w", "delete_production_data")["mode"] == "sync")
    }

    @Test func `what was acknowledged outlives a kill`() throws {
        let stage = try Stage()
        try stage.serve()
        let agent = try stage.agent()
        _ = try agent.propose("a", "delete_production_data")
        _ = try agent.propose("b", "delete_production_data")
        try stage.approve("a")
        let pending = try stage.item("b")
        try stage.killAndServe()
        #expect(try stage.json("show", "a:a/1")["state"] == "approved")
        let after = try stage.item("b")
        #expect(after["digest"] == pending["digest"])
        #expect(after["deadline"] == pending["deadline"])
        #expect(try stage.run("audit", "verify").code == 0)
    }

    @Test func `a half-done undo chain goes on after a kill with the same key`() throws {
        let stage = try Stage()
        try stage.write(
            """
            #!/bin/sh
            key=$(sed -n 's/.*"key" *: *"\\([^"]*\\)".*/\\1/p')
            echo "$key" >> ROOT/keys
            case "$key" in */2*) [ -e ROOT/open ] || read line < ROOT/gate;; esac
            echo '{"outcome":"undone"}'

            """,
            to: "undo.sh",
            mode: 0o700
        )
        #expect(mkfifo(stage.file("gate").path, 0o600) == 0)
        try stage.serve()
        let agent = try stage.agent()
        for step in 1...3 {
            let answer = try agent.propose("w", "scripted", step: step, undo: ["n": 1])
            try agent.finish("w", answer, step: step)
        }
        #expect(try stage.run("reject", "w:w/1", "--reason", "no").code == 0)
        #expect(eventually { stage.text("keys").contains("w/2") }, "\(stage.text("keys"))")
        stage.service?.kill()
        try stage.write("", to: "open")
        try stage.serve()
        var detail: JSONValue = .null
        _ = try eventually {
            detail = try stage.json("workflow", "w")
            return detail["rollback"] == "rolled_back"
        }
        #expect(detail["rollback"] == "rolled_back", "\(detail)")
        let keys = stage.text("keys").split(separator: "\n").map { String($0).withoutAccount }
        #expect(keys == ["w/3#undo", "w/2#undo", "w/2#undo", "w/1#undo"])
        let undone = detail["events"]?.list.filter { $0["type"] == "undone" } ?? []
        #expect(undone.compactMap { $0["data"]?["step"]?.text } == ["w/3", "w/2", "w/1"])
    }

    @Test func `a broken frame harms only its own connection`() throws {
        let stage = try Stage()
        try stage.serve()
        let good = try stage.agent()
        let deep = try stage.start("nc", ["-U", stage.file("run/agent.sock").path])
        deep.write(String(repeating: "[", count: 5000) + "\n")
        #expect(deep.output.wait { $0.contains("-32700") }, "\(deep.output.text)")
        let half = try stage.start("nc", ["-NU", stage.file("run/agent.sock").path])
        half.write("{\"jsonrpc\":")
        half.closeInput()
        try half.wait()
        let large = try stage.start("nc", ["-U", stage.file("run/agent.sock").path])
        large.write(String(repeating: "a", count: 9 * 1024 * 1024))
        #expect(large.output.wait { $0.contains("frame_too_large") })
        #expect(try good.propose("w", "update_crm_record")["proceed"] == true)
    }
}
