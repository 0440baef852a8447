import HoldConsole

/// What stands behind a role under `ansi16`: `yellow`, `red+bold`, `reverse`, `white on red +bold`.
struct PaintSpec {
    /// The colour of the text, or the one colour given; nil is the terminal's own.
    var color: NamedPaint.Color?
    /// The colour behind the text; nil is the terminal's own.
    var ground: NamedPaint.Color?
    var attributes: Attributes = []

    /// Reads the words; nil when one is unknown or stands where it cannot.
    init?(_ text: String) {
        var colors: [NamedPaint.Color?] = []
        var onSeen = false
        let words = Self.words(text)
        guard !words.isEmpty else { return nil }
        for word in words {
            if let found = Attributes.named.first(where: { $0.name == word }) {
                attributes.insert(found.attributes)
            } else if word == "on", colors.count == 1, !onSeen {
                onSeen = true
            } else if word == "default" {
                colors.append(nil)
            } else if let color = NamedPaint.Color(rawValue: word) {
                colors.append(color)
            } else {
                return nil
            }
        }
        guard colors.count <= (onSeen ? 2 : 1), !onSeen || colors.count == 2 else { return nil }
        color = colors.first ?? nil
        ground = colors.count == 2 ? colors[1] : nil
    }

    /// The words of a value; blanks and plus signs stand between them.
    static func words(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "+" }.map(String.init)
    }

    /// The name that the first unknown word was perhaps meant to be.
    static func hint(for text: String) -> String? {
        let known =
            NamedPaint.Color.allCases.map(\.rawValue) + Attributes.named.map(\.name)
            + ["default", "on"]
        return words(text).first { !known.contains($0) }.flatMap { nearest(to: $0, among: known) }
    }
}
