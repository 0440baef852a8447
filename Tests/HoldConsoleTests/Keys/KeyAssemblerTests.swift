import Testing

@testable import HoldConsole

@Suite struct KeyAssemblerTests {
    private let start = ContinuousClock.now

    /// Feeds scalars that arrive together, then says that nothing more is waiting.
    private func keys(_ text: String) -> [Key] {
        var assembler = KeyAssembler()
        var keys: [Key] = []
        for scalar in text.unicodeScalars { keys += assembler.take(.scalar(scalar), at: start) }
        return keys + assembler.settle(at: start)
    }

    @Test func `printable scalars are keys as typed`() {
        #expect(keys("aÄ") == [.character("a"), .character("Ä")])
    }

    @Test func `control characters are named keys`() {
        #expect(
            keys("\u{3}\t\r\u{7F}\u{0}\u{1C}") == [
                .control("c"), .tab, .enter, .backspace, .control("@"), .control("\\"),
            ]
        )
    }

    @Test func `a line feed is control j and never enter`() {
        #expect(keys("\n") == [.control("j")])
    }

    @Test func `escape alone is the escape key once nothing follows`() {
        #expect(keys("\u{1B}") == [.escape])
        #expect(keys("\u{1B}\u{1B}") == [.escape, .escape])
        #expect(keys("\u{1B}a") == [.escape, .character("a")])
    }

    @Test(arguments: [
        "\u{1B}[?997;1n", "\u{1B}[99~", "\u{1B}Oy", "\u{1B}]11;rgb:yyyy/ayay/yyyy\u{7}",
        "\u{1B}]52;c;eXk=\u{1B}\\", "\u{1B}P1$ry\u{1B}\\", "\u{1B}_y\u{9C}",
    ])
    func `an unknown sequence is dropped whole`(sequence: String) {
        #expect(keys(sequence) == [.unknown])
        #expect(keys(sequence + "j") == [.unknown, .character("j")])
    }

    @Test func `a sequence that never ends gives the keyboard back after a second`() {
        var assembler = KeyAssembler()
        for scalar in "\u{1B}]0;".unicodeScalars {
            #expect(assembler.take(.scalar(scalar), at: start) == [])
        }

        #expect(assembler.settle(at: start + .milliseconds(900)) == [])
        #expect(assembler.settle(at: start + .seconds(1)) == [.unknown])
        #expect(
            assembler.take(.scalar("y"), at: start + .milliseconds(1_001)) == [.character("y")]
        )
    }

    @Test func `a paste is one key`() {
        var assembler = KeyAssembler()
        #expect(assembler.take(.pasteBegins, at: start) == [])
        for scalar in "ay\r\u{1B}[Aé".unicodeScalars {
            #expect(assembler.take(.scalar(scalar), at: start) == [])
        }
        #expect(assembler.take(.key(.enter), at: start) == [])
        #expect(assembler.take(.key(.up), at: start) == [])

        let keys = assembler.take(.pasteEnds, at: start)

        #expect(keys == [.paste(Array("ay\n\u{1B}[Aé\n".utf8))])
        #expect(assembler.take(.scalar("y"), at: start) == [.character("y")])
    }

    @Test func `a paste that never ends is closed after a second`() {
        var assembler = KeyAssembler()
        _ = assembler.take(.pasteBegins, at: start)
        _ = assembler.take(.scalar("x"), at: start)

        #expect(assembler.settle(at: start + .milliseconds(999)) == [])
        #expect(assembler.settle(at: start + .seconds(1)) == [.paste(Array("x".utf8))])
        #expect(!assembler.isPending)
    }

    @Test func `a paste that still streams in stays a paste after a second`() {
        var assembler = KeyAssembler()
        _ = assembler.take(.pasteBegins, at: start)
        for step in 0..<150 {
            let now = start + .milliseconds(10 * step)
            #expect(assembler.take(.scalar("y"), at: now) == [])
        }

        let keys = assembler.take(.pasteEnds, at: start + .milliseconds(1_500))

        #expect(keys == [.paste(Array(repeating: UInt8(ascii: "y"), count: 150))])
    }

    @Test func `keys typed into a forgotten paste work again after a second`() {
        var assembler = KeyAssembler()
        _ = assembler.take(.pasteBegins, at: start)

        let keys = assembler.take(.scalar("q"), at: start + .milliseconds(1_200))

        #expect(keys == [.paste([]), .character("q")])
    }

    @Test func `a paste keeps no more than its bound`() throws {
        var assembler = KeyAssembler()
        _ = assembler.take(.pasteBegins, at: start)
        for _ in 0..<KeyLimits.pasteBytes + 10 { _ = assembler.take(.scalar("z"), at: start) }

        let keys = assembler.take(.pasteEnds, at: start)

        guard case .paste(let bytes) = try #require(keys.first) else {
            Issue.record("a paste was expected")
            return
        }
        #expect(bytes.count == KeyLimits.pasteBytes)
    }

    @Test func `a resize gets through in the middle of a paste`() {
        var assembler = KeyAssembler()
        _ = assembler.take(.pasteBegins, at: start)

        #expect(assembler.take(.key(.resize), at: start) == [.resize])
        #expect(assembler.isPending)
    }

    @Test func `a reset forgets what was half read`() {
        var assembler = KeyAssembler()
        _ = assembler.take(.pasteBegins, at: start)
        _ = assembler.take(.scalar("y"), at: start)

        assembler.reset()

        #expect(assembler.settle(at: start + .seconds(5)) == [])
        #expect(assembler.take(.pasteBegins, at: start) == [])
        #expect(assembler.take(.pasteEnds, at: start) == [.paste([])])
    }
}
