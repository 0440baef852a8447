import HoldCore

/// Finds shell and SQL among the texts of an action and colours them; no text is changed by it.
enum CodeColours {
    /// The lines of a value in styles.
    ///
    /// - Parameters:
    ///   - text: The lines as ``JSONLines`` wrote them, through the display filter.
    ///   - texts: Which lines are texts.
    ///   - action: The name of the action, raw.
    /// - Returns: One styled line for each line.
    static func lines(
        of text: SafeText,
        _ texts: [JSONLines.Text],
        action: String
    ) -> [StyledLine] {
        var lines = text.lines.map { StyledLine($0, .untrusted) }
        for place in texts {
            guard place.lines.lowerBound < lines.count,
                let language = CodeLanguage.guess(place.content, key: place.key, action: action)
            else { continue }
            var lexer = CodeLexer(language)
            for index in place.lines where index < lines.count {
                let line = text.lines[index]
                guard let quoted = Quoted(line.columns) else { continue }
                let spans = lexer.read(quoted.bytes).map { token in
                    let start = quoted.columns[token.bytes.lowerBound]
                    return StyleSpan(start..<quoted.columns[token.bytes.upperBound], token.style)
                }
                lines[index] = StyledLine(line, plain: .untrusted, spans: spans)
            }
        }
        return lines
    }

    /// The text in quotes at the end of a line of JSON, without its escapes.
    private struct Quoted {
        private(set) var bytes: [UInt8] = []
        /// The column of each byte, and of what follows the last one.
        private(set) var columns: [Int] = []

        private static let quote = UInt8(ascii: "\"")
        private static let backslash = UInt8(ascii: "\\")

        /// Nil when the line holds a key and nothing else.
        init?(_ line: [UInt8]) {
            guard let first = line.firstIndex(of: Self.quote) else { return nil }
            var end = read(line, from: first + 1)
            let rest = line[min(end + 1, line.count)...]
            if rest.starts(with: ": \"".utf8) {
                end = read(line, from: end + 4)
            } else if rest.starts(with: ":".utf8) {
                return nil
            }
            columns.append(end)
        }

        /// Reads up to the closing quote and returns its column.
        private mutating func read(_ line: [UInt8], from start: Int) -> Int {
            bytes = []
            columns = []
            var place = start
            while place < line.count, line[place] != Self.quote {
                columns.append(place)
                let isEscape = line[place] == Self.backslash && place + 1 < line.count
                if isEscape { place += 1 }
                let isLineFeed = isEscape && line[place] == UInt8(ascii: "n")
                bytes.append(isLineFeed ? 0x20 : line[place])
                place += 1
            }
            return min(place, line.count)
        }
    }
}

extension CodeLexer.Token {
    fileprivate var style: Style {
        switch kind {
        case .keyword: Ink.agent(.key, .bold)
        case .string: Ink.agent(.ok)
        case .comment: Ink.agent.muted
        case .number: Ink.agent(.info)
        case .flag: Ink.agent(.title)
        }
    }
}
