import HoldConsole
import HoldThemes
import Yams

/// Reads `console.yaml`: YAML in, settings or problems with their places out.
package struct SettingsReader {
    private static let keys = [
        "format", "theme", "glyphs", "color", "mouse", "restore", "escape_delay_ms", "confirm",
        "layouts", "keys", "columns", "notifications",
    ]

    var source: YAMLReader
    var settings = Settings.standard

    private init(file: String) {
        source = YAMLReader(file: file)
    }

    /// Reads the text of a settings file; an empty one changes nothing.
    ///
    /// - Parameters:
    ///   - text: What stands in the file.
    ///   - file: How problems call the file.
    /// - Returns: The settings, unless something is wrong that cannot be guessed; every problem.
    package static func read(_ text: String, file: String) -> SettingsReading {
        var reader = SettingsReader(file: file)
        reader.read(text)
        return SettingsReading(
            settings: reader.source.failed ? nil : reader.settings,
            problems: reader.source.problems
        )
    }

    private mutating func read(_ text: String) {
        guard let root = source.compose(text), root.null == nil else { return }
        let parts = source.entries(of: root, called: "the file", known: Self.keys)
        if let node = parts["format"], node.int != 1 {
            let format = quoted(node.string ?? "")
            source.report(node, "format \(format) is not known here; this is format 1")
        }
        parts["theme"].map { readTheme($0) }
        if let node = parts["glyphs"],
            let glyphs = source.choice(node, of: GlyphSet.Choice.self, called: "glyphs")
        {
            settings.glyphs = glyphs
        }
        if let node = parts["color"],
            let color = source.choice(node, of: ColorLevel.Choice.self, called: "color")
        {
            settings.color = color
        }
        if let node = parts["mouse"] { read(node, "mouse", into: \.mouse) }
        if let node = parts["restore"] { read(node, "restore", into: \.restore) }
        if let node = parts["escape_delay_ms"] {
            if let delay = node.int, (0...1000).contains(delay) {
                settings.escapeDelay = delay
            } else {
                source.report(node, "`escape_delay_ms` is a number of milliseconds, 0 to 1000")
            }
        }
        parts["columns"].map { readColumns($0) }
        parts["notifications"].map { readNotifications($0) }
        parts["confirm"].map { readTimes($0) }
        parts["layouts"].map { readLayouts($0) }
        parts["keys"].map { readKeys($0) }
    }

    mutating func read(
        _ node: Node,
        _ name: String,
        into field: WritableKeyPath<Settings, Bool>
    ) {
        guard let value = node.bool else {
            return source.report(node, "`\(name)` is true or false")
        }
        settings[keyPath: field] = value
    }

    private mutating func readColumns(_ node: Node) {
        let known = QueueColumn.allCases.map(\.rawValue).joined(separator: ", ")
        guard let nodes = node.sequence else {
            return source.report(node, "`columns` is a list of \(known)")
        }
        var columns: [QueueColumn] = []
        for node in nodes {
            let column = source.choice(node, of: QueueColumn.self, called: "columns")
            guard let column, !columns.contains(column) else { continue }
            columns.append(column)
        }
        settings.columns = columns
    }

    private mutating func readTheme(_ node: Node) {
        if let name = node.string, name == "auto" { return }
        if let name = node.string, ThemeLibrary.isName(name) {
            settings.theme = .named(name)
            return
        }
        guard case .matching(var dark, var light) = Settings.standard.theme, node.mapping != nil
        else {
            return source.report(
                node,
                "`theme` is auto, a theme's name, or a mapping with dark and light"
            )
        }
        let parts = source.entries(of: node, called: "`theme`", known: ["dark", "light"])
        for (key, value) in parts {
            guard let name = value.string, ThemeLibrary.isName(name) else {
                source.report(value, "a theme's name has 1 to 64 of the characters a-z, 0-9 and -")
                continue
            }
            if key == "dark" { dark = name } else { light = name }
        }
        settings.theme = .matching(dark: dark, light: light)
    }
}
