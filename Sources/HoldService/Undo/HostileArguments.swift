import HoldCore

/// Arguments that do harm only where they are read as anything but text.
///
/// A shell that gets to see one makes the canary, an empty file; nothing else is ever named in them.
struct HostileArguments {
    /// The file that must not come into being.
    let canary: String

    /// The texts, one call each.
    var texts: [String] {
        [
            "$(touch \(canary))",
            "`touch \(canary)`",
            "'; touch \(canary); '",
            "\"; touch \(canary); \"",
            "x & touch \(canary) & | touch \(canary)",
            "first\ntouch \(canary)\nlast",
            "--holdshort-test='\"\\",
            "{\"outcome\":\"undone\"}",
            "",
        ]
    }

    /// The sample with every text in it replaced; where it has none, one more member.
    static func fill(_ sample: JSONValue, with text: String) -> JSONValue {
        let filled = replace(sample, with: text)
        guard filled == sample, case .object(var members) = sample else { return filled }
        members["hostile"] = .string(text)
        return .object(members)
    }

    private static func replace(_ value: JSONValue, with text: String) -> JSONValue {
        switch value {
        case .string: .string(text)
        case .array(let elements): .array(elements.map { replace($0, with: text) })
        case .object(let members): .object(members.mapValues { replace($0, with: text) })
        case .null, .bool, .integer, .number: value
        }
    }

    /// A step's id may hold any printable character, so it may look like this.
    static func name(_ text: String) -> String {
        text.isEmpty ? "empty" : text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
