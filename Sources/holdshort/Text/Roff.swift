/// A manual page in the making: text as roff reads it, in the macros of man(7).
struct Roff {
    private(set) var text = ""

    /// A heading of the page.
    mutating func section(_ name: String) { text += ".SH " + Roff.quoted(name) + "\n" }

    /// A heading within a section.
    mutating func subsection(_ name: String) { text += ".SS " + Roff.quoted(name) + "\n" }

    mutating func paragraph(_ words: String) { text += ".PP\n" + Roff.line(words) + "\n" }

    /// Something, and what it is, indented below it.
    mutating func entry(_ name: String, _ words: String) {
        text += ".TP\n\\fB" + Roff.escaped(name) + "\\fR\n"
        text += Roff.line(words.isEmpty ? " " : words) + "\n"
    }

    /// Lines to paste, as they are.
    mutating func example(_ lines: [String]) {
        text += ".PP\n.RS 4\n.nf\n"
        for line in lines { text += Roff.line(line) + "\n" }
        text += ".fi\n.RE\n"
    }

    /// The page's first line.
    mutating func title(_ name: String, section: Int, source: String, manual: String) {
        text += ".TH \(Roff.quoted(name)) \(section) \"\" "
        text += "\(Roff.quoted(source)) \(Roff.quoted(manual))\n"
    }

    // MARK: - Characters

    /// A line of words, which no macro can be mistaken for.
    private static func line(_ words: String) -> String {
        let text = escaped(words)
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }

    /// An argument of a macro.
    private static func quoted(_ words: String) -> String {
        "\"" + escaped(words).replacing("\"", with: "\\(dq") + "\""
    }

    private static func escaped(_ words: String) -> String {
        words.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "\\": text += "\\e"
            case "-": text += "\\-"
            case "~": text += "\\(ti"
            case "^": text += "\\(ha"
            case "`": text += "\\(ga"
            case "'": text += "\\(aq"
            case "…": text += "..."
            case "\n": text += " "
            case " "..."~": text.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let missing = max(0, 4 - digits.count)
                text += "\\[u" + String(repeating: "0", count: missing) + digits + "]"
            }
        }
    }
}
