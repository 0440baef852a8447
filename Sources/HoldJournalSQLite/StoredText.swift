/// Text as a column holds it: SQLite's text ends at U+0000, so that one is written in two characters.
///
/// The order by bytes stays the same for everything but control characters.
enum StoredText {
    static func stored(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0 || $0 == 0x1A }) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0: out += "\u{1A}0"
            case 0x1A: out += "\u{1A}1"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    static func restored(_ text: String) -> String {
        guard text.utf8.contains(0x1A) else { return text }
        var out = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                out.append(scalar == "0" ? "\u{0}" : "\u{1A}")
                isEscaped = false
            } else if scalar.value == 0x1A {
                isEscaped = true
            } else {
                out.append(scalar)
            }
        }
        return String(out)
    }
}
