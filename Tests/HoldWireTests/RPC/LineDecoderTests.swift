import HoldWire
import Testing

@Suite struct LineDecoderTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// Every line that comes out when the stream arrives in these pieces.
    private func lines(
        _ pieces: [some Collection<UInt8>],
        limit: Int = LineDecoder.standardLimit
    ) throws -> [String] {
        var decoder = LineDecoder(limit: limit)
        var lines: [String] = []
        for piece in pieces {
            decoder.append(piece)
            while let line = try decoder.next() {
                lines.append(String(decoding: line, as: UTF8.self))
            }
        }
        return lines
    }

    @Test func `lines come out whole, and the rest waits`() throws {
        var decoder = LineDecoder()
        decoder.append(bytes("one\ntwo\r\n\nthr"))
        #expect(try decoder.next() == bytes("one"))
        #expect(try decoder.next() == bytes("two"))
        #expect(try decoder.next() == [])
        #expect(try decoder.next() == nil)
        #expect(decoder.waitingBytes == 3)
        decoder.append(bytes("ee\r"))
        #expect(try decoder.next() == nil)
        decoder.append(bytes("\n"))
        #expect(try decoder.next() == bytes("three"))
        #expect(try decoder.next() == nil)
        #expect(decoder.waitingBytes == 0)
    }

    @Test func `a stream cut at any byte gives the same lines`() throws {
        let stream = bytes("{\"a\":1}\n{\"é\":2}\r\n\n\"\\r\"\n{\"id\":3}\n")
        let whole = try lines([stream])
        #expect(whole == ["{\"a\":1}", "{\"é\":2}", "", "\"\\r\"", "{\"id\":3}"])
        for cut in 0...stream.count {
            #expect(try lines([stream[..<cut], stream[cut...]]) == whole, "cut at \(cut)")
        }
        #expect(try lines(stream.map { [$0] }) == whole)
    }

    @Test func `a stream cut at random gives the same lines`() throws {
        var random = SeededRandom(seed: 1)
        let texts = (0..<50).map { number in String(repeating: "x", count: number * number % 37) }
        let stream = bytes(texts.map { $0 + "\n" }.joined())
        for _ in 0..<200 {
            var pieces: [ArraySlice<UInt8>] = []
            var rest = stream[...]
            while !rest.isEmpty {
                let count = Int.random(in: 0...min(rest.count, 60), using: &random)
                pieces.append(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(try lines(pieces) == texts)
        }
    }

    @Test func `a line may be as long as the limit`() throws {
        #expect(try lines([bytes("12345\n")], limit: 5) == ["12345"])
        #expect(try lines([bytes("12345\r\n")], limit: 5) == ["12345"])
        #expect(try lines([bytes("12345\r"), bytes("\n1\n")], limit: 5) == ["12345", "1"])
    }

    @Test(arguments: [
        ["123456\n"], ["123456"], ["123", "456"], ["12345\r", "6\n"], ["1\n2\n123456"],
    ])
    func `a longer line is refused, with or without its end`(pieces: [String]) {
        #expect(throws: LineDecoder.FrameTooLarge(limit: 5)) {
            try lines(pieces.map(bytes), limit: 5)
        }
    }

    @Test func `after a line that is too long nothing comes out`() throws {
        var decoder = LineDecoder(limit: 5)
        decoder.append(bytes("ok\n123456\nok\n"))
        #expect(try decoder.next() == bytes("ok"))
        #expect(throws: LineDecoder.FrameTooLarge.self) { try decoder.next() }
        decoder.append(bytes("ok\n"))
        #expect(throws: LineDecoder.FrameTooLarge.self) { try decoder.next() }
        #expect(decoder.waitingBytes == 0)
    }

    @Test func `the standard limit is 8 MiB`() throws {
        let most = [UInt8](repeating: 0x20, count: 8 * 1024 * 1024)
        var decoder = LineDecoder()
        decoder.append(most)
        #expect(try decoder.next() == nil)
        decoder.append([0x20])
        #expect(throws: LineDecoder.FrameTooLarge(limit: 8_388_608)) { try decoder.next() }
    }
}
