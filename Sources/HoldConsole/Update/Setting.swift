/// What a person can set while the console runs.
///
/// By `:set NAME VALUE`, and wherever else settings come from. A new one is a case here: its values,
/// what it is now, and how it takes effect.
package enum Setting: String, Hashable, Sendable, CaseIterable {
    case glyphs
    case theme
    case sort
    /// Whether rows are held still until new ones are taken in by hand.
    case pause
    /// Whether the mouse is ours: it scrolls and selects, and never decides.
    case mouse

    /// What it is for, in few words.
    package var words: StaticString {
        switch self {
        case .glyphs: "the signs that boxes and marks are drawn with"
        case .theme: "the colours"
        case .sort: "the order of the queue"
        case .pause: "hold the list still"
        case .mouse: "the wheel scrolls, a click selects"
        }
    }

    /// The values that it can have; for the theme those that are loaded.
    package func values(in model: Model) -> [String] {
        switch self {
        case .glyphs: [GlyphSet.unicode, .ascii].map(\.rawValue)
        case .theme: model.themes.map(\.name)
        case .sort: QueueSort.allCases.map(\.rawValue)
        case .pause, .mouse: ["on", "off"]
        }
    }

    /// What it is now.
    package func value(in model: Model) -> String {
        switch self {
        case .glyphs: model.glyphs.rawValue
        case .theme: model.theme.name
        case .sort: model.queue.sort.rawValue
        case .pause: model.queue.isPaused ? "on" : "off"
        case .mouse: model.isMouseOurs ? "on" : "off"
        }
    }

    /// The values that are always there, for a sentence.
    var choices: String {
        switch self {
        case .glyphs: "unicode, ascii"
        case .theme: "the themes that are loaded"
        case .sort: QueueSort.allCases.map(\.rawValue).joined(separator: ", ")
        case .pause, .mouse: "on, off"
        }
    }
}

extension Model {
    /// Makes a setting take effect.
    ///
    /// - Throws: What is wrong with the value, in a sentence; nothing changed then.
    package mutating func set(_ setting: Setting, to value: String) throws(OrderProblem) {
        let problem = OrderProblem(
            "\(setting.rawValue) cannot be \(value.prefix(40)). There are: "
                + setting.values(in: self).joined(separator: ", ") + "."
        )
        switch setting {
        case .glyphs:
            guard let set = GlyphSet(rawValue: value) else { throw problem }
            glyphs = set
        case .theme:
            guard let found = themes.first(where: { $0.name == value }) else { throw problem }
            theme = found
            themeBefore = nil
        case .sort:
            guard let order = QueueSort(rawValue: value) else { throw problem }
            sort(by: order)
        case .pause:
            switch value {
            case "on": queue.isPaused = true
            case "off": queue.isPaused = false
            default: throw problem
            }
        case .mouse:
            switch value {
            case "on": setMouse(true)
            case "off": setMouse(false)
            default: throw problem
            }
        }
    }
}
