import HoldCore
import Testing

@Suite struct JSONParserTests {
    private func error(_ text: String) -> JSONError? { error(Array(text.utf8)) }

    private func error(_ bytes: [UInt8]) -> JSONError? {
        do {
            _ = try JSONValue(parsing: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func `every kind of value is read`() throws {
        let text = #" {"a":[null,true,false,0,-7,2.5,"x"],"b":{}, "c" : [ ] } "#
        #expect(
            try JSONValue(parsing: text) == [
                "a": [.null, true, false, 0, -7, 2.5, "x"], "b": [:], "c": [],
            ]
        )
    }

    @Test(arguments: [
        ("1.0", 1), ("1e3", 1000), ("-0", 0), ("-0.0", 0), ("0e9", 0), ("2.50e1", 25),
        ("1e-400", 0), ("9007199254740991", 9_007_199_254_740_991),
        ("-9007199254740991", -9_007_199_254_740_991),
        ("9007199254740991.0", 9_007_199_254_740_991),
    ])
    func `a whole number is an integer however it is spelled`(text: String, whole: Int64) throws {
        #expect(try JSONValue(parsing: text) == .integer(whole))
    }

    @Test(arguments: [
        "9007199254740992", "-9007199254740992", "9007199254740992.0", "1e20", "1e300", "-1e400",
        "123456789012345678901234567890", "18446744073709551616", "9223372036854775808",
    ])
    func `a number beyond two to the 53rd is refused`(text: String) {
        #expect(error(text) == .numberTooLarge(offset: 0))
    }

    @Test(arguments: [
        ("01", JSONError.invalidNumber(offset: 1)), ("-", .endsEarly(offset: 1)),
        ("-x", .invalidNumber(offset: 1)), ("1.", .endsEarly(offset: 2)),
        ("[1.]", .invalidNumber(offset: 3)), ("1e", .endsEarly(offset: 2)),
        ("[1e+]", .invalidNumber(offset: 4)), ("+1", .unexpectedByte(offset: 0)),
        (".5", .unexpectedByte(offset: 0)), ("1 2", .textAfterEnd(offset: 2)),
        ("NaN", .unexpectedByte(offset: 0)), ("Infinity", .unexpectedByte(offset: 0)),
        ("0x10", .textAfterEnd(offset: 1)),
    ])
    func `a misspelled number is refused at its first wrong byte`(text: String, wrong: JSONError) {
        #expect(error(text) == wrong)
    }

    @Test(arguments: [
        ("", JSONError.endsEarly(offset: 0)), ("  ", .endsEarly(offset: 2)),
        ("{", .endsEarly(offset: 1)), ("[1,", .endsEarly(offset: 3)),
        ("[1,]", .unexpectedByte(offset: 3)), (#"{"a":1,}"#, .unexpectedByte(offset: 7)),
        ("{a:1}", .unexpectedByte(offset: 1)), (#"{"a" 1}"#, .unexpectedByte(offset: 5)),
        ("tru", .endsEarly(offset: 3)), ("trux", .unexpectedByte(offset: 3)),
        ("nullx", .textAfterEnd(offset: 4)), ("[1 2]", .unexpectedByte(offset: 3)),
        ("'a'", .unexpectedByte(offset: 0)), ("/**/1", .unexpectedByte(offset: 0)),
        ("\u{FEFF}1", .unexpectedByte(offset: 0)), ("]", .unexpectedByte(offset: 0)),
    ])
    func `what the grammar refuses is refused at its first wrong byte`(
        text: String,
        wrong: JSONError
    ) {
        #expect(error(text) == wrong)
    }

    @Test func `escapes are read`() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83d\uDE00 é\u0000""#
        #expect(
            try JSONValue(parsing: text)
                == .string("\"\\/\u{8}\u{C}\n\r\tA\u{E9}\u{20AC}\u{1F600} \u{E9}\u{0}")
        )
    }

    @Test(arguments: [
        (#""\ud800""#, JSONError.loneSurrogate(offset: 1)),
        (#""\udc00\ud800""#, .loneSurrogate(offset: 1)),
        (#""ab\ud800\u0041""#, .loneSurrogate(offset: 3)),
        (#""\ud800x""#, .loneSurrogate(offset: 1)), (#""\ud800\n""#, .loneSurrogate(offset: 1)),
        (#""\ud800\"#, .loneSurrogate(offset: 1)), (#""\u12"#, .endsEarly(offset: 5)),
        (#""\u12g4""#, .invalidEscape(offset: 5)), (#""\x""#, .invalidEscape(offset: 2)),
        (#""\"#, .endsEarly(offset: 2)), ("\"a\nb\"", .controlCharacter(offset: 2)),
        ("\"\\na\u{1}\"", .controlCharacter(offset: 4)), ("\"abc", .endsEarly(offset: 4)),
    ])
    func `a broken string is refused at its first wrong byte`(text: String, wrong: JSONError) {
        #expect(error(text) == wrong)
    }

    @Test(
        arguments: [
            ([0x22, 0x61, 0xFF, 0x22], 2), ([0x22, 0xC3, 0x22], 1), ([0x22, 0xC0, 0x80, 0x22], 1),
            ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),
            ([0x22, 0xC3, 0x5C, 0x6E, 0xA9, 0x22], 1), ([0x22, 0xC3, 0xA9, 0x80, 0x22], 3),
        ] as [([UInt8], Int)]
    )
    func `a string that is not UTF-8 is refused`(bytes: [UInt8], offset: Int) {
        #expect(error(bytes) == .invalidUTF8(offset: offset))
    }

    @Test func `a duplicate key is refused, however it is spelled`() {
        #expect(error(#"{"a":1,"b":2,"a":1}"#) == .duplicateKey("a", offset: 13))
        #expect(error(#"{"a":1,"\u0061":2}"#) == .duplicateKey("a", offset: 7))
        #expect(error("{\"\u{E9}\":1,\"e\u{301}\":2}") != nil)
        #expect(error(#"{"a":{"a":1},"b":{"a":1}}"#) == nil)
    }

    @Test func `nesting is allowed up to the limit and refused beyond`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        func objects(_ depth: Int) -> String {
            String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        }
        #expect(error(nested(64)) == nil)
        #expect(error(nested(65)) == .tooDeep(limit: 64, offset: 64))
        #expect(error(objects(64)) == nil)
        #expect(error(objects(65)) == .tooDeep(limit: 64, offset: 320))
        #expect(error(String(repeating: "[", count: 5_000_000)) == .tooDeep(limit: 64, offset: 64))
        #expect(JSONLimits(depth: 1_000_000).depth == 256)
        #expect(throws: JSONError.tooDeep(limit: 0, offset: 0)) {
            try JSONValue(parsing: "[]", limits: JSONLimits(depth: -1))
        }
    }

    @Test func `a slice is read with offsets of its own`() throws {
        let bytes = Array(#"xx[1,]yy"#.utf8)
        #expect(throws: JSONError.unexpectedByte(offset: 3)) {
            try JSONValue(parsing: bytes[2..<6])
        }
        #expect(try JSONValue(parsing: bytes[3..<4]) == 1)
    }

    @Test func `an error is one plain sentence with its byte`() {
        #expect(
            error(#"{"k\u001b":1,"k\u001b":2}"#)?.description
                == #"the key "k\u001b" a second time at byte 13"#
        )
        #expect(error("[1,")?.description == "the text ends in the middle of a value at byte 3")
    }

    @Test func `random bytes are refused or read, never a crash`() {
        var random = SeededRandom(seed: 8259)
        let alphabet =
            Array(#"{}[]:,"\/bfnrtu0123456789.eE+- tfalsn"#.utf8) + [0xC3, 0xA9, 0xFF, 0]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...24, using: &random)
            let bytes = (0..<count).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            if let offset = error(bytes)?.offset { #expect((0...count).contains(offset)) }
        }
    }

    @Test func `a text cut at any byte is refused`() throws {
        let whole = Array(#"{"a":[1.5e1,"é\ud83d\ude00",null],"b":{"c":true}}"#.utf8)
        #expect(error(whole) == nil)
        for count in 0..<whole.count {
            #expect(error(Array(whole.prefix(count))) != nil, "cut at \(count)")
        }
    }
}
