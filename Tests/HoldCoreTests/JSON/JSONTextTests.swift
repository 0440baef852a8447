import HoldCore
import Testing

@Suite struct JSONTextTests {
    /// The vectors of RFC 8785, appendix B.
    @Test(
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
            (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
            (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xC340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"),
            (0x44B5_2D02_C7E1_4AF6, "1e+23"), (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"),
            (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
            (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
            (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
            (0x41B3_DE43_5555_5553, "333333333.3333332"),
            (0x41B3_DE43_5555_5554, "333333333.33333325"),
            (0x41B3_DE43_5555_5555, "333333333.3333333"),
            (0x41B3_DE43_5555_5556, "333333333.3333334"),
            (0x41B3_DE43_5555_5557, "333333333.33333343"),
            (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
            (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
            (0x3FF8_0000_0000_0000, "1.5"), (0x3E7A_D7F2_9ABC_AF48, "1e-7"),
        ] as [(UInt64, String)]
    )
    func `a number is spelled as RFC 8785 asks`(bits: UInt64, text: String) {
        #expect(JSONValue.number(Double(bitPattern: bits)).canonicalText == text)
    }

    @Test func `a number that JSON cannot say becomes null`() {
        #expect(JSONValue.number(.nan).canonicalText == "null")
        #expect(JSONValue.number(-.infinity).canonicalText == "null")
    }

    @Test func `keys are sorted by UTF-16 code units`() {
        // The vector of RFC 8785, section 3.2.3.
        let value: JSONValue = [
            "\u{20AC}": "Euro Sign", "\r": "Carriage Return", "\u{FB33}": "Hebrew Letter Dalet",
            "1": "One", "\u{1F600}": "Emoji", "\u{80}": "Control", "\u{F6}": "O With Diaeresis",
        ]
        #expect(
            value.canonicalText
                == "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\","
                + "\"\u{F6}\":\"O With Diaeresis\",\"\u{20AC}\":\"Euro Sign\","
                + "\"\u{1F600}\":\"Emoji\",\"\u{FB33}\":\"Hebrew Letter Dalet\"}"
        )
    }

    @Test func `a key sorts before its own extensions`() {
        #expect(
            (["b": 1, "ab": 2, "a": 3, "": 4, "aa": 5] as JSONValue).canonicalText
                == #"{"":4,"a":3,"aa":5,"ab":2,"b":1}"#
        )
    }

    @Test func `the sample of RFC 8785 comes out as there`() throws {
        let text = #"""
            {"numbers": [333333333.33333329, 4.50, 2e-3, 0.000000000000000000000000001],
             "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
             "literals": [null, true, false]}
            """#
        #expect(
            try JSONValue(parsing: text).canonicalText
                == #"{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],"#
                + "\"string\":\"\u{20AC}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        )
    }

    @Test func `the ASCII form escapes everything but printable ASCII`() throws {
        let value = JSONValue.string("a\u{1B}\u{7F}\u{9B}é\u{202E}\u{1F600}\"\n")
        #expect(value.asciiText == #""a\u001b\u007f\u009b\u00e9\u202e\ud83d\ude00\"\n""#)
        #expect(try JSONValue(parsing: value.asciiText) == value)
    }

    @Test func `strings that only look alike are different values`() {
        let composed: JSONValue = "\u{E9}"
        let decomposed: JSONValue = "e\u{301}"
        #expect(composed != decomposed)
        #expect(composed.canonical != decomposed.canonical)
        #expect(JSONValue.object(["\u{E9}": 1]) != .object(["e\u{301}": 1]))
        #expect(JSONValue.object(["\u{E9}": 1]) == .object(["\u{E9}": 1]))
        #expect(JSONValue.object(["a": 1]) != .object(["a": 2]))
        #expect(JSONValue.object(["a": 1]) != .object(["a": 1, "b": 1]))
        #expect(JSONValue.object(["a": 1]) != .object(["b": 1]))
    }

    @Test func `random values survive both forms`() throws {
        var random = SeededRandom(seed: 8785)
        for _ in 0..<2_000 {
            let value = randomValue(depth: 4, using: &random)
            #expect(try JSONValue(parsing: value.canonical) == value)
            #expect(try JSONValue(parsing: value.asciiText) == value)
            #expect(value.asciiText.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
        }
    }

    private func randomValue(depth: Int, using random: inout SeededRandom) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64.random(in: -(1 << 53) + 1..<(1 << 53), using: &random))
        case 3:
            let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random))
            return JSONValue(double: value.magnitude < 0x1p53 ? value : 1 / value)
        case 4, 5: return .string(randomText(using: &random))
        case 6:
            return .array(
                (0..<Int.random(in: 0..<4, using: &random)).map { _ in
                    randomValue(depth: depth - 1, using: &random)
                }
            )
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0..<5, using: &random) {
                members[randomText(using: &random)] = randomValue(depth: depth - 1, using: &random)
            }
            return .object(members)
        }
    }

    private func randomText(using random: inout SeededRandom) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<6, using: &random) {
            let limit: UInt32 = [0x80, 0x800, 0x10000, 0x110000][
                Int.random(in: 0..<4, using: &random)
            ]
            let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random))
            text.unicodeScalars.append(scalar ?? "\u{FFFD}")
        }
        return text
    }
}
