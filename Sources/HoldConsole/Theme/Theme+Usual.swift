extension Theme {
    /// What a role looks like with eight colours where the theme does not say.
    ///
    /// Chosen by hand: the nearest match would put several roles onto the same grey, or onto a blue
    /// that cannot be read.
    static func usualPaint(of role: Role) -> NamedPaint {
        switch role {
        case .background, .panel, .text, .muted, .border, .meterTrack, .sheetText,
            .sheetBackground, .untrustedText, .untrustedBackground:
            NamedPaint()
        case .key: NamedPaint(.yellow)
        case .title: NamedPaint(nil, .bold)
        case .ok, .added: NamedPaint(.green)
        case .warn: NamedPaint(.yellow, .bold)
        case .danger: NamedPaint(.red, .bold)
        case .deleted: NamedPaint(.red)
        case .info, .hunk: NamedPaint(.cyan)
        case .pending: NamedPaint(.magenta)
        case .stale: NamedPaint(nil, .dim)
        case .mark: NamedPaint(.cyan, .reverse)
        case .accent: NamedPaint(.cyan, .bold)
        case .selectedText, .selectedBackground, .statusBarText, .statusBarBackground:
            NamedPaint(nil, .reverse)
        case .matchText, .warningBarText, .escapeText: NamedPaint(.black)
        case .matchBackground, .warningBarBackground: NamedPaint(.yellow)
        case .escapeBackground: NamedPaint(.cyan)
        case .irreversibleText, .errorBarText: NamedPaint(.white, .bold)
        case .irreversibleBackground, .errorBarBackground: NamedPaint(.red)
        }
    }

    /// How a role stands out without any colour where the theme does not say.
    ///
    /// Dim alone never tells anything: many terminals do not draw it.
    static func usualAttributes(of role: Role) -> Attributes {
        switch role {
        case .background, .panel, .text, .border, .ok, .info, .added, .deleted, .hunk,
            .meterTrack, .sheetText, .sheetBackground, .untrustedText, .untrustedBackground:
            []
        case .muted, .stale: .dim
        case .title, .key, .warn, .accent: .bold
        case .pending: .underline
        case .danger, .irreversibleText, .irreversibleBackground, .errorBarText,
            .errorBarBackground:
            [.bold, .reverse]
        case .matchText, .matchBackground: [.bold, .underline]
        case .mark, .selectedText, .selectedBackground, .warningBarText, .warningBarBackground,
            .statusBarText, .statusBarBackground, .escapeText, .escapeBackground:
            .reverse
        }
    }
}
