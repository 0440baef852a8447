import HoldCore
import HoldManifest
import Testing

/// What is wrong with a file before anything in it is looked at.
struct YAMLSourceTests {
    @Test(arguments: ["[", "actions: [", "actions: {a: {}\n  ", "a: &b", "\"", "- - ["])
    func `what is missing at the end of a file is told of within it`(text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)

        let problem = try #require(ManifestLoader.load(Array(text.utf8), file: "m").errors.first)

        #expect(problem.line <= lines.count)
        #expect(problem.line < lines.count || problem.column <= (lines.last?.count ?? 0) + 1)
    }

    @Test(arguments: [
        ManifestCase(
            "actions:\n  a: {}\n  b: {}\n  a: {}",
            "m:4:3: error: the key ‘a’ stands twice; the first is in line 2"
        ),
        ManifestCase(
            "actions: {a: {blocking: true, \"blocking\": true,\n  blocking: true}}",
            "m:1:31: error: the key ‘blocking’ stands twice; the first is in line 1",
            "m:2:3: error: the key ‘blocking’ stands twice; the first is in line 1"
        ),
        ManifestCase(
            "actions:\n  \"b\": {}\n  'b': {}\nactions: {}\nversion: 1\nversion: 2",
            "m:3:3: error: the key ‘b’ stands twice; the first is in line 2",
            "m:4:1: error: the key ‘actions’ stands twice; the first is in line 1",
            "m:6:1: error: the key ‘version’ stands twice; the first is in line 5"
        ),
        ManifestCase(
            "actions: {true: {}, \"true\": {}}",
            "m:1:21: error: the key ‘true’ stands twice; the first is in line 1"
        ),
        ManifestCase(
            "actions: {\"\\x61\": {}, a: {}}",
            "m:1:11: error: this key stands twice in its mapping"
        ),
    ])
    func `a key that stands twice is an error where it stands again`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }

    @Test(arguments: [
        ManifestCase(
            "actions:\n  a: [1, 2\n  b: 3",
            "m:3:4: error: no valid YAML: did not find expected ',' or ']' "
                + "while parsing a flow sequence begun in line 2"
        ),
        ManifestCase(
            "actions:\n  a: {}\n b: {}",
            "m:3:2: error: no valid YAML: did not find expected key "
                + "while parsing a block mapping begun in line 1"
        ),
        ManifestCase(
            "actions: \"a",
            "m:1:12: error: no valid YAML: found unexpected end of stream "
                + "while scanning a quoted scalar"
        ),
        ManifestCase(
            "actions:\n\ta: 1",
            "m:2:1: error: no valid YAML: found character that cannot start any token "
                + "while scanning for the next token"
        ),
        ManifestCase(
            "actions: {a: *b}",
            "m:1:14: error: no valid YAML: found undefined alias"
        ),
        ManifestCase(
            "actions: &a [*a]",
            "m:1:14: error: no valid YAML: found undefined alias"
        ),
        ManifestCase(
            "actions: {}\n---\nactions: {}",
            "m:2:1: error: no valid YAML: expected a single document in the stream, "
                + "but found another document"
        ),
        ManifestCase("? [a, b]\n: 1", "m:1:3: error: a key must be a text"),
        ManifestCase(
            "actions: {a: {approvals: !!int 2}}",
            "m:1:26: error: the tag ‘tag:yaml.org,2002:int’ is not known; write the value without"
        ),
        ManifestCase(
            "actions: !set {}",
            "m:1:10: error: the tag ‘!set’ is not known; write the value without"
        ),
        ManifestCase(
            "actions: {}\n# \u{7}",
            "m:2:3: error: the character U+7 may not stand in YAML"
        ),
    ])
    func `what is no YAML is an error with its place`(manifest: ManifestCase) {
        #expect(problems(manifest.text) == manifest.problems)
    }

    @Test func `bytes that are not UTF-8 are an error with their place`() {
        let bytes = Array("actions: {}\n# ".utf8) + [0xFF, 0x0A]

        #expect(
            ManifestLoader.load(bytes, file: "m").problems.map(\.description) == [
                "m:2:3: error: the file is not UTF-8"
            ]
        )
    }

    @Test func `a byte-order mark changes no place`() {
        let bytes = [0xEF, 0xBB, 0xBF] + Array("actons: {}".utf8)

        #expect(
            ManifestLoader.load(bytes, file: "m").problems.first?.description
                == "m:1:1: error: unknown key ‘actons’; did you mean ‘actions’?"
        )
    }

    @Test func `a file of more than a mebibyte is an error`() {
        let text = "actions: {}\n#" + String(repeating: "x", count: ManifestLoader.bytesMax)

        #expect(problems(text) == ["m:1:1: error: the file is larger than 1048576 bytes"])
    }

    @Test func `aliases that blow up are an error at the alias that goes too far`() {
        var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for level in 1...20 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        text += "? *a20\n: 1\nactions: {}\n"

        let found = problems(text)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("m:6:") == true, "\(found)")
        #expect(
            found.first?.hasSuffix("error: with this alias the file unfolds to too much") == true
        )
    }

    @Test func `more values than a manifest can need are an error`() {
        let list = "[" + String(repeating: "1,", count: 1_000) + "1]"
        let aliases = Array(repeating: "*l", count: 200).joined(separator: ", ")

        let found = problems("actions: {}\nx: &l \(list)\ny: [\(aliases)]\n")

        #expect(found.count == 1)
        #expect(
            found.first?.hasSuffix("error: the file has more than 100000 values, aliases unfolded")
                == true,
            "\(found)"
        )
    }

    @Test(arguments: [64, 900, 5_000])
    func `deep nesting is an error`(depth: Int) {
        let text =
            "actions: " + String(repeating: "[", count: depth)
            + String(repeating: "]", count: depth)

        #expect(problems(text).count == 1)
        #expect(problems(text).first?.contains("error:") == true)
    }

    @Test func `a flood of problems is cut`() {
        let text = "actions: {}\n" + (1...500).map { "zzz\($0): 1\n" }.joined()

        let found = problems(text)
        #expect(found.count == 201)
        #expect(found.last == "m:201:1: error: 300 further problems are not shown")
    }

    @Test func `a file of any bytes is answered with problems, never with a crash`() {
        var random = SplitMix(seed: 0x5EED)
        for example in [ManifestFixtures.full, ManifestFixtures.least] {
            for _ in 0..<400 {
                var bytes = Array(example.utf8)
                for _ in 0...random.below(4) { mutate(&bytes, &random) }

                let loaded = ManifestLoader.load(bytes, file: "m")

                #expect((loaded.manifest == nil) == !loaded.errors.isEmpty)
                #expect(loaded.problems.allSatisfy { $0.line >= 1 && $0.column >= 1 })
            }
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        let start = random.below(bytes.count)
        let end = min(bytes.count, start + 1 + random.below(40))
        let other = random.below(bytes.count)
        switch random.below(6) {
        case 0: bytes[start] = UInt8(random.below(256))
        case 1: bytes.removeSubrange(start..<end)
        case 2: bytes.insert(contentsOf: Array(bytes[start..<end]), at: other)
        case 3:
            let signs = Array("{}[]:,&*!|>'\"%@`#-?\n ~$.0".utf8)
            bytes.insert(signs[random.below(signs.count)], at: start)
        case 4: bytes.swapAt(start, other)
        default: bytes.replaceSubrange(start..<end, with: Array("&a [*a, *a, {<<: *a}]".utf8))
        }
        if bytes.isEmpty { bytes = [0x0A] }
    }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((bits ^ (bits >> 31)) % UInt64(max(1, bound)))
    }
}
