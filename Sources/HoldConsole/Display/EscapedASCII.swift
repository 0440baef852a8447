/// Text for a file that a person edits: line feeds and printable ASCII, the rest as `\u{202E}`.
///
/// Nothing is lost: a backslash that would begin such an escape is itself written as one, so that
/// what was read back is what was written.
package enum EscapedASCII {
    /// Writes a text; any text can be written.
    package static func escape(_ text: String) -> String {
        let scalars = text.unicodeScalars
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            index = scalars.index(after: index)
            let isPlain = (0x20...0x7E).contains(scalar.value) || scalar == "\n"
            if isPlain, scalar != "\\" || !opensEscape(scalars[index...]) {
                escaped.unicodeScalars.append(scalar)
            } else {
                escaped += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            }
        }
        return escaped
    }

    /// Reads a text back.
    ///
    /// What only looks like an escape, such as `\u{}` or a number that is no character, stays as
    /// it is: the person sees in the difference what was understood.
    package static func unescape(_ text: String) -> String {
        var plain = ""
        plain.reserveCapacity(text.utf8.count)
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\\", let (meant, after) = escape(at: rest) {
                plain.unicodeScalars.append(meant)
                rest = after
            } else {
                plain.unicodeScalars.append(scalar)
            }
        }
        return plain
    }

    private static func opensEscape(_ rest: Substring.UnicodeScalarView) -> Bool {
        rest.starts(with: ["u", "{"])
    }

    /// The character of the escape whose backslash was just read, and what comes after it.
    private static func escape(
        at rest: Substring.UnicodeScalarView
    ) -> (Unicode.Scalar, Substring.UnicodeScalarView)? {
        guard opensEscape(rest) else { return nil }
        let digits = rest.dropFirst(2).prefix(7).prefix { $0 != "}" }
        guard (1...6).contains(digits.count), digits.allSatisfy(\.properties.isASCIIHexDigit),
            let value = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(value)
        else { return nil }
        let end = rest[digits.endIndex...]
        guard end.first == "}" else { return nil }
        return (scalar, end.dropFirst())
    }
}

extension SafeText {
    /// A text of others for a file given to an editor; see ``EscapedASCII``.
    package static func escapedASCII(_ untrusted: String) -> String {
        EscapedASCII.escape(untrusted)
    }
}
