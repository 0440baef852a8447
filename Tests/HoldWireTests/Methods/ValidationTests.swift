import HoldCore
import HoldWire
import Testing

@Suite struct ValidationTests {
    private func complaint<M: WireMethod>(_ method: M.Type, _ text: String) throws -> String? {
        do {
            _ = try M.params(from: try Example.json(text))
            return nil
        } catch let error as RPCError {
            #expect(error.fault == .invalidParams)
            return error.message
        }
    }

    private func propose(_ more: String, workflow: String = "w") throws -> String? {
        try complaint(
            StepPropose.self,
            #"{"workflow":"\#(workflow)","step":"s","action":"a"\#(more)}"#
        )
    }

    @Test func `a risk is a share`() throws {
        #expect(try propose(#","risk":1.7"#) == "params.risk: 1.7 is not within 0…1")
        #expect(try propose(#","risk":-0.1"#) == "params.risk: -0.1 is not within 0…1")
        #expect(try propose(#","risk":"x""#) == "params.risk: expected a number, found a string")
        #expect(try propose(#","risk":0"#) == nil)
        #expect(try propose(#","risk":1"#) == nil)
        #expect(try propose(#","risk":null"#) == nil)
    }

    @Test func `an id is 1 to 200 printable characters`() throws {
        #expect(try propose("", workflow: "") == "params.workflow: is empty")
        #expect(try propose("", workflow: String(repeating: "é", count: 200)) == nil)
        #expect(
            try propose("", workflow: String(repeating: "é", count: 201))
                == "params.workflow: is longer than 200 characters"
        )
        for (hidden, code) in [
            (#"\u001b"#, "1B"), (#"\u007f"#, "7F"), (#"\u202e"#, "202E"), (#"\u200b"#, "200B"),
            (#"\n"#, "A"), (#"\u2028"#, "2028"), (#"\ue000"#, "E000"), (#"\u0000"#, "0"),
        ] {
            #expect(
                try propose("", workflow: "a\(hidden)b")
                    == "params.workflow: contains U+\(code), which is not printable"
            )
        }
        #expect(try propose("", workflow: "a b/ü#漢") == nil)
        #expect(
            try complaint(StepPropose.self, #"{"step":"s","action":"a"}"#)
                == "params.workflow: is missing"
        )
        #expect(
            try propose(#","depends_on":["ok",""]"#) == "params.depends_on.1: is empty"
        )
    }

