package import HoldCore

/// JSON as lines that a person can read and that nobody can forge.
///
/// Every string stands in quotes, with quotes and backslashes in it escaped, so text cannot pass
/// for structure. A string of several lines is written piece by piece, each in quotes of its own.
/// All other characters are left to the display filter, which marks and counts what is not what it
/// seems.
package struct JSONLines {
    /// What is written so far.
    private var text = ""
    /// How deep the arrays and objects at hand are.
    private var depth = 0
    /// The lines so far.
    private var count = 0
    /// The keys of the members at hand, outermost first.
    private var keys: [String] = []
    /// Where the texts stand.
    private var texts: [Text] = []

    /// Where a text of the value stands among the lines.
    struct Text: Hashable, Sendable {
        /// What it is under; nil for the value itself.
        let key: String?
        let content: String
        /// Its lines, the one of its key included.
        let lines: Range<Int>
    }

    /// The lines of a value, as safe text that is read as strictly as an action.
    package static func text(of value: JSONValue, limits: DisplayLimits = .field) -> SafeText {
        SafeText(untrusted: raw(value), pane: .action, limits: limits)
    }

    /// The lines of a value before they went through the display filter.
    static func raw(_ value: JSONValue) -> String { page(of: value).text }

    /// The lines of a value before they went through the display filter, and where its texts stand.
    static func page(of value: JSONValue) -> (text: String, texts: [Text]) {
        var lines = JSONLines()
        if case .object(let members) = value, !members.isEmpty {
            // Without the outer braces: the lines are the arguments.
            lines.add(members)
        } else {
            lines.add(value, at: "")
        }
        if lines.text.utf8.last == 0x0A { lines.text.removeLast() }
        return (lines.text, lines.texts)
    }

    private mutating func add(_ members: [String: JSONValue]) {
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            keys.append(key)
            add(value, at: Self.quoted(key[...]) + ": ")
            keys.removeLast()
        }
    }

    /// Adds a value on lines of its own, the first of which begins with what it is under.
    private mutating func add(_ value: JSONValue, at prefix: String) {
        switch value {
        case .null, .bool, .integer, .number:
            line(prefix + value.canonicalText)
        case .string(let string):
            add(string, at: prefix)
        case .array(let elements) where elements.isEmpty:
            line(prefix + "[]")
        case .object(let members) where members.isEmpty:
            line(prefix + "{}")
        case .array(let elements):
            line(prefix + "[")
            depth += 1
            for element in elements { add(element, at: "") }
            depth -= 1
            line("]")
        case .object(let members):
            line(prefix + "{")
            depth += 1
            add(members)
            depth -= 1
            line("}")
        }
    }

    private mutating func add(_ string: String, at prefix: String) {
        let start = count
        defer { texts.append(Text(key: keys.last, content: string, lines: start..<count)) }
        let pieces = Self.pieces(of: string)
        guard pieces.count > 1 || pieces.first?.unicodeScalars.last == "\n" else {
            line(prefix + Self.quoted(string[...]))
            return
        }
        if !prefix.isEmpty { line(prefix) }
        depth += 1
        for piece in pieces { line(Self.quoted(piece)) }
        depth -= 1
    }

    /// The lines of a text, each with its line feed; at least one.
    static func pieces(of string: String) -> [Substring] {
        let scalars = string.unicodeScalars
        var pieces: [Substring] = []
        var start = scalars.startIndex
        while start < scalars.endIndex {
            let end = scalars[start...].firstIndex(of: "\n").map { scalars.index(after: $0) }
            pieces.append(string[start..<(end ?? scalars.endIndex)])
            start = end ?? scalars.endIndex
        }
        return pieces.isEmpty ? [""] : pieces
    }

    private mutating func line(_ content: String) {
        // Indentation deeper than this would be marked as padding.
        text += String(repeating: " ", count: min(depth * 2, 6)) + content + "\n"
        count += 1
    }

    /// A text in quotes on one line, with the quotes, backslashes and line feeds in it escaped.
    static func quoted(_ text: Substring) -> String {
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                quoted.append("\\")
                quoted.append(scalar)
            case "\n":
                quoted.append("\\")
                quoted.append("n")
            default:
                quoted.append(scalar)
            }
        }
        quoted.append("\"")
        return String(quoted)
    }
}
