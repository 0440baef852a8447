/// Reads the text of a pattern into a tree.
struct PatternParser {
    /// The most scalars of a pattern.
    private static let lengthMax = 4_096
    /// The deepest nesting of groups.
    private static let depthMax = 50
    /// The highest bound of a repetition.
    private static let boundMax = 1_000

    let scalars: [Unicode.Scalar]
    var position = 0
    private var depth = 0

    /// A parser at the start of the text.
    init(_ text: String) throws(PatternError) {
        scalars = Array(text.unicodeScalars.prefix(Self.lengthMax + 1))
        guard scalars.count <= Self.lengthMax else {
            throw error("the pattern is longer than \(Self.lengthMax) characters", at: 0)
        }
    }

    /// Reads the whole text.
    mutating func parse() throws(PatternError) -> PatternNode {
        let node = try alternation()
        guard position == scalars.count else {
            throw error("this ‘)’ closes no group; a literal one is written ‘\\)’")
        }
        guard node.size < PatternProgram.instructionsMax else {
            throw error("the pattern unfolds to too much; use smaller repetitions", at: 0)
        }
        return node
    }

    private mutating func alternation() throws(PatternError) -> PatternNode {
        var parts = [try sequence()]
        while take("|") { parts.append(try sequence()) }
        return parts.count == 1 ? parts[0] : .anyOf(parts)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while let scalar = peek(), scalar != "|", scalar != ")" {
            let part = try repetition(of: try atom())
            if case .empty = part { continue }
            parts.append(part)
        }
        switch parts.count {
        case 0: return .empty
        case 1: return parts[0]
        default: return .sequence(parts)
        }
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        let start = position
        guard let scalar = next() else { return .empty }
        switch scalar {
        case ".": return .one(of: .notLineFeed)
        case "^": return .start
        case "$": return .end
        case "(": return try group(from: start)
        case "[": return .one(of: try set(from: start))
        case "\\": return try escape(from: start)
        case "*", "+", "?":
            throw error("there is nothing for this ‘\(scalar)’ to repeat", at: start)
        case "{", "}":
            throw error("a literal brace is written ‘\\\(scalar)’", at: start)
        default: return .one(of: ScalarSet(scalar))
        }
    }

    private mutating func group(from start: Int) throws(PatternError) -> PatternNode {
        if take("?"), !take(":") {
            throw error(
                "of groups that begin with ‘(?’ only ‘(?:’ is known: "
                    + "no look-around, names or flags",
                at: start
            )
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else {
            throw error("groups are nested more than \(Self.depthMax) deep", at: start)
        }
        let node = try alternation()
        guard take(")") else { throw error("this group is not closed", at: start) }
        return node
    }

    private mutating func escape(from start: Int) throws(PatternError) -> PatternNode {
        switch peek() {
        case "A":
            position += 1
            return .start
        case "z":
            position += 1
            return .end
        default: return .one(of: try escapedSet(from: start))
        }
    }

    // MARK: Repetition

    private mutating func repetition(of part: PatternNode) throws(PatternError) -> PatternNode {
        let start = position
        guard let (least, most) = try bounds() else { return part }
        _ = take("?")  // Lazy or greedy decides which match, never whether there is one.
        if let scalar = peek(), ["*", "+", "?", "{"].contains(scalar) {
            throw error("a repetition cannot be repeated; put the first in a group", at: position)
        }
        if case .empty = part { return .empty }
        let node = PatternNode.repeated(part, least: least, most: most)
        guard node.size < PatternProgram.instructionsMax else {
            throw error("this repetition unfolds to too much", at: start)
        }
        return most == 0 ? .empty : node
    }

    private mutating func bounds() throws(PatternError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = position
        guard take("{") else { return nil }
        guard let least = number() else {
            throw error("a repetition is {m}, {m,} or {m,n}; a literal brace is ‘\\{’", at: start)
        }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}") else {
            throw error("a repetition is {m}, {m,} or {m,n}; a literal brace is ‘\\{’", at: start)
        }
        guard max(least, most ?? 0) <= Self.boundMax else {
            throw error("a repetition goes up to \(Self.boundMax)", at: start)
        }
        guard least <= most ?? least else {
            throw error("the repetition's bounds are the wrong way round", at: start)
        }
        return (least, most)
    }

    /// Reads a decimal number; one too large for any bound stays just that.
    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = peek(), ScalarSet.digits.contains(scalar) {
            value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), Self.boundMax + 1)
            position += 1
        }
        return value
    }

    // MARK: Reading on

    func peek() -> Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek() else { return nil }
        position += 1
        return scalar
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        position += 1
        return true
    }

    func error(_ message: String, at offset: Int? = nil) -> PatternError {
        PatternError(message: message, offset: offset ?? position)
    }
}
