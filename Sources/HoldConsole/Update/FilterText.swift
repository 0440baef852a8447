import HoldCore

/// A filter as it is typed, word by word: what is put in from a menu or completed follows the same
/// language that is typed, which ``HoldCore/ItemFilter`` reads.
package enum FilterText {
    /// The words of a text, quotes kept together, as they were typed.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == " ", !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// A text cut before its last word, which may be empty.
    static func lastWord(of text: String) -> (start: String, word: String) {
        var isQuoted = false
        var start = text.startIndex
        for index in text.indices {
            if text[index] == "\"" { isQuoted.toggle() }
            if text[index] == " ", !isQuoted { start = text.index(after: index) }
        }
        return (String(text[..<start]), String(text[start...]))
    }

    /// A field and a value as one word; quotes keep its spaces together.
    ///
    /// A quote inside of the value has no form of its own: the word ends before it, and looks for
    /// the part of the value up to there.
    static func word(_ field: FilterField, _ value: String) -> String {
        let plain = value.prefix { $0 != "\"" && !$0.isNewline }
        let part = plain.prefix(Self.valueMax)
        let isSimple = part.allSatisfy { $0.isLetter || $0.isNumber || "<>=._-/,".contains($0) }
        return field.rawValue + ":" + (isSimple && !part.isEmpty ? String(part) : "\"\(part)\"")
    }

    /// No more characters of a value are looked for.
    private static let valueMax = 60

    /// The word of a text that looks at a field, as it was typed; nil when none does.
    static func word(of field: FilterField, in text: String) -> String? {
        words(of: text).first { $0.lowercased().hasPrefix(field.rawValue + ":") }
    }

    /// The text with a value looked for in a field, or without when it is looked for already.
    static func toggling(_ field: FilterField, _ value: String, in text: String) -> String {
        let wanted = word(field, value)
        let all = words(of: text)
        let rest = all.filter { !$0.lowercased().hasPrefix(field.rawValue + ":") }
        return (all.contains(wanted) ? rest : rest + [wanted]).joined(separator: " ")
    }

    /// What is wrong with a text, in a sentence; nil: nothing.
    package static func problem(of text: String) -> String? {
        do {
            _ = try ItemFilter(text)
            return nil
        } catch {
            return error.description
        }
    }

    /// The texts whose matches are marked in the queue, in lower case; none of what is left out.
    package static func highlights(of text: String?) -> [String] {
        guard let text, let filter = try? ItemFilter(text) else { return [] }
        return filter.terms.compactMap { term in
            guard !term.isNegated else { return nil }
            switch term.condition {
            case .words(let words): return words
            case .text(.action, let words), .text(.agent, let words): return words
            case .text, .standing, .riskClass, .risk, .left, .claimed: return nil
            }
        }
    }
}

extension Model {
    /// The filter as it stands in the border: as it is typed, or as it was read last.
    package var shownFilterText: String? {
        if let prompt, prompt.kind == .filter {
            let text = prompt.field.text.trimmed
            return text.isEmpty ? nil : text
        }
        return queue.filter
    }
}
