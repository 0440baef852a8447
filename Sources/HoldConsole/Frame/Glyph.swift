/// A sign of our own; one cell wide, but for two that are words in ASCII.
package enum Glyph: CaseIterable, Hashable, Sendable {
    /// Points at the row with the cursor.
    case pointer
    /// Stands where text was cut off.
    case ellipsis
    /// Stands before every line that an agent wrote.
    case gutter
    case done
    case failed
    case undone
    case waiting
    case impossible
    /// Separates the parts of a screen that has no room for boxes.
    case rule

    /// The scalars that draw the sign, one a cell.
    package func scalars(in set: GlyphSet) -> [Unicode.Scalar] {
        Array(words(in: set).description.unicodeScalars)
    }

    /// The sign as text, to stand among words.
    package func text(in set: GlyphSet) -> SafeText {
        SafeText(ours: words(in: set))
    }

    private func words(in set: GlyphSet) -> StaticString {
        switch set {
        case .unicode: unicode
        case .ascii: ascii
        }
    }

    private var unicode: StaticString {
        switch self {
        case .pointer: "▸"
        case .ellipsis: "…"
        case .gutter: "┊"
        case .done: "✓"
        case .failed: "✗"
        case .undone: "‹"
        case .waiting: "·"
        case .impossible: "⊘"
        case .rule: "─"
        }
    }

    private var ascii: StaticString {
        switch self {
        case .pointer: ">"
        case .ellipsis: "~"
        case .gutter: "|"
        case .done: "ok"
        case .failed: "XX"
        case .undone: "<"
        case .waiting: "."
        case .impossible: "0"
        case .rule: "-"
        }
    }
}
