/// Reads the emphasis, code and links in one line of Markdown.
///
/// One pass: where no end of a kind is left in the line, none is looked for again, so that a line of
/// nothing but stars costs no more than any other.
struct MarkdownSpans {
    /// What encloses words.
    private struct Kind {
        let sign: UInt8
        let count: Int
        /// What the words look like in it.
        let attributes: Attributes
    }

    /// The longest signs first, for `**` is no two `*`.
    ///
    /// Words struck out are not among them: nothing but their signs would tell on every terminal
    /// that they are.
    private static let kinds = [
        Kind(sign: UInt8(ascii: "*"), count: 2, attributes: .bold),
        Kind(sign: UInt8(ascii: "_"), count: 2, attributes: .bold),
        Kind(sign: UInt8(ascii: "*"), count: 1, attributes: .underline),
        Kind(sign: UInt8(ascii: "_"), count: 1, attributes: .underline),
    ]

    /// Words that look the same, or what encloses them, which is left out.
    private struct Piece {
        var columns: Range<Int>
        var style: Style
        var isShown = true
    }

    private let bytes: [UInt8]
    private let plain: Style
    private var pieces: [Piece] = []
    /// The kinds of which no end is left.
    private var hopeless: Set<Int> = []

    /// The words of a line, emphasis turned into attributes.
    static func words(of line: SafeLine, plain: Style) -> StyledLine {
        let bytes = line.columns
        guard bytes.contains(where: { "*_`[\\".utf8.contains($0) }) else {
            return StyledLine(line, plain)
        }
        var spans = MarkdownSpans(bytes: bytes, plain: plain)
        spans.read(0..<bytes.count, plain, depth: 0)
        var words = StyledLine()
        var cutter = LineCutter(line)
        for piece in spans.pieces {
            words.add(cutter.take(to: piece.columns.lowerBound), plain)
            let part = cutter.take(to: piece.columns.upperBound)
            if piece.isShown { words.add(part, piece.style) }
        }
        words.add(cutter.take(to: line.width), plain)
        return words
    }

    private init(bytes: [UInt8], plain: Style) {
        self.bytes = bytes
        self.plain = plain
    }

    /// How deep emphasis in emphasis is read.
    private static let depthMax = 3
    private static let code = -1
    private static let link = -2

    private mutating func read(_ range: Range<Int>, _ style: Style, depth: Int) {
        // What is hopeless within another is not so outside of it.
        let before = hopeless
        hopeless = []
        var place = range.lowerBound
        var start = place
        func flush(_ spans: inout MarkdownSpans, to end: Int) {
            if start < end { spans.pieces.append(Piece(columns: start..<end, style: style)) }
        }
        while place < range.upperBound {
            let byte = bytes[place]
            guard "*_`[\\".utf8.contains(byte) else {
                place += 1
                continue
            }
            if byte == UInt8(ascii: "\\") {
                place += 2
                continue
            }
            let found =
                byte == UInt8(ascii: "`")
                ? codeEnd(place, range)
                : byte == UInt8(ascii: "[")
                    ? linkEnd(place, range) : emphasis(place, range)
            guard let found else {
                // A run of the same sign is passed as one: its rest would find no more.
                place += bytes[place..<range.upperBound].prefix { $0 == byte }.count
                continue
            }
            flush(&self, to: place)
            take(found, at: place, style, depth: depth)
            place = found.end
            start = place
        }
        flush(&self, to: range.upperBound)
        hopeless = before
    }

    /// Something that was found to begin at a place.
    private struct Found {
        enum Form { case code, link, emphasis(Attributes) }

        let form: Form
        /// The words in it.
        let inner: Range<Int>
        let end: Int
    }

