import HoldWire

/// Lines out of a stream: the first byte is the limit, the second says how the rest is cut.
enum FrameSurface {
    private struct Outcome: Equatable {
        var lines: [[UInt8]] = []
        var isBroken = false
        var waiting = 0
    }

    static func problem(in bytes: [UInt8]) -> String? {
        var source = ByteSource(bytes)
        let limit = Int(source.byte())
        let cut = Int(source.byte())
        let stream = source.rest

        let wanted = reference(stream, limit: limit)
        if decoded(stream, limit: limit, sizes: [stream.count]) != wanted { return "in one piece" }
        if decoded(stream, limit: limit, sizes: [1]) != wanted { return "byte by byte" }
        // Pieces of changing sizes, with an empty one among them.
        let sizes = [cut % 7 + 1, 0, cut / 7 + 1, 1, cut + 1]
        if decoded(stream, limit: limit, sizes: sizes) != wanted { return "in pieces \(sizes)" }
        return nil
    }

    private static func decoded(_ stream: [UInt8], limit: Int, sizes: [Int]) -> Outcome {
        var decoder = LineDecoder(limit: limit)
        var outcome = Outcome()
        var start = 0
        var turn = 0
        repeat {
            let end = min(start + sizes[turn % sizes.count], stream.count)
            decoder.append(stream[start..<end])
            drain(&decoder, into: &outcome)
            start = end
            turn += 1
        } while start < stream.count
        outcome.waiting = decoder.waitingBytes
        return outcome
    }

    private static func drain(_ decoder: inout LineDecoder, into outcome: inout Outcome) {
        do {
            while let line = try decoder.next() { outcome.lines.append(line) }
        } catch {
            outcome.isBroken = true
        }
    }

    /// The same from the words of the protocol, with the whole stream at hand.
    private static func reference(_ stream: [UInt8], limit: Int) -> Outcome {
        var outcome = Outcome()
        var parts = stream.split(separator: 0x0A, omittingEmptySubsequences: false)
        let tail = parts.popLast() ?? []
        for part in parts {
            let line = part.last == 0x0D ? part.dropLast() : part
            guard line.count <= limit else {
                outcome.isBroken = true
                return outcome
            }
            outcome.lines.append(Array(line))
        }
        outcome.isBroken = (tail.last == 0x0D ? tail.count - 1 : tail.count) > limit
        outcome.waiting = outcome.isBroken ? 0 : tail.count
        return outcome
    }
}
