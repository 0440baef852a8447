/// Measures whether a theme can be read: the contrast of every text on every ground it meets.
package enum ThemeCheck {
    /// What is wrong with one theme; the words that a person reads come from ``description``.
    package enum Problem: Hashable, Sendable, CustomStringConvertible {
        /// Text and ground are too alike. With `indexed` as one of the 256 colours, else as written.
        case tooFaint(text: Role, ground: Role, ratio: Double, needed: Double, indexed: Bool)
        /// Only one of the two is the terminal's own colour, so nobody can know how they go together.
        case unknowable(text: Role, ground: Role)
        /// The selected row cannot be told from the others.
        case selectionHidden(ground: Role, indexed: Bool)

        package var description: String {
            switch self {
            case .tooFaint(let text, let ground, let ratio, let needed, let indexed):
                "\(text.rawValue) on \(ground.rawValue): contrast \(Self.tenths(ratio)), "
                    + "needs \(Self.tenths(needed))\(Self.suffix(indexed))"
            case .unknowable(let text, let ground):
                "\(text.rawValue) on \(ground.rawValue): one of them is the terminal's own colour, "
                    + "so their contrast cannot be known; give both or neither"
            case .selectionHidden(let ground, let indexed):
                "sel_bg is the same colour as \(ground.rawValue)\(Self.suffix(indexed))"
            }
        }

        private static func suffix(_ indexed: Bool) -> String {
            indexed ? ", with 256 colours" : ""
        }

        /// Rounded down, so that a ratio just below the line never reads as if it were on it.
        private static func tenths(_ ratio: Double) -> String {
            let hundredths = Int((ratio * 100).rounded(.down))
            let rest = hundredths % 100
            return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest):1"
        }
    }

    /// Every problem of a theme, in the order of the roles; none means that it can be read.
    package static func problems(of theme: Theme) -> [Problem] {
        var problems: [Problem] = []
        for text in Role.allCases {
            for ground in text.grounds {
                problems += faintness(of: text, on: ground, in: theme)
            }
        }
        // The focused border is no text; WCAG asks three to one of such marks.
        for ground in Role.surfaces {
            problems += faintness(
                of: .accent,
                on: ground,
                in: theme,
                needed: min(3, theme.contrast)
            )
        }
        for ground in [Role.background, .panel] {
            problems += hiding(on: ground, in: theme)
        }
        return problems
    }

    private static func faintness(
        of text: Role,
        on ground: Role,
        in theme: Theme,
        needed: Double? = nil
    ) -> [Problem] {
        switch (theme.color(of: text), theme.color(of: ground)) {
        case (.standard, .standard):
            return []
        case (.standard, .rgb), (.rgb, .standard):
            return [.unknowable(text: text, ground: ground)]
        case (.rgb(let one), .rgb(let two)):
            let needed = needed ?? theme.contrast
            var ratios = [(one.contrast(with: two), false)]
            if let one = theme.index(of: text).flatMap(Palette.color),
                let two = theme.index(of: ground).flatMap(Palette.color)
            {
                ratios.append((one.contrast(with: two), true))
            }
            return ratios.filter { $0.0 < needed }.map { ratio, indexed in
                .tooFaint(
                    text: text,
                    ground: ground,
                    ratio: ratio,
                    needed: needed,
                    indexed: indexed
                )
            }
        }
    }

    private static func hiding(on ground: Role, in theme: Theme) -> [Problem] {
        if theme.color(of: .selectedBackground) == theme.color(of: ground) {
            return [.selectionHidden(ground: ground, indexed: false)]
        }
        if let selected = theme.index(of: .selectedBackground), selected == theme.index(of: ground)
        {
            return [.selectionHidden(ground: ground, indexed: true)]
        }
        return []
    }
}