    private mutating func take(_ found: Found, at place: Int, _ style: Style, depth: Int) {
        let before = place..<found.inner.lowerBound
        let after = found.inner.upperBound..<found.end
        switch found.form {
        case .code:
            // The quotes stay: without colours nothing else tells code from words.
            pieces.append(Piece(columns: before, style: Ink.agent.muted))
            pieces.append(Piece(columns: found.inner, style: Ink.agent(.info)))
            pieces.append(Piece(columns: after, style: Ink.agent.muted))
        case .link:
            // Brackets and target stay, so that what it says and where it leads are apart.
            pieces.append(Piece(columns: before, style: Ink.agent.muted))
            pieces.append(Piece(columns: found.inner, style: style.adding(.underline)))
            pieces.append(Piece(columns: after, style: Ink.agent(.info)))
        case .emphasis(let attributes):
            pieces.append(Piece(columns: before, style: style, isShown: false))
            let inner = style.adding(attributes)
            if depth < Self.depthMax {
                read(found.inner, inner, depth: depth + 1)
            } else {
                pieces.append(Piece(columns: found.inner, style: inner))
            }
            pieces.append(Piece(columns: after, style: style, isShown: false))
        }
    }

    // MARK: - Ends

    private mutating func codeEnd(_ place: Int, _ range: Range<Int>) -> Found? {
        let sign = UInt8(ascii: "`")
        let count = bytes[place..<range.upperBound].prefix { $0 == sign }.count
        let key = Self.code * 16 - min(count, 15)
        guard !hopeless.contains(key) else { return nil }
        var next = place + count
        while next < range.upperBound {
            guard bytes[next] == sign else {
                next += 1
                continue
            }
            let run = bytes[next..<range.upperBound].prefix { $0 == sign }.count
            if run == count {
                return Found(
                    form: .code,
                    inner: (place + count)..<next,
                    end: next + count
                )
            }
            next += run
        }
        if count < 15 { hopeless.insert(key) }
        return nil
    }

    /// `[words](target)`.
    private mutating func linkEnd(_ place: Int, _ range: Range<Int>) -> Found? {
        guard !hopeless.contains(Self.link) else { return nil }
        var middle = place + 1
        while middle + 1 < range.upperBound {
            if bytes[middle] == UInt8(ascii: "]"), bytes[middle + 1] == UInt8(ascii: "(") { break }
            middle += 1
        }
        guard middle + 1 < range.upperBound,
            let close = bytes[(middle + 2)..<range.upperBound].firstIndex(of: UInt8(ascii: ")"))
        else {
            hopeless.insert(Self.link)
            return nil
        }
        return Found(form: .link, inner: (place + 1)..<middle, end: close + 1)
    }

    private mutating func emphasis(_ place: Int, _ range: Range<Int>) -> Found? {
        let sign = bytes[place]
        let run = bytes[place..<range.upperBound].prefix { $0 == sign }.count
        let isInWord = place > range.lowerBound && Self.isWord(bytes[place - 1])
        if sign == UInt8(ascii: "_"), isInWord { return nil }
        for (index, kind) in Self.kinds.enumerated() where kind.sign == sign && kind.count <= run {
            let start = place + kind.count
            guard !hopeless.contains(index), start < range.upperBound, bytes[start] != 0x20,
                bytes[start] != sign
            else { continue }
            if let end = end(of: kind, from: start, range) {
                return Found(
                    form: .emphasis(kind.attributes),
                    inner: start..<end,
                    end: end + kind.count
                )
            }
            hopeless.insert(index)
        }
        return nil
    }

    /// Where exactly so many of the sign end words, none of them behind a space.
    private func end(of kind: Kind, from start: Int, _ range: Range<Int>) -> Int? {
        var place = start + 1
        while place < range.upperBound {
            guard bytes[place] == kind.sign else {
                place += 1
                continue
            }
            let run = bytes[place..<range.upperBound].prefix { $0 == kind.sign }.count
            let after = place + run
            let isWordEnd =
                kind.sign != UInt8(ascii: "_") || after >= range.upperBound
                || !Self.isWord(bytes[after])
            if run == kind.count, bytes[place - 1] != 0x20, isWordEnd { return place }
            place = after
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, Column.letter: true
        default: false
        }
    }
}
