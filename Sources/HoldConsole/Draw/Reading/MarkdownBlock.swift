/// Markdown as people write it: what a line is, and the emphasis in it.
///
/// Lines stay lines and nothing is followed or fetched. A link shows its words and where it leads,
/// so that neither can pass for the other.
struct MarkdownBlock {
    private var lines: [ReadingLine] = []
    /// The sign that ends the fenced code at hand, and how often it must stand there.
    private var fence: (sign: UInt8, count: Int)?
    private let width: Int
    private let glyphs: GlyphSet

    /// The lines of a text.
    ///
    /// - Parameters:
    ///   - text: The text, through the display filter.
    ///   - width: The cells that a line has.
    ///   - glyphs: The glyphs in use.
    /// - Returns: One line for each.
    static func lines(of text: SafeText, width: Int, glyphs: GlyphSet) -> [ReadingLine] {
        var block = MarkdownBlock(width: width, glyphs: glyphs)
        for line in text.lines { block.add(line) }
        return block.lines
    }

    private init(width: Int, glyphs: GlyphSet) {
        self.width = width
        self.glyphs = glyphs
    }

    private mutating func add(_ line: SafeLine) {
        let bytes = line.columns
        let margin = bytes.prefix { $0 == 0x20 }.count
        let rest = bytes[margin...]
        if takeFence(line, rest) { return }
        if fence != nil {
            lines.append(ReadingLine(line, Ink.agent(.info), indent: margin + 2))
            return
        }
        if Self.isRule(rest) {
            let rule = Glyph.rule.text(in: glyphs).line
            let dashes = SafeText(lines: [rule]).repeated(min(width, 40))
            lines.append(ReadingLine(dashes.line, Ink.agent.muted))
            return
        }
        let level = rest.prefix { $0 == UInt8(ascii: "#") }.count
        if (1...6).contains(level), rest.count == level || rest[margin + level] == 0x20 {
            return addHeading(line, bytes, from: min(margin + level + 1, bytes.count), level)
        }
        let marker = Self.markerEnd(bytes, from: margin)
        var words = StyledLine()
        var cutter = LineCutter(line)
        if marker > margin { words.add(cutter.take(to: marker), Ink.agent(.title, .bold)) }
        words.add(
            MarkdownSpans.words(of: cutter.take(to: line.width), plain: .untrusted)
        )
        lines.append(ReadingLine(words, indent: marker))
    }

    private mutating func addHeading(
        _ line: SafeLine,
        _ bytes: [UInt8],
        from start: Int,
        _ level: Int
    ) {
        var cutter = LineCutter(line)
        var words = StyledLine(cutter.take(to: start), Ink.agent.muted)
        let style = Ink.agent(.title, level == 1 ? [.bold, .underline] : .bold)
        words.add(MarkdownSpans.words(of: cutter.take(to: line.width), plain: style))
        var heading = ReadingLine(words, indent: min(start, 7))
        heading.isAnchor = true
        lines.append(heading)
    }

    // MARK: - What a line is

    /// Takes a line that begins or ends fenced code.
    private mutating func takeFence(_ line: SafeLine, _ rest: ArraySlice<UInt8>) -> Bool {
        guard let sign = rest.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") else {
            return false
        }
        let count = rest.prefix { $0 == sign }.count
        let isBare = rest.dropFirst(count).allSatisfy { $0 == 0x20 }
        if let open = fence {
            guard sign == open.sign, count >= open.count, isBare else { return false }
            fence = nil
        } else {
            guard count >= 3, !rest.dropFirst(count).contains(sign) else { return false }
            fence = (sign, count)
        }
        lines.append(ReadingLine(line, Ink.agent.muted))
        return true
    }

    /// Whether it is three or more of one sign and nothing else.
    private static func isRule(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let sign = bytes.first, "-*_".utf8.contains(sign) else { return false }
        var count = 0
        for byte in bytes {
            if byte == sign { count += 1 } else if byte != 0x20 { return false }
        }
        return count >= 3
    }

    /// The signs of quotes and lists that a line may begin with, one in the other.
    private static let markersMax = 8

    /// Where the text begins, behind `> `, `- `, `1. ` and `[x] `.
    private static func markerEnd(_ bytes: [UInt8], from start: Int) -> Int {
        var place = start
        for _ in 0..<markersMax {
            let length = markerLength(bytes[place...])
            guard length > 0 else { break }
            place += length
        }
        return place
    }

    private static func markerLength(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        func isSpace(_ offset: Int) -> Bool {
            bytes.count > offset && bytes[bytes.startIndex + offset] == 0x20
        }
        switch first {
        case UInt8(ascii: ">"): return isSpace(1) ? 2 : 1
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"): return isSpace(1) ? 2 : 0
        case UInt8(ascii: "["):
            let isBox =
                bytes.dropFirst(2).first == UInt8(ascii: "]")
                && " xX".utf8.contains(bytes[bytes.startIndex + 1])
            return isBox && isSpace(3) ? 4 : 0
        case 0x30...0x39:
            let digits = bytes.prefix(9).prefix { (0x30...0x39).contains($0) }.count
            let sign = bytes.dropFirst(digits).first
            let isList = sign == UInt8(ascii: ".") || sign == UInt8(ascii: ")")
            return isList && isSpace(digits + 1) ? digits + 2 : 0
        default: return 0
        }
    }
}

extension SafeText {
    /// The text so many times in a row; nothing for none or less.
    func repeated(_ count: Int) -> SafeText {
        guard count > 0 else { return .empty }
        return repeatElement(self, count: count).joined()
    }
}
