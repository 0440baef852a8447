/// How a person is told of something that is not on their screen now.
package enum NotificationWay: String, CaseIterable, Hashable, Sendable {
    case off
    /// The bell, which every terminal has.
    case bell
    /// iTerm2, WezTerm, Ghostty, Windows Terminal, ConEmu.
    case osc9
    /// urxvt, foot, VTE.
    case osc777
    /// kitty.
    case osc99
    /// What this terminal is known to take; the bell where nothing is.
    case auto
}

/// What a person wants to be told, and how.
package struct NotificationSettings: Hashable, Sendable {
    package var way = NotificationWay.auto
    /// Whether tmux is set to let notifications through: `allow-passthrough on`.
    package var passesTmux = false
    /// Whether the bell rings at all.
    package var rings = true
    /// When only what cannot be undone is told; nil: never.
    package var quiet: QuietHours?

    package init() {}

    /// The rules for a terminal that takes notifications in this way.
    package func rules(desktop: NotificationRules.Desktop) -> NotificationRules {
        let ways = NotificationRules.usual.mapValues { rings ? $0 : $0.subtracting(.bell) }
        return NotificationRules(ways: ways, quiet: quiet, desktop: desktop)
    }
}
