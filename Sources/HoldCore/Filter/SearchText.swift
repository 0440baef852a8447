/// Text as searches compare it: in lower case, and byte by byte.
///
/// Several fields stand in one text, each behind a mark of its own that folded text cannot hold, so
/// that nothing is found across two of them.
public enum SearchText {
    /// What stands before a field, by the field's place from 1; no more than eight fields.
    public static func mark(_ place: UInt8) -> Unicode.Scalar { Unicode.Scalar(min(place, 8)) }

    /// Text in lower case, every control character but tab and line ends replaced.
    public static func folded(_ text: String) -> String {
        let lower = text.lowercased()
        guard lower.utf8.contains(where: isControl) else { return lower }
        var folded = String.UnicodeScalarView()
        for scalar in lower.unicodeScalars {
            let isReplaced = scalar.isASCII && isControl(UInt8(truncatingIfNeeded: scalar.value))
            folded.append(isReplaced ? "\u{FFFD}" : scalar)
        }
        return String(folded)
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
    }

    /// Where the fields of ``words(of:)`` stand.
    public enum WordPlace: UInt8, Sendable, CaseIterable {
        case number = 1
        case workflow, step, action, agent, summary
    }

    /// What words are looked for in: number, workflow, step, action, agent, summary.
    public static func words(of row: ItemRow) -> String {
        joined([
            String(row.number), row.workflow.text, row.step.text, row.action, row.agent,
            row.summary ?? "",
        ])
    }

    /// Where the fields of ``names(of:)`` stand.
    public enum NamePlace: UInt8, Sendable, CaseIterable {
        case queue = 1
        case tier, decidedBy
    }

    /// What only fields are looked for in: queue, tier, who decided.
    public static func names(of row: ItemRow) -> String {
        joined([row.queue, row.tier, row.decidedBy ?? ""])
    }

    /// Folded fields, each behind its mark, and one mark more at the end.
    public static func joined(_ fields: [String]) -> String {
        var text = String.UnicodeScalarView()
        var place: UInt8 = 1
        for field in fields {
            text.append(mark(place))
            text.append(contentsOf: folded(field).unicodeScalars)
            place += 1
        }
        text.append(mark(place))
        return String(text)
    }
}

extension String {
    /// Whether a text occurs in this one, byte by byte.
    public func holds(_ other: String) -> Bool {
        let (text, wanted) = (Array(utf8), Array(other.utf8))
        guard let first = wanted.first else { return true }
        guard wanted.count <= text.count else { return false }
        for start in 0...(text.count - wanted.count) where text[start] == first {
            if text[start..<start + wanted.count].elementsEqual(wanted) { return true }
        }
        return false
    }
}
