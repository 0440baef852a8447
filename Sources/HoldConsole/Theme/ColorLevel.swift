/// How much colour a terminal takes.
package enum ColorLevel: String, CaseIterable, Hashable, Sendable {
    /// 24-bit colours.
    case direct
    /// The 256 numbered colours.
    case palette = "256"
    /// The eight named colours.
    case named = "16"
    /// Attributes only.
    case mono

    /// What the person asked for with `--color`.
    package enum Choice: String, CaseIterable, Hashable, Sendable {
        case auto, always, direct, never
    }

    /// Chooses the level for a terminal.
    ///
    /// - Parameters:
    ///   - colors: How many colours the terminal says it has; 0 when it has none.
    ///   - takesDirect: Whether its description passes 24-bit colours on.
    ///   - choice: What the person asked for.
    ///   - noColor: The value of `NO_COLOR`; counts when it is not empty and nothing was asked for.
    ///   - terminal: The value of `TERM`.
    /// - Returns: The most that the terminal has and the person wants.
    package static func choose(
        colors: Int,
        takesDirect: Bool,
        choice: Choice,
        noColor: String?,
        terminal: String
    ) -> ColorLevel {
        guard choice != .never, colors >= 8, terminal != "dumb" else { return .mono }
        if choice == .auto, let noColor, !noColor.isEmpty { return .mono }
        if takesDirect { return .direct }
        return colors >= 256 ? .palette : .named
    }
}
