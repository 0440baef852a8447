import HoldCore
import HoldWire
import Testing

/// Examples in the words of the protocol's documents; `D` stands for a digest, `T` for a time.
enum Example {
    static let digest = Digest(of: [])
    static let time = Instant(milliseconds: 1_795_255_391_204)

    static func json(_ text: String) throws -> JSONValue {
        fill(try JSONValue(parsing: text))
    }

    private static func fill(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string("D"): .string(digest.description)
        case .string("T"): .string(time.rfc3339)
        case .array(let elements): .array(elements.map(fill))
        case .object(let members): .object(members.mapValues(fill))
        case .null, .bool, .integer, .number, .string: value
        }
    }

    /// Checks that a value of this type says all that the example says, and nothing more than nulls.
    static func survives<T: Codable & Hashable>(
        _ text: String,
        as type: T.Type,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let example = try json(text)
        let value = try example.decode(type, at: "example")
        let said = try JSONValue(encoding: value)
        #expect(pruned(said, to: example) == example, sourceLocation: sourceLocation)
        #expect(try said.decode(type) == value, sourceLocation: sourceLocation)
    }

    /// The value without the nulls that the example leaves out.
    private static func pruned(_ value: JSONValue, to example: JSONValue) -> JSONValue {
        switch (value, example) {
        case (.object(let members), .object(let wanted)):
            var kept: [String: JSONValue] = [:]
            for (key, member) in members where wanted[key] != nil || member != .null {
                kept[key] = pruned(member, to: wanted[key] ?? .null)
            }
            return .object(kept)
        case (.array(let elements), .array(let wanted)) where elements.count == wanted.count:
            return .array(zip(elements, wanted).map { pruned($0, to: $1) })
        default: return value
        }
    }

    /// Checks that a method reads and writes its parameters and its reply as in the examples.
    static func survives<M: WireMethod>(
        _ method: M.Type,
        params: String,
        reply: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let value = try M.params(from: json(params))
        let request = try M.request(id: 1, value)
        #expect(
            request == .request(id: 1, method: M.method, params: try json(params)),
            sourceLocation: sourceLocation
        )
        #expect(
            try RPCMessage(line: Array(request.line.dropLast())) == request,
            sourceLocation: sourceLocation
        )
        try survives(reply, as: M.Reply.self, sourceLocation: sourceLocation)
        let answer = try M.reply(from: json(reply))
        guard case .response(2, let result) = M.response(id: 2, answer) else {
            Issue.record("no response", sourceLocation: sourceLocation)
            return
        }
        #expect(try M.reply(from: result) == answer, sourceLocation: sourceLocation)
    }

    static let item = #"""
        {"number":4826,"account":"1001@host-a","workflow":"wf-918","step":"wf-918/3","action":"provision_test_environment",
         "summary":"Provision staging-42 for PR 918","state":"pending_review","mode":"async",
         "queue":"default","agent":"deploy-agent","requested_by":"agents","risk":0.31,
         "created_at":"T","deadline":"T","tier":"primary","claimed_by":null,"digest":"D",
         "approvals":{"given":0,"needed":1},"depth":{"current":2,"max":5},
         "undo":{"steps":2,"proven_at":null},"risk_class":"LOW","confirm":"none",
         "attention":null,"separation":"enforced","revision":1}
        """#
    static let decision = #"""
        {"outcome":"approved","modified":true,"reviewed_by":"alice","reviewed_at":"T",
         "reason":"size m is over budget","digest":"D","tier":"primary"}
        """#
    static let link = #"""
        {"step":"wf-918/2","action":"provision_test_environment",
         "operation":"destroy_environment","state":"undo_failed","attempts":5,
         "error":"refused","in_doubt":false}
        """#
    static let preview = #"""
        {"steps":[{"step":"wf-918/3","action":"a","operation":"destroy_environment",
         "age_seconds":61.5,"proven_at":null,"in_doubt":true}],
         "withdraws":[{"workflow":"wf-918","step":"wf-918/4"}]}
        """#
    static let workflow = #"""
        {"account":"1001@host-a","workflow":"wf-918","title":"Release 918","agent":"deploy-agent","status":"running",
         "pending":1,"depth":{"current":2,"max":5},"updated_at":"T"}
        """#
    static let event = #"""
        {"seq":9,"account":"1001@host-a","workflow":"wf-918","version":2,"type":"item_opened","at":"T",
         "actor":{"kind":"agent","realm":"host-a","user":"agents","uid":1001},"manifest":"D",
         "data":{"anyKey":[1,null]},"previous":"00","hash":"ff"}
        """#

    /// The object of both texts' members.
    static func merged(_ base: String, _ more: String) -> String {
        "\(base.dropLast()),\(more.dropFirst())"
    }
}
