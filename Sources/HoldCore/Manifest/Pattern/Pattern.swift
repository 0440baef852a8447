/// A pattern that a whole text must fit: RE2's syntax without captures.
///
/// Literals, `.` (not a line feed), classes `[a-z] [^a-z] \d \w \s \D \W \S`, groups `( )` and
/// `(?: )`, alternation, `* + ? {m,n}`, `^` and `$`, and escapes. Time is bounded by the length of the
/// program times that of the text, whatever either holds: no pattern and no argument can stall a gate.
public struct Pattern: Sendable {
    /// The pattern as it was written.
    public let text: String

    private let program: PatternProgram

    /// Reads a pattern.
    ///
    /// - Throws: ``PatternError`` with a sentence that says what is wrong and where.
    public init(_ text: String) throws(PatternError) {
        var parser = try PatternParser(text)
        self.text = text
        program = PatternProgram(try parser.parse())
    }

    /// Whether the whole text fits the pattern.
    public func matches(_ text: String) -> Bool { program.matches(text) }
}

extension Pattern: Hashable {
    /// Two patterns are equal when they are written alike.
    public static func == (left: Pattern, right: Pattern) -> Bool { left.text == right.text }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Why a text is no pattern.
public struct PatternError: Error, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let message: String
    /// Where, in Unicode scalars from 0.
    public let offset: Int

    /// The sentence for people.
    public var description: String { "\(message), at character \(offset + 1) of the pattern" }
}
