import HoldCore
import HoldWire
import Testing

@Suite struct RPCMessageTests {
    private func message(_ text: String) throws(MalformedMessage) -> RPCMessage {
        try RPCMessage(line: Array(text.utf8))
    }

    private func malformed(_ text: String) -> MalformedMessage? {
        do {
            _ = try message(text)
            return nil
        } catch {
            return error
        }
    }

    @Test func `every kind of message is read and written`() throws {
        let messages: [(String, RPCMessage)] = [
            (
                #"{"id":1,"jsonrpc":"2.0","method":"step.wait","params":{"step":"s"}}"#,
                .request(id: 1, method: "step.wait", params: ["step": "s"])
            ),
            (
                #"{"id":"u-7","jsonrpc":"2.0","method":"undo.run"}"#,
                .request(id: "u-7", method: "undo.run", params: nil)
            ),
            (
                #"{"jsonrpc":"2.0","method":"item.decided","params":[1]}"#,
                .notification(method: "item.decided", params: [1])
            ),
            (
                #"{"id":-3,"jsonrpc":"2.0","result":null}"#, .response(id: -3, result: .null)
            ),
            (
                #"{"error":{"code":-32601,"message":"no"},"id":4,"jsonrpc":"2.0"}"#,
                .error(id: 4, RPCError(.methodNotFound, "no"))
            ),
            (
                #"{"error":{"code":-32700,"message":"no"},"id":null,"jsonrpc":"2.0"}"#,
                .error(id: nil, RPCError(.parseError, "no"))
            ),
            (
                #"{"error":{"code":-32000,"data":{"code":"stale","digest":"d"},"message":"no"},"#
                    + #""id":5,"jsonrpc":"2.0"}"#,
                .error(id: 5, RPCError(.stale, "no", data: ["digest": "d"]))
            ),
        ]
        for (text, expected) in messages {
            #expect(try message(text) == expected)
            #expect(String(decoding: expected.line, as: UTF8.self) == text + "\n")
        }
    }

    @Test(arguments: [
        "", " ", "nope", "{", #"{"jsonrpc":"2.0","id":1,"method":"a""#, "\u{FEFF}{}",
        #"{"id":1,"id":1}"#, #"{"jsonrpc":"2.0","id":9007199254740993,"method":"a"}"#,
    ])
    func `what is not JSON is answered with -32700 and no id`(text: String) {
        let problem = malformed(text)
        #expect(problem?.error.fault == .parseError)
        #expect(problem?.id == nil)
        #expect(problem?.error.message.contains("at byte") == true)
    }

    @Test func `a string that is not UTF-8 is answered with -32700`() {
        #expect(throws: MalformedMessage.self) { try RPCMessage(line: [0x22, 0xFF, 0x22]) }
    }