    @Test func `an item is named by its pair or by its number, never by both`() throws {
        func get(_ item: String) throws -> String? {
            try complaint(ItemGet.self, #"{"item":\#(item)}"#)
        }
        #expect(try get(#"{"workflow":"w","step":"s"}"#) == nil)
        #expect(try get(#"{"number":4826}"#) == nil)
        #expect(try get(#"{"number":0}"#) == "params.item.number: 0 is less than 1")
        #expect(
            try get(#"{"number":"4826"}"#)
                == "params.item.number: expected a whole number, found a string"
        )
        #expect(try get(#"{"workflow":"w"}"#) == "params.item.step: is missing")
        #expect(try get("{}") == "params.item.workflow: is missing")
        #expect(
            try get(#"{"number":4826,"workflow":"w","step":"s"}"#)
                == "params.item.number: stands beside account, workflow or step; one of the two names an item"
        )
        let number = try ItemGet.params(from: Example.json(#"{"item":{"number":4826}}"#))
        #expect(number.item == .number(4826))
        #expect(try JSONValue(encoding: number) == ["item": ["number": 4826]])
    }

    @Test func `arguments are objects`() throws {
        #expect(try propose(#","arguments":[1]"#) == "params.arguments: is not an object")
        #expect(try propose(#","arguments":{"a":[1]}"#) == nil)
        #expect(
            try propose(#","undo":{"arguments":7}"#) == "params.undo.arguments: is not an object"
        )
        #expect(
            try complaint(StepPropose.self, "[]")
                == "params: expected an object, found an array"
        )
    }

    @Test func `context is of a known kind and can be shown as such`() throws {
        #expect(
            try propose(#","context":[{"kind":"text","body":""},{"kind":"pdf","body":""}]"#)
                == #"params.context.1.kind: "pdf" is not one of "#
                + "text, markdown, diff, json, log, table"
        )
        #expect(
            try propose(#","context":[{"kind":"diff","body":{}}]"#)
                == "params.context.0.body: is not a string, as diff is"
        )
        #expect(try propose(#","context":[{"kind":"json","body":{}}]"#) == nil)
        func parts(_ count: Int) -> String {
            let part = #"{"kind":"log","body":""}"#
            return #","context":["#
                + Array(repeating: part, count: count).joined(separator: ",") + "]"
        }
        #expect(try propose(parts(100)) == nil)
        #expect(try propose(parts(101)) == "params.context: has 101 entries, more than 100")
    }

    @Test func `spans are not negative, and limits are within 1 and 1000`() throws {
        #expect(
            try complaint(StepWait.self, #"{"workflow":"w","step":"s","timeout_seconds":-1}"#)
                == "params.timeout_seconds: -1 is less than 0"
        )
        #expect(
            try complaint(StepWait.self, #"{"workflow":"w","step":"s","timeout_seconds":0}"#) == nil
        )
        #expect(try complaint(QueueList.self, #"{"limit":1000}"#) == nil)
        for limit in [0, 1001, -1] {
            #expect(
                try complaint(QueueList.self, #"{"limit":\#(limit)}"#)
                    == "params.limit: \(limit) is not within 1…1000"
            )
        }
        #expect(
            try complaint(AuditList.self, #"{"after":-1}"#) == "params.after: -1 is less than 0"
        )
        #expect(
            try complaint(WorkflowList.self, #"{"offset":1.5}"#)
                == "params.offset: 1.5 is not a whole number"
        )
    }

    private func review(_ more: String) -> String {
        #"{"item":{"workflow":"w","step":"s"},"digest":"D"\#(more)}"#
    }

    @Test func `arguments come with modify and with nothing else`() throws {
        func decide(_ more: String) throws -> String? {
            try complaint(ItemDecide.self, review(more))
        }
        #expect(try decide(#","decision":"approve""#) == nil)
        #expect(try decide(#","decision":"modify","arguments":{}"#) == nil)
        #expect(
            try decide(#","decision":"modify""#)
                == "params.arguments: is missing, and modify needs it"
        )
        #expect(
            try decide(#","decision":"modify","arguments":[]"#)
                == "params.arguments: is not an object"
        )
        #expect(
            try decide(#","decision":"reject","arguments":{}"#)
                == "params.arguments: is only for modify, not for reject"
        )
        #expect(
            try decide(#","decision":"yes""#)
                == #"params.decision: "yes" is not one of approve, reject, modify"#
        )
    }

    @Test func `a digest is a digest`() throws {
        let text = #"{"item":{"workflow":"w","step":"s"},"digest":"abc","decision":"approve"}"#
        #expect(
            try complaint(ItemDecide.self, text)
                == "params.digest: is no digest: sha256: and 64 hexadecimal digits"
        )
    }

    @Test func `of many reviews the wrong one is named`() throws {
        func decide(_ reviews: [String]) throws -> String? {
            try complaint(ItemsDecide.self, #"{"decisions":[\#(reviews.joined(separator: ","))]}"#)
        }
        let good = review(#","decision":"approve""#)
        let bad = #"{"item":{"workflow":"w","step":""},"digest":"D","decision":"approve"}"#
        #expect(try decide([good, bad]) == "params.decisions.1.item.step: is empty")
        #expect(try decide([]) == "params.decisions: has 0 entries, not 1…1000")
        #expect(try decide(Array(repeating: good, count: 1000)) == nil)
        #expect(
            try decide(Array(repeating: good, count: 1001))
                == "params.decisions: has 1001 entries, not 1…1000"
        )
    }

    @Test func `a stop button needs an id exactly when there are many`() throws {
        func halt(_ more: String) throws -> String? {
            try complaint(ControlHalt.self, #"{"reason":"r",\#(more)}"#)
        }
        #expect(try halt(#""scope":"all""#) == nil)
        #expect(try halt(#""scope":"workflow","id":"w""#) == nil)
        #expect(try halt(#""scope":"all","id":"w""#) == "params.id: is not for the scope all")
        #expect(
            try halt(#""scope":"agent""#)
                == "params.id: is missing, and so is account: the scope agent needs one of them"
        )
        #expect(try halt(#""scope":"agent","account":"bots""#) == nil)
        #expect(try halt(#""scope":"workflow","id":"w","account":"bots""#) == nil)
        #expect(
            try halt(#""scope":"agent","id":"a","account":"bots""#)
                == "params.account: stands beside id; halt the account, or a name that the manifest"
                + " gives"
        )
    }

    @Test func `every method has its name and both sockets are told apart`() {
        #expect(
            Set(AgentMethod.allCases.map(\.rawValue)) == [
                SessionOpen.method, StepPropose.method, StepWait.method, StepFinish.method,
                StepWithdraw.method, WorkflowOpen.method, WorkflowGet.method,
                WorkflowSettle.method, WorkflowFinish.method, CheckpointSave.method,
                CheckpointLoad.method, UndoServe.method,
            ]
        )
        #expect(
            Set(ReviewMethod.allCases.map(\.rawValue)) == [
                SessionOpen.method, QueueList.method, QueueSubscribe.method, ItemGet.method,
                ItemClaim.method, ItemRelease.method, ItemDecide.method, ItemsDecide.method,
                ItemEscalate.method, ItemSnooze.method, ItemNote.method, HandoffGet.method,
                HandoffNote.method, UndoPreview.method, ControlHalt.method,
                ControlResume.method, WorkflowList.method, WorkflowGet.method, UndoRetry.method,
                UndoSkip.method, UndoResolve.method, UndoDrill.method, AuditList.method,
                AuditVerify.method,
                StatsGet.method, ServiceStatus.method,
            ]
        )
        #expect(AgentMethod(rawValue: "item.decide") == nil)
        #expect(AgentMethod(rawValue: "items.decide") == nil)
    }
}
