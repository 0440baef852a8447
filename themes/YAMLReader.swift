package import Yams

/// Reads a YAML file that a person wrote, and remembers what is wrong with it and where.
package struct YAMLReader: Sendable {
    /// How problems call the file.
    package let file: String
    private var found: [FileProblem] = []

    package init(file: String) {
        self.file = file
    }

    /// Every problem, in the order of the file.
    package var problems: [FileProblem] {
        found.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// Whether anything is wrong that cannot be guessed.
    package var failed: Bool { found.contains { $0.severity == .error } }

    /// Parses the YAML; the parser's own errors become problems with its place.
    package mutating func compose(_ text: String) -> Node? {
        do {
            return try Yams.compose(yaml: text)
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
            add(mark, .error, "the file is no YAML: \(problem)", nil)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { quoted($0) }.sorted().joined(separator: ", ")
            add(context.mark, .error, "a key stands twice: \(names)", nil)
        default:
            report(nil, "the file is no YAML: \(quoted("\(error)"))")
        }
    }

    /// The values of a mapping by their keys; unknown keys are warned of.
    package mutating func entries(
        of node: Node,
        called name: String,
        known: [String]
    ) -> [String: Node] {
        guard let mapping = node.mapping else {
            report(node, "\(name) is a mapping of keys to values")
            return [:]
        }
        var parts: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.string, known.contains(name) else {
                let name = key.string ?? ""
                warn(key, "unknown key \(quoted(name))", hint: nearest(to: name, among: known))
                continue
            }
            parts[name] = value
        }
        return parts
    }

    /// One of some words; anything else is a problem that names them.
    package mutating func choice<Choice>(
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

    /// Remembers a problem that leaves the file usable.
    package mutating func warn(_ node: Node, _ message: String, hint: String? = nil) {
        add(node.mark, .warning, message, hint)
    }

    /// Remembers a problem that makes the file unusable.
    package mutating func report(_ node: Node?, _ message: String, hint: String? = nil) {
        add(node?.mark, .error, message, hint)
    }

    private mutating func add(
        _ mark: Mark?,
        _ severity: FileProblem.Severity,
        _ message: String,
        _ hint: String?
    ) {
        found.append(
            FileProblem(
                file: file,
                line: mark?.line ?? 0,
                column: mark?.column ?? 0,
                severity: severity,
                message: message,
                hint: hint
            )
        )
    }
}
