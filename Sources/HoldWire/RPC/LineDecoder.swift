/// Cuts a stream of bytes into lines, however the stream was cut into pieces.
///
/// A line ends with `\n` or `\r\n`; neither is part of it. What follows the last end of a line waits
/// for its rest.
public struct LineDecoder: Sendable {
    /// The protocol's own limit of a line: 8 MiB.
    public static let standardLimit = 8 * 1024 * 1024

    /// A line is longer than the limit.
    ///
    /// What the stream says after that cannot be trusted to begin with a line, so the decoder gives
    /// nothing more.
    public struct FrameTooLarge: Error, Hashable, Sendable, CustomStringConvertible {
        /// The limit in bytes.
        public let limit: Int

        /// A line beyond this many bytes.
        public init(limit: Int) { self.limit = limit }

        /// One plain sentence.
        public var description: String { "a line is longer than \(limit) bytes" }
    }

    private let limit: Int
    private var buffer: [UInt8] = []
    private var lineStart = 0
    private var searched = 0
    private var isBroken = false

    /// Makes a decoder that refuses longer lines than this.
    public init(limit: Int = LineDecoder.standardLimit) {
        self.limit = max(limit, 0)
    }

    /// How many bytes wait to become lines.
    public var waitingBytes: Int { buffer.count - lineStart }

    /// Takes the next bytes of the stream.
    public mutating func append(_ bytes: some Collection<UInt8>) {
        guard !isBroken else { return }
        if lineStart > 0 {
            buffer.removeFirst(lineStart)
            searched -= lineStart
            lineStart = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// Gives the next complete line; nil when its end has not come yet.
    ///
    /// - Throws: ``FrameTooLarge`` from the first byte beyond the limit on, and ever after.
    /// - Returns: The line without its end.
    public mutating func next() throws(FrameTooLarge) -> [UInt8]? {
        guard !isBroken else { throw FrameTooLarge(limit: limit) }
        guard let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
            searched = buffer.count
            // One byte more may be the `\r` of an end that is still on its way.
            let length = buffer.last == UInt8(ascii: "\r") ? waitingBytes - 1 : waitingBytes
            guard length <= limit else { throw broken() }
            return nil
        }
        var line = buffer[lineStart..<end]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard line.count <= limit else { throw broken() }
        lineStart = end + 1
        searched = lineStart
        return Array(line)
    }

    private mutating func broken() -> FrameTooLarge {
        isBroken = true
        buffer = []
        lineStart = 0
        searched = 0
        return FrameTooLarge(limit: limit)
    }
}
