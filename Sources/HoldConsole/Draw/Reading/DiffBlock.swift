/// A unified diff: signs as they are, colours with them, hunks to jump to.
///
/// The counts in a hunk's header say which lines belong to it, so that a removed line that looks
/// like a file's header is shown as what it is.
struct DiffBlock {
    /// Where a hunk stands, and how much of it is still to come.
    private struct Hunk {
        var old: Int
        var new: Int
        var oldLeft: Int
        var newLeft: Int
        /// Whether its header said how long it is.
        var isCounted: Bool
    }

    private var lines: [ReadingLine] = []
    private var hunk: Hunk?
    /// The digits of a line number; 0 where there is no room for them.
    private let digits: Int

    /// The lines of a diff.
    ///
    /// - Parameters:
    ///   - text: The diff, through the display filter.
    ///   - width: The cells that a line has; from 60 on there are line numbers.
    /// - Returns: One line for each.
    static func lines(of text: SafeText, width: Int) -> [ReadingLine] {
        let columns = text.lines.map(\.columns)
        var block = DiffBlock(digits: width >= 60 ? digits(of: columns) : 0)
        for (line, bytes) in zip(text.lines, columns) { block.add(line, bytes) }
        return block.lines
    }

    private init(digits: Int) { self.digits = digits }

    private mutating func add(_ line: SafeLine, _ bytes: [UInt8]) {
        if !isInside(bytes) {
            hunk = nil
            if let header = Self.header(bytes) {
                hunk = header.hunk
                return addHeader(line, end: header.end)
            }
            if Self.fileHeaders.contains(where: { bytes.starts(with: $0) }) {
                var named = ReadingLine(line, Ink.agent.bold)
                named.isAnchor = bytes.starts(with: Self.fileHeaders[0])
                lines.append(named)
                return
            }
        }
        addBody(line, sign: bytes.first)
    }

    /// Whether the hunk at hand still wants lines, and this can be one of them.
    private func isInside(_ bytes: [UInt8]) -> Bool {
        guard let hunk else { return false }
        if bytes.first == UInt8(ascii: "\\") { return true }
        if hunk.isCounted { return hunk.oldLeft > 0 || hunk.newLeft > 0 }
        return Self.header(bytes) == nil
    }

    private mutating func addHeader(_ line: SafeLine, end: Int) {
        let span = StyleSpan(0..<end, Ink.agent(.hunk, .bold))
        let words = StyledLine(line, plain: Ink.agent(.hunk), spans: [span])
        var header = ReadingLine(words, indent: 3)
        header.isAnchor = true
        lines.append(header)
    }

    private mutating func addBody(_ line: SafeLine, sign: UInt8?) {
        let isCounted = hunk?.isCounted == true
        var (old, new): (Int?, Int?)
        var style = Style.untrusted
        switch sign {
        case UInt8(ascii: "+"):
            style = Ink.agent(.added)
            new = hunk?.new
            count(old: 0, new: 1)
        case UInt8(ascii: "-"):
            style = Ink.agent(.deleted)
            old = hunk?.old
            count(old: 1, new: 0)
        case UInt8(ascii: "\\"): style = Ink.agent.muted
        default:
            (old, new) = (hunk?.old, hunk?.new)
            count(old: 1, new: 1)
        }
        var words = StyledLine()
        if digits > 0 {
            words.add(Self.number(isCounted ? old : nil, digits), Ink.agent.muted)
            words.add(Self.number(isCounted ? new : nil, digits), Ink.agent.muted)
        }
        words.add(line, style)
        lines.append(ReadingLine(words, indent: digits > 0 ? 2 * digits + 3 : 1))
    }

    private mutating func count(old: Int, new: Int) {
        hunk?.old += old
        hunk?.oldLeft -= old
        hunk?.new += new
        hunk?.newLeft -= new
    }

    private static func number(_ value: Int?, _ digits: Int) -> SafeLine {
        guard let value else { return SafeLine.empty.padded(to: digits + 1) }
        return SafeText(value, width: digits).line.padded(to: digits + 1)
    }

    private static let fileHeaders = ["diff ", "--- ", "+++ ", "index ", "rename ", "new file "]
        .map { Array($0.utf8) }

    // MARK: - Headers

    /// The digits of the largest line number; 0 when no hunk tells any.
    private static func digits(of lines: [[UInt8]]) -> Int {
        var largest = 0
        for bytes in lines {
            guard let hunk = header(bytes)?.hunk, hunk.isCounted else { continue }
            largest = max(largest, hunk.old + hunk.oldLeft, hunk.new + hunk.newLeft)
        }
        return largest == 0 ? 0 : max(String(largest).utf8.count, 2)
    }

    /// Reads `@@ -1,2 +3,4 @@`, and where it ends; a header in any other form has no numbers.
    private static func header(_ bytes: [UInt8]) -> (hunk: Hunk?, end: Int)? {
        guard bytes.starts(with: "@@".utf8) else { return nil }
        var reader = NumberReader(bytes, at: 2)
        let old = reader.range(after: " -")
        let new = reader.range(after: " +")
        guard let old, let new, reader.takes(" @@") else {
            return (
                Hunk(old: 0, new: 0, oldLeft: 0, newLeft: 0, isCounted: false), bytes.count
            )
        }
        let hunk = Hunk(
            old: old.start,
            new: new.start,
            oldLeft: old.count,
            newLeft: new.count,
            isCounted: true
        )
        return (hunk, reader.place)
    }
}

/// Reads small numbers out of a line.
private struct NumberReader {
    let bytes: [UInt8]
    private(set) var place: Int

    init(_ bytes: [UInt8], at place: Int) {
        self.bytes = bytes
        self.place = place
    }

    mutating func takes(_ words: StaticString) -> Bool {
        let wanted = Array(words.description.utf8)
        guard bytes[place...].starts(with: wanted) else { return false }
        place += wanted.count
        return true
    }

    /// `12,3` or `12`, which means one line.
    mutating func range(after words: StaticString) -> (start: Int, count: Int)? {
        guard takes(words), let start = number() else { return nil }
        guard takes(",") else { return (start, 1) }
        return number().map { (start, $0) }
    }

    /// At most eight digits: no file is longer, and no sum of two overflows.
    private mutating func number() -> Int? {
        let digits = bytes[place...].prefix(9).prefix { (0x30...0x39).contains($0) }
        guard (1...8).contains(digits.count) else { return nil }
        place += digits.count
        return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
}
