package import HoldCore

/// What came of reading a manifest: the manifest when it can be used, and all problems found.
package struct LoadedManifest: Sendable, Hashable {
    /// The manifest; nil exactly when some problem is an error.
    package let manifest: Manifest?
    /// The problems, in the order of the file.
    package let problems: [ManifestProblem]
    /// The file's name as people are shown it.
    package let file: String

    /// The problems that make the manifest unusable.
    package var errors: [ManifestProblem] { problems.filter { $0.severity == .error } }
    /// The problems that do not.
    package var warnings: [ManifestProblem] { problems.filter { $0.severity == .warning } }

    /// What `manifest check` prints: a problem a line, then what the file amounts to.
    package var report: String {
        (problems.map(\.description) + [summary]).joined(separator: "\n")
    }

    /// The last line of the report.
    package var summary: String {
        let found = [count(errors.count, "error"), count(warnings.count, "warning")]
            .joined(separator: ", ")
        guard let manifest else { return "\(file): refused: \(found)" }
        let rules = manifest.actions.values.reduce(0) { $0 + $1.rules.count }
        let parts = [
            count(manifest.actions.count, "action"), count(rules, "rule"),
            count(manifest.roles.count, "role"), count(manifest.operations.count, "operation"),
        ]
        return "\(file): valid: \(parts.joined(separator: ", ")); \(found)"
    }

    /// What `manifest check --json` prints.
    package var json: JSONValue {
        [
            "file": .string(file), "valid": .bool(manifest != nil),
            "digest": manifest.map { .string($0.digest.description) } ?? .null,
            "problems": .array(problems.map(\.json)),
        ]
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
