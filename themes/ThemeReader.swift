import HoldConsole
import Yams

/// Reads one theme file: YAML in, a theme or problems with their places out.
package struct ThemeReader {
    /// A theme is a page of text; more than this is no theme.
    package static let bytesMax = 65_536

    private static let keys = ["name", "mode", "format", "roles", "attrs", "ansi16", "glyphs"]

    private let file: String
    private var problems: [ThemeProblem] = []

    private init(file: String) {
        self.file = file
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
        let failed = reader.problems.contains { $0.severity == .error }
        let problems = reader.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        return ThemeReading(theme: failed ? nil : theme, problems: problems)
    }

    private mutating func read(_ text: String) -> Theme? {
        guard text.utf8.count <= Self.bytesMax else {
            report(nil, "the file is longer than \(Self.bytesMax) bytes")
            return nil
        }
        guard let root = compose(text) else { return nil }
        guard let mapping = root.mapping else {
            report(root, "a theme is a mapping of keys to values")
            return nil
        }
        var parts: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.string, Self.keys.contains(name) else {
                let name = key.string ?? ""
                warn(key, "unknown key \(quoted(name))", hint: nearest(to: name, among: Self.keys))
                continue
            }
            parts[name] = value
        }
        for key in ["name", "mode", "format", "roles"] where parts[key] == nil {
            report(root, "the key `\(key)` is missing")
        }
        if let node = parts["format"], node.int != 1 {
            report(node, "format \(quoted(node.string ?? "")) is not known here; this is format 1")
        }
        let name = parts["name"].flatMap { readName($0) }
        let mode = parts["mode"].flatMap { readChoice($0, of: Theme.Mode.self, called: "mode") }
        let glyphs = parts["glyphs"].flatMap {
            readChoice($0, of: GlyphSet.Choice.self, called: "glyphs")
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

    /// Parses the YAML; the parser's own errors become problems with its place.
    private mutating func compose(_ text: String) -> Node? {
        do {
            if let root = try Yams.compose(yaml: text) { return root }
            report(nil, "the file is empty")
        } catch let error as YamlError {
            report(error)
        } catch {
            report(nil, "the file is no YAML: \(error)")
        }
        return nil
    }

    private mutating func report(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            problems.append(
                ThemeProblem(
                    file: file,
                    line: mark.line,
                    column: mark.column,
                    severity: .error,
                    message: "the file is no YAML: \(problem)"
                )
            )
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { quoted($0) }.sorted().joined(separator: ", ")
            problems.append(
                ThemeProblem(
                    file: file,
                    line: context.mark.line,
                    column: context.mark.column,
                    severity: .error,
                    message: "a key stands twice: \(names)"
                )
            )
        default:
            report(nil, "the file is no YAML: \(quoted("\(error)"))")
        }
    }

    private mutating func readName(_ node: Node) -> String? {
        guard let name = node.string, ThemeLibrary.isName(name) else {
            report(node, "a name has 1 to 64 of the characters a-z, 0-9 and -")
            return nil
        }
        return name
    }

    private mutating func readChoice<Choice>(
        _ node: Node,
        of type: Choice.Type,
        called name: String
    ) -> Choice? where Choice: RawRepresentable<String> & CaseIterable {
        if let choice = node.string.flatMap(Choice.init(rawValue:)) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        report(
            node,
            "`\(name)` is one of \(known.joined(separator: ", "))",
            hint: nearest(to: node.string ?? "", among: known)
        )
        return nil
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
        add(node, .warning, message, hint)
    }

    private mutating func report(_ node: Node?, _ message: String, hint: String? = nil) {
        add(node, .error, message, hint)
    }

    private mutating func add(
        _ node: Node?,
        _ severity: ThemeProblem.Severity,
        _ message: String,
        _ hint: String?
    ) {
        problems.append(
            ThemeProblem(
                file: file,
                line: node?.mark?.line ?? 0,
                column: node?.mark?.column ?? 0,
                severity: severity,
                message: message,
                hint: hint
            )
        )
    }
}
