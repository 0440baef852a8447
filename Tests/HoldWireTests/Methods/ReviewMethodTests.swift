import HoldCore
import HoldWire
import Testing

@Suite struct ReviewMethodTests {
    private let item = #""item":{"workflow":"wf-918","step":"wf-918/3"}"#

    @Test func `the queue is listed and followed as in the documents`() throws {
        let params = #"""
            {"states":["pending_review","modified"],"queue":"default","workflow":"wf-918",
             "text":"x","sort":"urgency","offset":0,"limit":50,"snoozed":true}
            """#
        let window = #"""
            {"items":[\#(Example.item)],"total":1,"counts":{"pending_review":1,"urgent":0},"seq":77}
            """#
        try Example.survives(QueueList.self, params: params, reply: window)
        try Example.survives(QueueList.self, params: "{}", reply: window)
        try Example.survives(QueueSubscribe.self, params: params, reply: window)
        try Example.survives(window, as: QueueChanged.Params.self)
        #expect(try QueueList.params(from: nil) == QueueQuery())
    }

    @Test func `fixed fields of a summary are always there`() throws {
        let value = try JSONValue(
            encoding: Example.json(Example.item).decode(WireItem.self)
        )
        for field in ["risk", "claimed_by", "attention"] { #expect(value[field] != nil) }
        #expect(value["undo"]?["proven_at"] == .some(.null))
        #expect(value["claimed_until"] == nil)
    }

    @Test func `an item is shown in one object`() throws {
        try Example.survives(
            ItemGet.self,
            params: "{\(item)}",
            reply: Example.merged(
                Example.item,
                #"""
                {"arguments":{"env":"staging-42"},"proposed_arguments":{"envName":"staging-42"},
                 "undo_spec":{"operation":"destroy_environment","arguments":{}},
                 "context":[{"kind":"text","title":"Why","body":"…"}],
                 "policy":[{"key":"timeout_minutes","value":60,"origin":"manifest.yaml:41:5"}],
                 "undo_chain":[\#(Example.link)],
                 "history":[{"at":"T","actor":{"kind":"reviewer","realm":"host-a","user":"bo","uid":7},
                             "what":"human_approve","reason":"ok","tier":"primary",
                             "effect":false}],
                 "would_undo":\#(Example.preview),"modify":"reapprove",
                 "depends_on":["wf-918/1"],"deps":["wf-918/1","wf-918/3"]}
                """#
            )
        )
    }

    @Test func `an undo is drilled, and the answer says how that ended`() throws {
        try Example.survives(
            UndoDrill.self,
            params: #"{"operation":"destroy_environment"}"#,
            reply: #"""
                {"operation":"destroy_environment","passed":false,"error":"no quota","key":"k",
                 "started_at":"T","ended_at":"T","proven_at":"T"}
                """#
        )
        #expect(ReviewMethod(rawValue: "undo.drill") == .undoDrill)
        #expect(throws: RPCError.self) {
            try UndoDrill.params(from: Example.json(#"{"operation":""}"#))
        }
    }

    @Test func `items are claimed, released, escalated and snoozed`() throws {
        try Example.survives(
            ItemClaim.self,
            params: #"{\#(item),"seconds":300}"#,
            reply: #"{"claimed_by":"bo","claimed_until":"T"}"#
        )
        try Example.survives(
            ItemRelease.self,
            params: "{\(item)}",
            reply: #"{"claimed_by":null}"#
        )
        try Example.survives(
            ItemEscalate.self,
            params: #"{\#(item),"reason":"not mine"}"#,
            reply: #"{"tier":"secondary","deadline":"T"}"#
        )
        try Example.survives(
            ItemSnooze.self,
            params: #"{\#(item),"seconds":60}"#,
            reply: #"{"until":"T"}"#
        )
    }

    @Test func `notes are left on items and for the next shift`() throws {
        try Example.survives(
            ItemNote.self,
            params: #"{\#(item),"text":"unused since March"}"#,
            reply: #"{"at":"T"}"#
        )
        try Example.survives(
            HandoffNote.self,
            params: #"{"text":"4826 waits for the owner"}"#,
            reply: #"{"at":"T"}"#
        )
        for text in ["", " \n", String(repeating: "a", count: 4097)] {
            #expect(throws: RPCError.self) { try HandoffNote.params(from: ["text": .string(text)]) }
        }
        let most = HandoffNote.Params(text: String(repeating: "a", count: 4096))
        #expect(try HandoffNote.params(from: JSONValue(encoding: most)) == most)
    }

    @Test func `a hand-off tells of what is open, and of everybody's notes`() throws {
        try Example.survives(
            HandoffGet.self,
            params: #"{"since":"T"}"#,
            reply: #"""
                {"notes":[{"by":"bo","text":"see you","at":"T"}],"pending":2,"urgent":1,
                 "claimed":[\#(Example.item)],
                 "snoozed":[{"by":"bo","until":"T","item":\#(Example.item)}],
                 "stuck":[\#(Example.workflow)],"unwinding":[],"oldest":"T",
                 "counts":{"notes":1,"claimed":1,"snoozed":1,"stuck":1,"unwinding":0}}
                """#
        )
        let empty = WireHandoff(
            notes: [],
            pending: 0,
            urgent: 0,
            claimed: [],
            snoozed: [],
            stuck: [],
            unwinding: [],
            counts: [:]
        )
        #expect(try JSONValue(encoding: empty)["oldest"] == .some(.null))
    }

    @Test func `items are decided as in the documents`() throws {
        let review = #"""
            {\#(item),"decision":"modify","digest":"D","reason":"size m is over budget",
             "arguments":{"size":"s"},"confirm":"provision_test_environment"}
            """#
        try Example.survives(
            ItemDecide.self,
            params: review,
            reply: #"{"state":"approved","decision":\#(Example.decision)}"#
        )
        try Example.survives(
            ItemDecide.self,
            params: #"{\#(item),"decision":"approve","digest":"D"}"#,
            reply: #"""
                {"state":"pending_review","decision":null,"approvals":{"given":1,"needed":2}}
                """#
        )
        try Example.survives(
            ItemsDecide.self,
            params: #"{"decisions":[\#(review)]}"#,
            reply: #"""
                {"results":[{"result":{"state":"rejected","decision":\#(Example.decision)}},
                 {"error":{"code":-32000,"message":"m","data":{"code":"stale","digest":"D"}}}]}
                """#
        )
    }

    @Test func `undo chains are previewed and steered`() throws {
        try Example.survives(UndoPreview.self, params: "{\(item)}", reply: Example.preview)
        let params = #"{"workflow":"w","step":"s","reason":"done by hand, ticket 7"}"#
        let reply = #"{"workflow":"w","status":"stuck","undo_chain":[\#(Example.link)]}"#
        try Example.survives(UndoRetry.self, params: params, reply: reply)
        try Example.survives(UndoSkip.self, params: params, reply: reply)
        try Example.survives(UndoResolve.self, params: params, reply: reply)
    }

    @Test func `the stop button is pressed and released`() throws {
        let reply = #"""
            {"halts":[{"scope":"agent","id":"deploy-agent","reason":"odd","by":"bo","at":"T"}]}
            """#
        try Example.survives(
            ControlHalt.self,
            params: #"{"scope":"agent","id":"deploy-agent","reason":"odd"}"#,
            reply: reply
        )
        try Example.survives(
            ControlResume.self,
            params: #"{"scope":"all","reason":"fixed"}"#,
            reply: #"{"halts":[]}"#
        )
    }

    @Test func `workflows are listed`() throws {
        try Example.survives(
            WorkflowList.self,
            params: #"{"status":"stuck","offset":10,"limit":5}"#,
            reply: #"""
                {"workflows":[\#(Example.merged(
                    Example.workflow, #"{"stuck_undo":\#(Example.link)}"#)),
                 \#(Example.merged(Example.workflow, #"""
                    {"opened_at":"T","parked":1,"in_flight":2,
                     "oldest":{"number":7,"created_at":"T","deadline":"T"},
                     "next":{"number":9,"created_at":"T","deadline":"T"}}
                    """#))],"total":11}
                """#
        )
    }

    @Test func `the audit is listed and verified as in the documents`() throws {
        try Example.survives(
            AuditList.self,
            params: #"{"after":8,"limit":100,"workflow":"wf-918","wait_seconds":20}"#,
            reply: #"{"events":[\#(Example.event)],"seq":9}"#
        )
        let item = #"""
            {"item":{"number":4826,"step":"wf-918/3","action":"a","summary":"s","agent":"g",
             "risk_class":"LOW","state":"approved","decided_by":"bo","outcome":"succeeded",
             "began_at":"T","finished_at":"T","undo":"recorded"}}
            """#
        try Example.survives(
            AuditList.self,
            params: #"""
                {"before":90,"types":["item_decided"],"kinds":["reviewer","service"],"user":"bo",
                 "text":"pr 918","since":"T","order":"newest","with_items":true}
                """#,
            reply: #"""
                {"events":[\#(Example.merged(Example.event, item))],"seq":9,"reached":7}
                """#
        )
        try Example.survives(
            AuditVerify.self,
            params: "{}",
            reply: #"{"events":9,"ok":false,"first_bad":4}"#
        )
        try Example.survives(AuditVerify.self, params: "{}", reply: #"{"events":9,"ok":true}"#)
    }

    @Test func `figures and status are told`() throws {
        let row = #"""
            {"name":"a","items":9,"pending":1,"approved":5,"modified":1,"rejected":1,"timeout":1,
             "withdrawn":1,"escalated":0,"undone":1,"undo_failed":0,"risk":{"LOW":8,"IRREV":1},
             "latency":{"p50":1.5,"p90":3,"p95":3.5,"p99":4,"max":5},"quick":2,
             "longest_approval_run":3}
            """#
        try Example.survives(
            StatsGet.self,
            params: #"{"since":"T"}"#,
            reply: #"""
                {"since":"T","until":"T","total":\#(row),"by_action":[\#(row)],
                 "by_reviewer":[],"by_hour":[],"by_workflow":[\#(row)],"by_agent":[],
                 "waits":[{"at":"T","opened":3,"count":2,"p50":1.5,"p95":9},
                          {"at":"T","opened":0,"count":0,"p50":null,"p95":null}],
                 "depth":{"current":2,"max":5,"mean":1.25},
                 "signs":{"decided":29,"quick":3,"quick_high":1,"longest_approval_run":9,
                          "classes":[{"risk_class":"HIGH","decided":5,"approved":2}],
                          "most_approved":{"action":"a","risk_class":"LOW","approved":22,
                                           "of":29}}}
                """#
        )
        try Example.survives(
            ServiceStatus.self,
            params: "{}",
            reply: #"""
                {"service":{"name":"holdshort","version":"0.1.0","id":"host-a"},"pid":4242,
                 "started_at":"T","uptime_seconds":61.5,"separation":"none","read_only":false,
                 "store":{"kind":"sqlite","location":"/x/journal.sqlite","events":9,"bytes":4096},
                 "manifest":{"file":"/x/manifest.yaml","digest":"D","loaded_at":"T"},
                 "connections":{"agents":1,"reviewers":2,"executors":0},"pending":1,
                 "workflows":2,"halts":[],"warnings":["separation: none"]}
                """#
        )
    }
}
