/// What can be told from the name of a terminal, where its description does not say.
package struct TerminalTraits: Hashable, Sendable {
    /// Whether it takes synchronised output, bracketed paste, focus reports and a title.
    ///
    /// Old terminals would show parts of such sequences as text.
    package let isModern: Bool
    /// Whether a question that it does not understand is sure not to be shown as text: it is of a
    /// family that takes whole sequences.
    package let takesQuestions: Bool

    private static let asked = [
        "xterm", "tmux", "screen", "foot", "alacritty", "rxvt", "kitty", "wezterm", "ghostty",
        "konsole", "vte", "gnome", "st", "contour", "mlterm", "putty", "iterm",
    ]

    package init(name: String) {
        let family = name.prefix { $0 != "-" }.lowercased()
        takesQuestions = Self.asked.contains(family)
        let old = ["linux", "dumb", "ansi", "cygwin", "sun", "hurd", "pcansi", ""]
        let families = ["vt", "cons25", "wsvt", "mach", "linux-"]
        isModern = !old.contains(name) && !families.contains { name.hasPrefix($0) }
    }

    /// The names to try, best first, when 24-bit colours are wanted.
    package static func directNames(for name: String) -> [String] {
        guard !name.hasSuffix("-direct") else { return [name] }
        let family = name.prefix { $0 != "-" }
        return ["\(name)-direct", "\(family)-direct", "xterm-direct"]
    }
}
