/// How a person wants the console: a value that was read from `console.yaml`.
package struct Settings: Hashable, Sendable {
    /// Which theme to start with.
    package enum ThemeChoice: Hashable, Sendable {
        /// One for dark terminals and one for light ones, by what the terminal says of itself.
        case matching(dark: String, light: String)
        case named(String)

        /// Whether it takes the terminal's ground to know which.
        package var followsGround: Bool {
            if case .matching = self { return true }
            return false
        }

        /// The theme's name on a terminal of this ground.
        package func name(isLight: Bool) -> String {
            switch self {
            case .matching(let dark, let light): isLight ? light : dark
            case .named(let name): name
            }
        }
    }

    package var theme = ThemeChoice.matching(dark: "harbor-dark", light: "harbor-light")
    package var glyphs = GlyphSet.Choice.auto
    package var color = ColorLevel.Choice.auto
    /// Whether the mouse scrolls and selects from the start; it never decides.
    package var mouse = false
    /// Whether view, filter and selection of the last time are taken up again.
    package var restore = true
    /// How long the terminal waits after an Esc for the rest of a key, in milliseconds: 0…1,000.
    package var escapeDelay = 25
    package var times = ConfirmTimes.standard
    package var keymap = Keymap.standard
    package var notifications = NotificationSettings()
    /// What rows of the queue show between the number and the action, where there is room.
    package var columns: [QueueColumn] = [.agent]

    /// What holds without a file.
    package static let standard = Settings()

    package init() {}
}
