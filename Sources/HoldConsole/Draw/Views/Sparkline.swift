/// Numbers as a row of signs of different height.
package enum Sparkline {
    /// One sign for each number.
    ///
    /// - Parameters:
    ///   - values: The numbers; nil leaves a blank, and a little is never drawn as nothing.
    ///   - glyphs: The glyphs in use.
    /// - Returns: As many cells as there are numbers.
    package static func text(_ values: [Double?], _ glyphs: GlyphSet) -> SafeText {
        let most = values.compactMap(\.self).max() ?? 0
        return values.map { value -> SafeText in
            guard let value else { return " " }
            return sign(level(value, of: most, levels: levels(glyphs)), glyphs)
        }.joined()
    }

    /// How many heights there are above nothing.
    static func levels(_ glyphs: GlyphSet) -> Int { glyphs == .ascii ? 5 : 7 }

    /// The height of a number, 0 for nothing.
    static func level(_ value: Double, of most: Double, levels: Int) -> Int {
        guard value > 0, most > 0 else { return 0 }
        return min(max(Int((value / most * Double(levels)).rounded(.up)), 1), levels)
    }

    /// The sign of a height; a blank for nothing.
    static func sign(_ level: Int, _ glyphs: GlyphSet) -> SafeText {
        switch (glyphs, level) {
        case (_, ...0): " "
        case (.ascii, 1): "."
        case (.ascii, 2): ":"
        case (.ascii, 3): "-"
        case (.ascii, 4): "="
        case (.ascii, _): "#"
        case (.unicode, 1): "▁"
        case (.unicode, 2): "▂"
        case (.unicode, 3): "▃"
        case (.unicode, 4): "▄"
        case (.unicode, 5): "▅"
        case (.unicode, 6): "▆"
        case (.unicode, _): "▇"
        }
    }
}
