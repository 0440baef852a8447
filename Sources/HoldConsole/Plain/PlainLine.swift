/// One line that plain mode says: our own words, or somebody else's behind a word that says whose.
package struct PlainLine: Hashable, Sendable {
    /// Whose words they are.
    package enum Voice: Hashable, Sendable {
        case ours
        /// An agent's.
        case agent
        /// Words of the record: a reviewer's reason, an executor's error, what an agent noted.
        case record

        /// What stands before every row of this voice, and of no other.
        package var prefix: String {
            switch self {
            case .ours: ""
            case .agent: "agent> "
            case .record: "quoted> "
            }
        }
    }

    package let voice: Voice
    /// What the words are about, in our words: `line 3: `.
    private let label: SafeText
    private let words: SafeLine

    /// A sentence of ours; names of others in it have been through the filter.
    package static func ours(_ words: SafeText) -> PlainLine {
        PlainLine(voice: .ours, label: .empty, words: words.line)
    }

    /// What an agent wrote.
    package static func agent(_ label: SafeText = .empty, _ words: SafeLine) -> PlainLine {
        PlainLine(voice: .agent, label: label, words: words)
    }

    /// What the record has in somebody's words.
    package static func record(_ label: SafeText, _ words: SafeLine) -> PlainLine {
        PlainLine(voice: .record, label: label, words: words)
    }

    /// The rows of a terminal that the line takes.
    ///
    /// They are broken here and not by the terminal, because a row that the terminal begins could
    /// begin with an agent's words: each row of others has the voice before it, and a row that goes
    /// on with a sentence of ours is indented.
    ///
    /// - Parameters:
    ///   - columns: The terminal's width; too narrow ones are taken as 24.
    ///   - isASCII: Whether every other character is written as its number.
    /// - Returns: At least one row.
    package func rows(columns: Int, isASCII: Bool = false) -> [String] {
        let width = max(columns, Self.columnsMin)
        let words =
            isASCII
            ? SafeText(untrusted: Self.ascii(words.plain), pane: .line, limits: .full).line : words
        switch voice {
        case .ours:
            return words.wrapped(to: width - 2).enumerated().map { index, part in
                (index == 0 ? "" : "  ") + part.plain
            }
        case .agent, .record:
            let head = label.line.prefix(cells: Self.labelMax, ellipsis: .asciiEllipsis)
            let room = max(width - voice.prefix.count - max(head.width, 2), 1)
            return words.wrapped(to: room).enumerated().map { index, part in
                voice.prefix + (index == 0 ? head.plain : "  ") + part.plain
            }
        }
    }

    /// The text for a terminal that takes no UTF-8: `é` is `\u{E9}`.
    package static func ascii(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x7F }) else { return text }
        return text.unicodeScalars.reduce(into: "") { ascii, scalar in
            if scalar.value < 0x7F {
                ascii.unicodeScalars.append(scalar)
            } else {
                ascii += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            }
        }
    }

    private static let columnsMin = 24
    private static let labelMax = 12
}

/// What plain mode wants done, in order.
package enum PlainOutput: Hashable, Sendable {
    case say(PlainLine)
    /// A question to stand before the cursor; a line is read then.
    case ask(SafeText)
    /// Something for the service or the host.
    case request(Request)
    /// It is over.
    case end
}
