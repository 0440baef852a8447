package import HoldCore

/// Arguments as indented JSON: to be edited, and to be read.
package enum ArgumentsText {
    /// Printable ASCII only: everything else is escaped, so that an editor shows what is there.
    package static func ascii(_ value: JSONValue) -> String {
        var text = ""
        write(value, indent: 0, isASCII: true, into: &text)
        return text
    }

    /// Letters of every script as they are; for the display filter.
    package static func readable(_ value: JSONValue) -> String {
        var text = ""
        write(value, indent: 0, isASCII: false, into: &text)
        return text
    }

    private static func write(
        _ value: JSONValue,
        indent: Int,
        isASCII: Bool,
        into text: inout String
    ) {
        let inner = String(repeating: "  ", count: indent + 1)
        let outer = String(repeating: "  ", count: indent)
        switch value {
        case .null, .bool, .integer, .number, .string:
            text += isASCII ? value.asciiText : value.canonicalText
        case .array(let elements):
            guard !elements.isEmpty else {
                text += "[]"
                return
            }
            text += "[\n"
            for (index, element) in elements.enumerated() {
                text += inner
                write(element, indent: indent + 1, isASCII: isASCII, into: &text)
                text += index == elements.count - 1 ? "\n" : ",\n"
            }
            text += outer + "]"
        case .object(let members):
            guard !members.isEmpty else {
                text += "{}"
                return
            }
            text += "{\n"
            let keys = members.keys.sorted()
            for (index, key) in keys.enumerated() {
                text += inner
                write(.string(key), indent: 0, isASCII: isASCII, into: &text)
                text += ": "
                write(members[key] ?? .null, indent: indent + 1, isASCII: isASCII, into: &text)
                text += index == keys.count - 1 ? "\n" : ",\n"
            }
            text += outer + "}"
        }
    }
}

/// What is written into a file for an editor, and what of it counts.
///
/// Editors obey settings in the first and last lines of a file; so these lines are always ours.
package enum EditorText {
    private static let fence = "#--"

    /// The content between lines of our own.
    package static func frame(_ content: String, about: String) -> String {
        let before = [
            "# holdshort", "# " + about,
            "# Lines that begin with # in these two blocks are left out.",
            "# Everything but printable ASCII is written as an escape.",
            "# Save and leave to go on; leave it as it is, or empty, to change nothing.",
            "# Nothing is sent from here: you see the difference first.", fence,
        ]
        let after = [
            fence, "# end of the content", "#", "#", "#", "#", "# holdshort",
        ]
        return (before + [content] + after).joined(separator: "\n") + "\n"
    }

    /// What stands between the two fences; without them, all lines that are not ours.
    package static func content(of text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = lines.firstIndex(of: fence), let last = lines.lastIndex(of: fence),
            first < last
        else {
            return lines.filter { !$0.hasPrefix("#") }.joined(separator: "\n")
        }
        return lines[(first + 1)..<last].joined(separator: "\n")
    }
}
