extension ItemFilter {
    /// The most bytes of a filter's text.
    public static let bytesMax = 1000

    /// A word that means nothing here, and why.
    public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// The word as it was typed.
        public var word: String
        /// What is wrong with it, in plain words.
        public var reason: String

        /// One plain sentence that names the word.
        public var description: String { "\u{201C}\(word)\u{201D} \(reason)" }
    }

    /// Everything that can stand before a colon, with what may stand behind it, for help and hints.
    public static let fields: [(name: String, values: String)] = [
        ("action", "a part of the action's name"),
        ("agent", "a part of the agent's name"),
        ("risk", "HIGH,IRREV or a comparison such as >0.8"),
        ("state", "pending, modified, approved, rejected, timeout, withdrawn or stuck"),
        ("wf", "a part of the workflow's id"),
        ("queue", "a part of the queue's name"),
        ("tier", "a part of the tier's name"),
        ("claimed", "me, none or a part of a name"),
        ("by", "a part of the name of who decided"),
        ("left", "a comparison such as <2m, or <1h30m"),
    ]

    /// Reads what a person typed.
    ///
    /// Words are parted by spaces and must all occur; `field:value` looks at one field; `-` in front
    /// turns either around; quotes keep spaces, colons and dashes from meaning anything.
    ///
    /// - Throws: ``Problem``, naming the first word that means nothing.
    public init(_ text: String) throws(Problem) {
        guard text.utf8.count <= ItemFilter.bytesMax else {
            throw Problem(
                word: String(text.prefix(20)) + "\u{2026}",
                reason: "is longer than \(ItemFilter.bytesMax) bytes."
            )
        }
        terms = []
        for word in ItemFilter.words(in: text) {
            guard word.isClosed else {
                throw Problem(word: word.typed, reason: "begins a quote that does not end.")
            }
            if let term = try word.term { terms.append(term) }
        }
    }

    /// The words of a text, quotes kept together.
    private static func words(in text: String) -> [TypedWord] {
        var words: [TypedWord] = []
        var word = TypedWord()
        for character in text {
            if character == "\"" {
                word.typed.append(character)
                word.isClosed.toggle()
                word.isQuoted = true
                if word.plainCount == nil { word.plainCount = word.value.count }
            } else if character.isWhitespace, word.isClosed {
                if !word.typed.isEmpty { words.append(word) }
                word = TypedWord()
            } else {
                word.typed.append(character)
                word.value.append(character)
            }
        }
        if !word.typed.isEmpty { words.append(word) }
        return words
    }
}

/// One word as it was typed, and without its quotes.
private struct TypedWord {
    var typed = ""
    var value = ""
    var isClosed = true
    var isQuoted = false
    /// How many characters of ``value`` stand before the first quote; nil without a quote.
    var plainCount: Int?

    /// What it asks for; nil when it asks for nothing.
    var term: ItemFilter.Term? {
        get throws(ItemFilter.Problem) {
            // Only what stands before a quote can be a dash or a field that means something.
            let plain = value.prefix(plainCount ?? value.count)
            let isNegated = plain.first == "-" && (value.count > 1)
            let rest = isNegated ? value.dropFirst() : value[...]
            let readable = isNegated ? plain.dropFirst() : plain
            guard let colon = readable.firstIndex(of: ":"), colon != readable.startIndex else {
                return words(rest, isNegated)
            }
            let name = String(readable[..<colon])
            // A colon in an id is no field: only a word of letters can be one.
            guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "_") }) else {
                return words(rest, isNegated)
            }
            let behind = String(rest.dropFirst(name.count + 1))
            return ItemFilter.Term(
                try condition(name.lowercased(), behind),
                isNegated: isNegated
            )
        }
    }

    private func words(_ text: Substring, _ isNegated: Bool) -> ItemFilter.Term? {
        let folded = SearchText.folded(String(text))
        return folded.isEmpty ? nil : ItemFilter.Term(.words(folded), isNegated: isNegated)
    }

    private func condition(
        _ name: String,
        _ value: String
    ) throws(ItemFilter.Problem) -> ItemFilter.Condition {
        let known = ItemFilter.fields.map(\.name)
        guard known.contains(name) || name == "workflow" else {
            throw problem(
                "names no field: there are \(known.joined(separator: ", ")). Quote the word to"
                    + " search for it as it is."
            )
        }
        guard !value.isEmpty else { throw problem("needs something behind the colon.") }
        let folded = SearchText.folded(value)
        switch name {
        case "risk": return try risk(folded)
        case "state": return try standing(folded)
        case "left": return try left(folded)
        case "claimed":
            switch folded {
            case "none": return .claimed(.nobody)
            case "me": return .claimed(.asker)
            default: return .claimed(.name(folded))
            }
        default:
            return .text(ItemFilter.Field(rawValue: name) ?? .workflow, folded)
        }
    }

    private func risk(_ value: String) throws(ItemFilter.Problem) -> ItemFilter.Condition {
        if let (comparison, limit) = comparison(value) {
            guard let risk = Double(plain: limit), risk <= 1 else {
                throw problem("compares with no number within 0\u{2026}1.")
            }
            return .risk(comparison, risk)
        }
        var classes: [RiskClass] = []
        for word in value.split(separator: ",") {
            guard let found = RiskClass(rawValue: word.uppercased()) else {
                throw problem(
                    "names no risk: say LOW, MED, HIGH or IRREV, or compare, such as risk:>0.8."
                )
            }
            classes.append(found)
        }
        guard !classes.isEmpty else { throw problem("names no risk.") }
        return .riskClass(classes)
    }

    private func standing(_ value: String) throws(ItemFilter.Problem) -> ItemFilter.Condition {
        var standings: [ItemFilter.Standing] = []
        for word in value.split(separator: ",") {
            switch word {
            case "stuck": standings.append(.stuck)
            case "pending": standings.append(.state(.pendingReview))
            default:
                guard let state = ItemState(rawValue: String(word)) else {
                    throw problem(
                        "names no state: say pending, modified, approved, rejected, timeout,"
                            + " withdrawn or stuck."
                    )
                }
                standings.append(.state(state))
            }
        }
        guard !standings.isEmpty else { throw problem("names no state.") }
        return .standing(standings)
    }

    private func left(_ value: String) throws(ItemFilter.Problem) -> ItemFilter.Condition {
        guard let (comparison, limit) = comparison(value), let span = Span(text: limit) else {
            throw problem(
                "is no time: compare with days, hours, minutes or seconds, such as left:<2m."
            )
        }
        return .left(comparison, span)
    }

    private func comparison(_ value: String) -> (ItemFilter.Comparison, Substring)? {
        for comparison in ItemFilter.Comparison.allCases
        where value.hasPrefix(comparison.rawValue) {
            return (comparison, value.dropFirst(comparison.rawValue.count))
        }
        return nil
    }

    private func problem(_ reason: String) -> ItemFilter.Problem {
        ItemFilter.Problem(word: typed, reason: reason)
    }
}
