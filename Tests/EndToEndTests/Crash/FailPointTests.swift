#if FAILPOINTS
    import Foundation
    import HoldCore
    import Testing

    /// The service ends itself where it is told to, and there only.
    @OffStage struct FailPointTests {
        /// Proposes to a service that ends at its first step; the answer's line, if one came.
        private func propose(_ stage: Stage, _ point: String) throws -> (
            code: Int32, output: String
        ) {
            let service = try stage.start(
                Stage.binary,
                ["serve"],
                environment: [
                    "HOLDSHORT_FAILPOINT": point,
                    "HOLDSHORT_FAILPOINT_LOG": stage.file("reached").path,
                ]
            )
            try #require(service.errors.wait { $0.contains("serving") }, "\(service.errors.text)")
            let agent = try stage.agent()
            _ = agent.send(
                "step.propose",
                ["workflow": "w", "step": "w/1", "action": "delete_production_data"]
            )
            let code = try service.wait()
            // The line ends with the service, so what came is there.
            agent.player.closeInput()
            agent.player.output.waitForEnd()
            #expect(stage.text("reached") == "\(point)\n")
            return (code, agent.player.output.text)
        }

        @Test func `before its commit nothing is there, and nobody is told`() throws {
            let stage = try Stage()
            let (code, output) = try propose(stage, "P0:before:1")
            try stage.serve()
            #expect(code == 128 + 9)
            #expect(!output.contains("w/1"))
            #expect(try stage.run("show", "w:w/1").code != 0)
        }

        @Test func `after its commit it is there, and nobody is told`() throws {
            let stage = try Stage()
            let (code, output) = try propose(stage, "P0:after:1")
            try stage.serve()
            #expect(code == 128 + 9)
            #expect(!output.contains("w/1"))
            #expect(try stage.json("show", "w:w/1")["state"] == "pending_review")
        }

        @Test func `behind its answer it is there, and the agent is told`() throws {
            let stage = try Stage()
            let (code, output) = try propose(stage, "P0:sent:1")
            try stage.serve()
            #expect(code == 128 + 9)
            #expect(output.contains("w/1"))
            #expect(try stage.json("show", "w:w/1")["state"] == "pending_review")
        }

        @Test(arguments: [
            "", "P9:after:1", "P4:later:1", "P4:after:0", "P4:after", "start:5", "P4",
        ])
        func `a fail point that makes no sense is refused in words`(text: String) throws {
            let stage = try Stage()
            let service = try stage.start(
                Stage.binary,
                ["serve"],
                environment: ["HOLDSHORT_FAILPOINT": text]
            )
            #expect(try service.wait() == 1)
            #expect(service.errors.text.contains("as in P4:after:3"), "\(service.errors.text)")
        }
    }
#endif
