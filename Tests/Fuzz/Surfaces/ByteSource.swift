/// Turns a fuzzer's bytes into choices, the same ones for the same bytes; at the end all are zero.
struct ByteSource {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    /// What was not taken yet.
    var rest: [UInt8] { Array(bytes.dropFirst(position)) }

    mutating func byte() -> UInt8 {
        guard position < bytes.count else { return 0 }
        defer { position += 1 }
        return bytes[position]
    }

    /// A number below this one, which is at most 256.
    mutating func below(_ end: Int) -> Int { Int(byte()) % max(1, end) }

    mutating func flag() -> Bool { byte() & 1 == 1 }

    /// One of these; nil when there are none.
    mutating func pick<Choices: RandomAccessCollection>(_ choices: Choices) -> Choices.Element? {
        guard !choices.isEmpty else { return nil }
        return choices[choices.index(choices.startIndex, offsetBy: below(choices.count))]
    }

    mutating func word() -> UInt64 { (0..<8).reduce(0) { word, _ in word << 8 | UInt64(byte()) } }

    /// As many bytes as the next one says.
    mutating func run() -> [UInt8] {
        let count = Int(byte())
        let end = min(position + count, bytes.count)
        defer { position = end }
        return Array(bytes[min(position, end)..<end])
    }

    mutating func text() -> String { String(decoding: run(), as: UTF8.self) }
}
