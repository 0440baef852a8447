import HoldConsole
import HoldCore
import HoldWire

extension SafeText {
    /// A word of the protocol.
    init(_ word: some RawRepresentable<String>) { self.init(ascii: word.rawValue) }

    /// A time in UTC: `2026-11-21 10:15:00`.
    init(_ time: Instant) { self = "\(Clock.day(time)) \(Clock.timeOfDay(time))" }

    init(_ digest: Digest) { self.init(ascii: digest.description) }

    init(_ depth: WireDepth) { self = "\(depth.current)/\(depth.max)" }

    /// An id, a name or a sentence of others, on one line.
    static func foreign(_ text: String) -> SafeText {
        SafeText(lines: [SafeText(untrusted: text, pane: .line).line])
    }

    /// What an agent wrote: every line begins with the gutter, so that it cannot pass for ours.
    static func agent(_ text: String) -> SafeText {
        SafeText(untrusted: text, pane: .prose).prefixingLines(with: "┊ ")
    }

    /// A share such as a risk; a dash when there is none.
    static func share(_ share: Double?) -> SafeText {
        share.map { SafeText(ascii: JSONValue(double: $0).canonicalText) } ?? "-"
    }

    /// Texts with a comma between them; a dash when there are none.
    static func list(_ texts: [String]) -> SafeText {
        texts.isEmpty ? "-" : texts.map { SafeText.foreign($0) }.joined(separator: ", ")
    }
}

extension WireDecision {
    /// Who decided what, when, and why.
    var text: SafeText {
        var text: SafeText = "\(SafeText(outcome))"
        if modified { text += ", modified" }
        if let reviewedBy { text += " by \(SafeText.foreign(reviewedBy))" }
        text += " at \(SafeText(reviewedAt))"
        if let tier { text += " in tier \(SafeText.foreign(tier))" }
        if let reason, !reason.isEmpty { text += ": \(SafeText.foreign(reason))" }
        return text
    }
}
