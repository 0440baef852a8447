/// Which characters draw the chrome: box drawing, or what every terminal has had since the first.
package enum GlyphSet: String, CaseIterable, Hashable, Sendable {
    case unicode, ascii

    /// What the person or the theme asks for.
    package enum Choice: String, CaseIterable, Hashable, Sendable {
        case auto, unicode, ascii
    }

    /// Chooses the glyphs for a terminal.
    ///
    /// Box drawing is of ambiguous width: where Chinese, Japanese or Korean is spoken, terminals may
    /// draw it two cells wide, and every frame would break.
    ///
    /// - Parameters:
    ///   - choice: What was asked for; only `auto` looks at the rest.
    ///   - locale: The value in force of `LC_ALL`, `LC_CTYPE` or `LANG`, such as `de_CH.UTF-8`.
    ///   - terminal: The value of `TERM`.
    ///   - language: The value of `LANGUAGE` or `LANG`, for the width of ambiguous characters.
    /// - Returns: The glyphs that are sure to come out right.
    package static func choose(
        _ choice: Choice,
        locale: String,
        terminal: String,
        language: String
    ) -> GlyphSet {
        switch choice {
        case .unicode: return .unicode
        case .ascii: return .ascii
        case .auto: break
        }
        let plain = ["linux", "dumb", ""].contains(terminal) || terminal.hasPrefix("vt")
        let wide = [locale, language].contains { value in
            ["zh", "ja", "ko"].contains { value.lowercased().hasPrefix($0) }
        }
        return isUTF8(locale) && !plain && !wide ? .unicode : .ascii
    }

    /// Whether a locale's name says that it encodes text as UTF-8.
    package static func isUTF8(_ locale: String) -> Bool {
        guard let dot = locale.firstIndex(of: ".") else { return false }
        let charset = locale[locale.index(after: dot)...].prefix { $0 != "@" }.lowercased()
        return charset == "utf-8" || charset == "utf8"
    }
}
