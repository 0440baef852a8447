import HoldCore
import HoldWire
import Testing

@Suite struct AgentMethodTests {
    @Test func `a session is opened as in the documents`() throws {
        try Example.survives(
            SessionOpen.self,
            params: #"{"protocol":"holdshort/1","client":{"name":"deploy-agent","version":"2.4"}}"#,
            reply: #"""
                {"protocol":"holdshort/1",
                 "service":{"name":"holdshort","version":"0.1.0","id":"host-a"},
                 "peer":{"user":"agents","uid":1001,"pid":4242},"manifest":"D",
                 "limits":{"max_frame_bytes":8388608}}
                """#
        )
    }

    @Test func `a step is proposed as in the documents`() throws {
        try Example.survives(
            StepPropose.self,
            params: #"""
                {"workflow":"wf-918","step":"wf-918/3","action":"provision_test_environment",
                 "arguments":{"env":"staging-42","size":"m"},
                 "summary":"Provision staging-42 for PR 918",
                 "context":[{"kind":"markdown","title":"Why","body":"…"},
                            {"kind":"diff","title":"main.tf","body":"…"},
                            {"kind":"table","body":[["a",1]]}],
                 "risk":0.31,"undo":{"arguments":{"env":"staging-42"}},"depends_on":["wf-918/1"],
                 "checkpoint":{"messages":[],"cursorPosition":3}}
                """#,
            reply: #"""
                {"account":"1001@host-a","workflow":"wf-918","step":"wf-918/3","number":4826,
                 "mode":"async","proceed":true,
                 "state":"pending_review","digest":"D","reasons":[],
                 "permit":{"id":"p-1","valid_until":"T"},"provisional":true,"deadline":"T",
                 "tier":"primary","depth":{"current":2,"max":5}}
                """#
        )
        try Example.survives(
            #"""
            {"account":"1001@host-a","workflow":"wf-918","step":"wf-918/4","mode":"autonomous",
             "proceed":false,"digest":"D",
             "reasons":["max_async_depth"],"wait_for":[{"workflow":"wf-918","step":"wf-918/3"}],
             "undo":{"operation":"refund","arguments":{}}}
            """#,
            as: StepAnswer.self
        )
    }

    @Test func `a step is waited for as in the documents`() throws {
        try Example.survives(
            StepWait.self,
            params: #"{"workflow":"wf-918","step":"wf-918/3","timeout_seconds":0.5}"#,
            reply: #"""
                {"account":"1001@host-a","workflow":"wf-918","step":"wf-918/3","proceed":true,
                 "state":"approved",
                 "arguments":{"env":"staging-42","size":"s"},"digest":"D",
                 "permit":{"id":"p","valid_until":"T"},"decision":\#(Example.decision)}
                """#
        )
        try Example.survives(
            #"""
            {"account":"1001@host-a","workflow":"w","step":"s","proceed":false,"state":"timeout",
             "digest":"D",
             "decision":{"outcome":"timeout","modified":false,"reviewed_by":null,"reviewed_at":"T",
                         "digest":"D","tier":"secondary"}}
            """#,
            as: StepAnswer.self
        )
    }

    @Test func `a step is finished and withdrawn as in the documents`() throws {
        try Example.survives(
            StepFinish.self,
            params: #"""
                {"workflow":"w","step":"s","permit":"p","outcome":"not_started",
                 "result":{"id":"i-0abc"},"undo":{"arguments":{"id":"i-0abc"}}}
                """#,
            reply: #"{"depth":{"current":1,"max":5}}"#
        )
        try Example.survives(
            StepWithdraw.self,
            params: #"{"workflow":"w","step":"s","reason":"no need"}"#,
            reply: "{}"
        )
    }

    @Test func `workflows are opened, shown, settled and finished`() throws {
        try Example.survives(
            WorkflowOpen.self,
            params: #"{"workflow":"wf-918","title":"Release","labels":{"teamName":"x"}}"#,
            reply: Example.workflow
        )
        let step = #"""
            {"step":"wf-918/1","action":"a","number":1,"mode":"sync","state":"approved",
             "outcome":"succeeded","undo":"undone","decision":\#(Example.decision)}
            """#
        try Example.survives(
            WorkflowGet.self,
            params: #"{"workflow":"wf-918"}"#,
            reply: Example.merged(
                Example.workflow,
                #"""
                {"labels":{"teamName":"x"},"rollback":"rolled_back","steps":[\#(step)],
                 "items":[\#(Example.item)],"undo_chain":[\#(Example.link)],
                 "events":[\#(Example.event)]}
                """#
            )
        )
        try Example.survives(
            WorkflowSettle.self,
            params: #"{"workflow":"wf-918","timeout_seconds":0}"#,
            reply: #"""
                {"workflow":"wf-918","settled":true,"status":"finished",
                 "rollback":"rolled_back_with_exceptions","steps":[\#(step)]}
                """#
        )
        try Example.survives(
            WorkflowFinish.self,
            params: #"{"workflow":"wf-918","outcome":"succeeded"}"#,
            reply: Example.workflow
        )
    }

    @Test func `checkpoints are saved and loaded, and there may be none`() throws {
        try Example.survives(
            CheckpointSave.self,
            params: #"{"workflow":"w","step":"s","checkpoint":{"fooBar":[null]}}"#,
            reply: #"{"saved_at":"T"}"#
        )
        try Example.survives(
            CheckpointLoad.self,
            params: #"{"workflow":"w"}"#,
            reply: #"{"checkpoint":{"fooBar":[null]},"step":"s","saved_at":"T"}"#
        )
        #expect(try CheckpointLoad.reply(from: .null) == nil)
        #expect(CheckpointLoad.response(id: 1, nil) == .response(id: 1, result: .null))
        #expect(
            try CheckpointSave.params(from: ["workflow": "w", "checkpoint": .null]).checkpoint
                == .null
        )
    }

    @Test func `undos are offered and run as in the documents`() throws {
        try Example.survives(
            UndoServe.self,
            params: #"{"operations":["destroy_environment"],"workflows":["wf-918"]}"#,
            reply: "{}"
        )
        try Example.survives(
            UndoRun.self,
            params: #"""
                {"key":"wf-918/3#undo","workflow":"wf-918","step":"wf-918/3",
                 "operation":"destroy_environment","arguments":{"env":"staging-42"},
                 "result":{"id":"i-0abc"},"attempt":1,"in_doubt":false,"drill":false}
                """#,
            reply: #"{"outcome":"already_undone","detail":"gone"}"#
        )
    }

    @Test func `an agent is told what becomes of its workflow`() throws {
        try Example.survives(
            #"""
            {"workflow":"w","step":"s","number":7,"state":"approved",
             "decision":\#(Example.decision)}
            """#,
            as: ItemDecided.Params.self
        )
        try Example.survives(
            #"{"workflow":"w","because":{"workflow":"w","step":"s"},"steps":["s3","s2"]}"#,
            as: WorkflowUnwinding.Params.self
        )
        try Example.survives(
            #"""
            {"workflow":"w","outcome":"rolled_back_with_exceptions",
             "exceptions":[\#(Example.link)]}
            """#,
            as: WorkflowUnwound.Params.self
        )
        try Example.survives(
            #"{"workflow":"w","link":\#(Example.link)}"#,
            as: WorkflowStuck.Params.self
        )
        let params = WorkflowUnwound.Params(workflow: "w", outcome: .rolledBack)
        #expect(
            try WorkflowUnwound.notification(params)
                == .notification(
                    method: "workflow.unwound",
                    params: ["workflow": "w", "outcome": "rolled_back"]
                )
        )
    }
}