    @Test(
        arguments: [
            ("[]", nil, "batches are not served"),
            (#"[{"jsonrpc":"2.0","id":1,"method":"a"}]"#, nil, "batches are not served"),
            ("7", nil, "a message is an object"), ("{}", nil, #"jsonrpc: is not "2.0""#),
            (#"{"id":1,"method":"a"}"#, 1, #"jsonrpc: is not "2.0""#),
            (#"{"jsonrpc":2.0,"id":1,"method":"a"}"#, 1, #"jsonrpc: is not "2.0""#),
            (#"{"jsonrpc":"2.0","id":"x"}"#, "x", "method: is missing"),
            (#"{"jsonrpc":"2.0","id":1,"method":7}"#, 1, "method: is not a string"),
            (
                #"{"jsonrpc":"2.0","id":null,"method":"a"}"#, nil,
                "id: is neither a string nor a whole number"
            ),
            (
                #"{"jsonrpc":"2.0","id":1.5,"method":"a"}"#, nil,
                "id: is neither a string nor a whole number"
            ),
            (
                #"{"jsonrpc":"2.0","id":[1],"result":1}"#, nil,
                "id: is neither a string nor a whole number"
            ),
            (
                #"{"jsonrpc":"2.0","id":1,"method":"a","params":"x"}"#, 1,
                "params: is neither an object nor an array"
            ),
            (
                #"{"jsonrpc":"2.0","id":1,"method":"a","params":null}"#, 1,
                "params: is neither an object nor an array"
            ),
            (
                #"{"jsonrpc":"2.0","id":1,"method":"a","result":1}"#, 1,
                "a message is either a request or an answer"
            ),
            (
                #"{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1,"message":"m"}}"#, 1,
                "an answer is either a result or an error"
            ),
            (#"{"jsonrpc":"2.0","result":1}"#, nil, "id: is missing"),
            (
                #"{"jsonrpc":"2.0","id":1,"error":{"code":"x","message":"m"}}"#, 1,
                "error.code: expected a whole number, found a string"
            ),
        ] as [(String, RPCID?, String)]
    )
    func `what is no message is answered with -32600 and its id if there is one`(
        text: String,
        id: RPCID?,
        sentence: String
    ) {
        let problem = malformed(text)
        #expect(problem?.error == RPCError(.invalidRequest, sentence))
        #expect(problem?.id == id)
        #expect(problem.map { $0.answer == .error(id: id, $0.error) } == true)
    }

    @Test func `nesting is held to 64 levels, and to more in answers`() throws {
        func request(_ depth: Int) -> String {
            #"{"jsonrpc":"2.0","id":1,"method":"a","params":"#
                + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        }
        #expect(malformed(request(63)) == nil)
        #expect(malformed(request(64))?.error.fault == .parseError)
        #expect(malformed(request(3_000_000))?.error.fault == .parseError)
        #expect(throws: Never.self) {
            try RPCMessage(line: Array(request(64).utf8), limits: .answers)
        }
    }

    @Test func `random lines are refused or read, never a crash`() {
        var random = SeededRandom(seed: 2)
        let words = [
            "{", "}", "[", "]", ",", ":", "\"jsonrpc\"", "\"2.0\"", "\"id\"", "\"method\"",
            "\"params\"", "\"result\"", "\"error\"", "\"code\"", "\"message\"", "1", "-1.5", "null",
            "\"a\"", "true", "\u{1F600}", "\\", "\"",
        ]
        for round in 0..<20_000 {
            var line: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<20, using: &random) {
                if round.isMultiple(of: 2) {
                    line += Array(words[Int.random(in: 0..<words.count, using: &random)].utf8)
                } else {
                    line.append(UInt8.random(in: 0...255, using: &random))
                }
            }
            do {
                let message = try RPCMessage(line: line)
                #expect(try RPCMessage(line: Array(message.line.dropLast())) == message)
            } catch {
                #expect([.parseError, .invalidRequest].contains(error.error.fault))
            }
        }
    }

    @Test func `a request cut at any byte is answered with -32700`() throws {
        let line = RPCMessage.request(id: 1, method: "step.wait", params: ["a": [1, "é", .null]])
            .line
        for count in 0..<line.count - 1 {
            #expect(throws: MalformedMessage.self) {
                try RPCMessage(line: Array(line.prefix(count)))
            }
        }
        #expect(throws: Never.self) { try RPCMessage(line: line) }
    }

    @Test func `a mutated request is refused or read, never a crash`() throws {
        var random = SeededRandom(seed: 3)
        let line = RPCMessage.request(
            id: "a",
            method: "step.propose",
            params: ["workflow": "w", "step": "s", "action": "a", "risk": 0.5, "depends_on": ["x"]]
        ).line
        var read = 0
        for _ in 0..<20_000 {
            var mutated = line
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<mutated.count, using: &random)
                mutated[index] = UInt8.random(in: 0...255, using: &random)
            }
            if case .request(_, _, let params)? = try? RPCMessage(line: mutated) {
                read += 1
                do {
                    _ = try StepPropose.params(from: params)
                } catch {
                    #expect(error.fault == .invalidParams)
                }
            }
        }
        #expect(read > 100)
    }
}
