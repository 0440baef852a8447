import HoldCore
import Testing

@Suite struct JSONCoderTests {
    private enum Kind: String, Codable, CaseIterable { case text, markdown }

    private struct Part: Codable, Equatable {
        var kind: Kind
        var maxBytes: Int?
    }

    private struct Sample: Codable, Equatable {
        var requestID = "r"
        var maxFrameBytes: Int = 8
        var risk: Double?
        var arguments: JSONValue?
        var labels: [String: String] = [:]
        var parts: [Part] = []
        var small: Int8 = 0
        var flag = true
        var extra: [String: JSONValue]?
    }

    private func failure<T: Decodable>(_ text: String, as type: T.Type) throws -> JSONDecodingError?
    {
        let value = try JSONValue(parsing: text)
        do {
            _ = try value.decode(type, at: "params")
            return nil
        } catch {
            return error
        }
    }

    @Test func `properties become snake_case fields and data stays as it is`() throws {
        let sample = Sample(
            risk: 0.5,
            arguments: ["someKey": ["innerKey": 1]],
            labels: ["teamName": "x"],
            parts: [Part(kind: .markdown, maxBytes: 3)],
            extra: ["camelKey": .null]
        )
        let value = try JSONValue(encoding: sample)
        #expect(
            value == [
                "request_id": "r", "max_frame_bytes": 8, "risk": 0.5,
                "arguments": ["someKey": ["innerKey": 1]], "labels": ["teamName": "x"],
                "parts": [["kind": "markdown", "max_bytes": 3]], "small": 0, "flag": true,
                "extra": ["camelKey": .null],
            ]
        )
        #expect(try value.decode(Sample.self) == sample)
    }

    @Test func `a missing optional is left out, and a null one is read as missing`() throws {
        let value = try JSONValue(encoding: Sample())
        #expect(value["risk"] == nil)
        #expect(value["arguments"] == nil)
        guard case .object(var members) = value else {
            Issue.record("not an object")
            return
        }
        members["risk"] = .null
        members["unknown_field"] = [1, 2]
        #expect(try JSONValue.object(members).decode(Sample.self) == Sample())
    }

    @Test(arguments: [
        (#"{}"#, "params.kind: is missing"),
        (#"{"kind":7}"#, "params.kind: expected a string, found a number"),
        (#"{"kind":null}"#, "params.kind: expected a string, found null"),
        (#"{"kind":"pd\u001bf"}"#, #"params.kind: "pd\u001bf" is not one of text, markdown"#),
        (#"{"kind":"text","max_bytes":1.5}"#, "params.max_bytes: 1.5 is not a whole number"),
        (
            #"{"kind":"text","max_bytes":"x"}"#,
            "params.max_bytes: expected a whole number, found a string"
        ),
        (#"[]"#, "params: expected an object, found an array"),
    ])
    func `a wrong field is named in a plain sentence`(text: String, sentence: String) throws {
        #expect(try failure(text, as: Part.self)?.description == sentence)
    }

    @Test func `the path leads through arrays and dictionaries`() throws {
        #expect(
            try failure(#"{"part_list":[{"kind":"text"},{"kind":"x"}]}"#, as: Nested.self)?.path
                == "params.part_list.1.kind"
        )
        #expect(
            try failure(#"{"part_list":[],"by_name":{"aB":{"kind":1}}}"#, as: Nested.self)?.path
                == "params.by_name.aB.kind"
        )
        #expect(try failure(#"{"part_list":[]}"#, as: Nested.self) == nil)
    }

    private struct Nested: Codable {
        var partList: [Part]
        var byName: [String: Part]?
    }

    @Test func `whole numbers are held to the range of their type`() throws {
        #expect(try JSONValue(parsing: "127").decode(Int8.self) == 127)
        #expect(
            try failure("128", as: Int8.self)?.description == "params: 128 is not within -128…127"
        )
        #expect(
            try failure("-1", as: UInt64.self)?.description
                == "params: -1 is not within 0…18446744073709551615"
        )
        #expect(try JSONValue(parsing: "3").decode(Double.self) == 3)
        #expect(try JSONValue(parsing: "3e0").decode(UInt16.self) == 3)
    }

    @Test func `numbers that JSON cannot carry are refused`() throws {
        #expect(try JSONValue(encoding: [Int64(9_007_199_254_740_991)]) == [9_007_199_254_740_991])
        #expect(throws: JSONEncodingError.number(path: "1", text: "9007199254740992")) {
            try JSONValue(encoding: [0, Int64(9_007_199_254_740_992)])
        }
        #expect(throws: JSONEncodingError.number(path: "max_bytes", text: "\(Int.min)")) {
            try JSONValue(encoding: Part(kind: .text, maxBytes: .min))
        }
        #expect(throws: JSONEncodingError.number(path: "", text: "\(UInt64.max)")) {
            try JSONValue(encoding: UInt64.max)
        }
        #expect(throws: JSONEncodingError.number(path: "risk", text: "nan")) {
            try JSONValue(encoding: Sample(risk: .nan))
        }
    }

    @Test func `nested containers may be filled in any order`() throws {
        #expect(
            try JSONValue(encoding: Crossed())
                == ["first": ["one_more": 2], "list": [1, ["late": true], 3], "last": "over"]
        )
    }

    @Test func `a value codes to itself`() throws {
        let value: JSONValue = ["someKey": [1, .null, ["x_y": 2.5]]]
        #expect(try JSONValue(encoding: value) == value)
        #expect(try value.decode(JSONValue.self) == value)
        #expect(try JSONValue(encoding: [value, nil]).decode([JSONValue?].self) == [value, nil])
    }

    @Test func `scalars, arrays and optionals code on their own`() throws {
        #expect(try JSONValue(encoding: "x") == "x")
        #expect(try JSONValue(encoding: [Float](arrayLiteral: 1.5, 2)) == [1.5, 2])
        #expect(try JSONValue(encoding: Int?.none) == .null)
        #expect(try JSONValue.null.decode(Int?.self) == nil)
        #expect(try JSONValue(parsing: "[[1],[]]").decode([[Int]].self) == [[1], []])
    }
}

/// Fills its containers crosswise, as the protocol of `Encoder` allows.
private struct Crossed: Encodable {
    private enum Keys: String, CodingKey { case first, list, oneMore, late, last }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Keys.self)
        var first = fields.nestedContainer(keyedBy: Keys.self, forKey: .first)
        try fields.encode("given", forKey: .last)
        var list = fields.nestedUnkeyedContainer(forKey: .list)
        try list.encode(1)
        var inner = list.nestedContainer(keyedBy: Keys.self)
        try list.encode(3)
        try first.encode(2, forKey: .oneMore)
        try inner.encode(true, forKey: .late)
        try fields.encode("over", forKey: .last)
    }
}
