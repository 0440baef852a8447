import HoldConsole
import Yams

/// Reads one theme file: YAML in, a theme or problems with their places out.
package struct ThemeReader {
    /// A theme is a page of text; more than this is no theme.
    package static let bytesMax = 65_536

    private static let keys = ["name", "mode", "format", "roles", "attrs", "ansi16", "glyphs"]

    private var source: YAMLReader

    private init(file: String) {
        source = YAMLReader(file: file)
    }

    /// Reads the text of a theme file.
    ///
    /// - Parameters:
    ///   - text: What stands in the file.
    ///   - file: How problems call the file.
    /// - Returns: The theme, unless something is wrong that cannot be guessed; and every problem.
    package static func read(_ text: String, file: String) -> ThemeReading {
        var reader = ThemeReader(file: file)
        let theme = reader.read(text)
        return ThemeReading(
            theme: reader.source.failed ? nil : theme,
            problems: reader.source.problems
        )
    }

    private mutating func read(_ text: String) -> Theme? {
        guard text.utf8.count <= Self.bytesMax else {
            report(nil, "the file is longer than \(Self.bytesMax) bytes")
            return nil
        }
        guard let root = source.compose(text) else {
            if !source.failed { report(nil, "the file is empty") }
            return nil
        }
        guard root.mapping != nil else {
            report(root, "a theme is a mapping of keys to values")
            return nil
        }
        let parts = source.entries(of: root, called: "a theme", known: Self.keys)
        for key in ["name", "mode", "format", "roles"] where parts[key] == nil {
            report(root, "the key `\(key)` is missing")
        }
        if let node = parts["format"], node.int != 1 {
            report(node, "format \(quoted(node.string ?? "")) is not known here; this is format 1")
        }
        let name = parts["name"].flatMap { readName($0) }
        let mode = parts["mode"].flatMap { source.choice($0, of: Theme.Mode.self, called: "mode") }
        let glyphs = parts["glyphs"].flatMap {
            source.choice($0, of: GlyphSet.Choice.self, called: "glyphs")
        }
        let colors = parts["roles"].map { readColors($0) } ?? [:]
        let named = parts["ansi16"].map { readPaints($0) } ?? [:]
        let attributes = parts["attrs"].map { readAttributes($0) } ?? [:]
        guard let name, let mode else { return nil }
        return Theme(
            name: name,
            mode: mode,
            glyphs: glyphs,
            colors: colors,
            named: named,
            attributes: attributes
        )
    }

    private mutating func readName(_ node: Node) -> String? {
        guard let name = node.string, ThemeLibrary.isName(name) else {
            report(node, "a name has 1 to 64 of the characters a-z, 0-9 and -")
            return nil
        }
        return name
    }

    private mutating func readColors(_ node: Node) -> [Role: Theme.Color] {
        var colors: [Role: Theme.Color] = [:]
        let known = Role.allCases.map(\.rawValue)
        forEachEntry(of: node, called: "roles") { reader, key, name, value in
            guard let role = Role(rawValue: name) else {
                reader.warn(
                    key,
                    "unknown role \(quoted(name))",
                    hint: nearest(to: name, among: known)
                )
                return
            }
            if value.string == "default" {
                colors[role] = .standard
            } else if let color = value.string.flatMap(RGB.init(hex:)) {
                colors[role] = .rgb(color)
            } else {
                let text = quoted(value.string ?? "")
                reader.report(
                    value,
                    "\(text) is no colour: write \"#rrggbb\" in quotes, or default"
                )
            }
        }
        return colors
    }

    private mutating func readAttributes(_ node: Node) -> [Role: Attributes] {
        var all: [Role: Attributes] = [:]
        forEachEntry(of: node, called: "attrs") { reader, key, name, value in
            let roles = reader.roles(named: name, at: key)
            guard let attributes = reader.attributes(in: value) else { return }
            for role in roles { all[role] = attributes }
        }
        return all
    }

    private mutating func readPaints(_ node: Node) -> [Role: NamedPaint] {
        var single: [Role: NamedPaint] = [:]
        var family: [Role: NamedPaint] = [:]
        forEachEntry(of: node, called: "ansi16") { reader, key, name, value in
            let roles = reader.roles(named: name, at: key)
            guard let spec = PaintSpec(value.string ?? "") else {
                let text = quoted(value.string ?? "")
                reader.report(
                    value,
                    "\(text) is no colour: write a name such as red, red+bold, or for a "
                        + "pair black on yellow",
                    hint: PaintSpec.hint(for: value.string ?? "")
                )
                return
            }
            if Role(rawValue: name) != nil, spec.ground != nil {
                reader.report(value, "two colours need a pair such as `sel_*`")
            }
            for role in roles where role.rawValue == name {
                single[role] = NamedPaint(spec.color, spec.attributes)
            }
            for role in roles where role.rawValue != name {
                family[role] = NamedPaint(
                    role.isBackground ? spec.ground : spec.color,
                    spec.attributes
                )
            }
        }
        return family.merging(single) { _, single in single }
    }

    /// The roles that an entry is for: one, or both of a pair as `sel` or `sel_*`.
    private mutating func roles(named name: String, at key: Node) -> [Role] {
        if let role = Role(rawValue: name) { return [role] }
        let family = name.hasSuffix("_*") ? String(name.dropLast(2)) : name
        let roles = Role.allCases.filter { $0.family == family }
        if roles.isEmpty {
            let known = Role.allCases.map { $0.family.map { $0 + "_*" } ?? $0.rawValue }
            warn(key, "unknown role \(quoted(name))", hint: nearest(to: name, among: known))
        }
        return roles
    }

    private mutating func attributes(in node: Node) -> Attributes? {
        let words = node.string.map(PaintSpec.words) ?? []
        if words == ["none"] { return [] }
        var attributes: Attributes = []
        let known = Attributes.named.map(\.name)
        for word in words.isEmpty ? [""] : words {
            guard let found = Attributes.named.first(where: { $0.name == word }) else {
                report(
                    node,
                    "\(quoted(word)) is no attribute: one of "
                        + (known + ["none"]).joined(separator: ", "),
                    hint: nearest(to: word, among: known)
                )
                return nil
            }
            attributes.insert(found.attributes)
        }
        return attributes
    }

    private mutating func forEachEntry(
        of node: Node,
        called name: String,
        _ body: (inout ThemeReader, _ key: Node, _ name: String, _ value: Node) -> Void
    ) {
        guard let mapping = node.mapping else {
            report(node, "`\(name)` is a mapping of roles to values")
            return
        }
        for (key, value) in mapping {
            body(&self, key, key.string ?? "", value)
        }
    }

    private mutating func warn(_ node: Node, _ message: String, hint: String? = nil) {
        source.warn(node, message, hint: hint)
    }

    private mutating func report(_ node: Node?, _ message: String, hint: String? = nil) {
        source.report(node, message, hint: hint)
    }
}
