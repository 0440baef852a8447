/// What a cell's colour is for; a theme says which colour that is.
///
/// The raw values are the names that theme files use.
package enum Role: String, CaseIterable, Hashable, Sendable {
    case background = "bg"
    case panel
    case text = "fg"
    case muted
    case title
    case border
    case accent
    case key
    case ok
    case warn
    case danger
    case info
    case pending
    case stale
    case selectedText = "sel_fg"
    case selectedBackground = "sel_bg"
    case matchText = "match_fg"
    case matchBackground = "match_bg"
    case irreversibleText = "irrev_fg"
    case irreversibleBackground = "irrev_bg"
    case warningBarText = "warnbar_fg"
    case warningBarBackground = "warnbar_bg"
    case errorBarText = "errbar_fg"
    case errorBarBackground = "errbar_bg"
    case statusBarText = "statusbar_fg"
    case statusBarBackground = "statusbar_bg"
    case sheetText = "modal_fg"
    case sheetBackground = "modal_bg"
    case untrustedText = "untrusted_fg"
    case untrustedBackground = "untrusted_bg"
    case mark
    case escapeText = "esc_fg"
    case escapeBackground = "esc_bg"
    case added = "add"
    case deleted = "del"
    case hunk
    case meterTrack = "meter_track"
}

extension Role {
    /// The role whose colour stands in where a theme does not name this one.
    ///
    /// A pair without colours becomes the plain pair turned round, so that it still stands out.
    package var fallback: Role? {
        switch self {
        case .background, .text: nil
        case .panel: .background
        case .muted, .title, .key, .ok, .warn, .danger, .info, .pending: .text
        case .stale, .border: .muted
        case .accent: .title
        case .mark, .hunk: .info
        case .added: .ok
        case .deleted: .danger
        case .meterTrack: .border
        case .selectedText, .matchText, .irreversibleText, .warningBarText, .errorBarText,
            .statusBarText, .escapeText:
            .background
        case .selectedBackground, .statusBarBackground: .text
        case .matchBackground, .warningBarBackground: .warn
        case .irreversibleBackground, .errorBarBackground: .danger
        case .escapeBackground: .mark
        case .sheetText, .untrustedText: .text
        case .sheetBackground, .untrustedBackground: .panel
        }
    }

    /// The name that a theme file uses for both roles of a pair, as in `sel_*`.
    package var family: String? {
        guard rawValue.hasSuffix("_fg") || rawValue.hasSuffix("_bg") else { return nil }
        return String(rawValue.dropLast(3))
    }

    /// Whether the role colours the ground of a pair and not its text.
    package var isBackground: Bool {
        self == .background || self == .panel || rawValue.hasSuffix("_bg")
    }

    /// The roles that draw words straight onto any of the ``surfaces``.
    package static let words: [Role] = [
        .text, .muted, .title, .key, .ok, .warn, .danger, .info, .pending, .stale, .mark, .added,
        .deleted, .hunk,
    ]

    /// The grounds that words are drawn onto.
    package static let surfaces: [Role] = [
        .background, .panel, .sheetBackground, .untrustedBackground,
    ]

    /// The roles that come as text and its own ground, and are only ever used together.
    package static let pairs: [(text: Role, background: Role)] = [
        (.selectedText, .selectedBackground), (.matchText, .matchBackground),
        (.irreversibleText, .irreversibleBackground), (.warningBarText, .warningBarBackground),
        (.errorBarText, .errorBarBackground), (.statusBarText, .statusBarBackground),
        (.sheetText, .sheetBackground), (.untrustedText, .untrustedBackground),
        (.escapeText, .escapeBackground),
    ]
}
