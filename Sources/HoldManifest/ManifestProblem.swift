package import HoldCore

/// One thing that is wrong with a manifest, with the place to look at.
package struct ManifestProblem: Sendable, Hashable {
    /// Whether the manifest can be used in spite of it.
    package enum Severity: String, Sendable, Hashable, CaseIterable {
        /// The manifest is refused.
        case error
        /// The manifest loads; it may not do what its author means.
        case warning
    }

    /// Whether the manifest can be used in spite of it.
    package var severity: Severity
    /// The file's name as people are shown it.
    package var file: String
    /// The line, from 1.
    package var line: Int
    /// The column in Unicode scalars, from 1.
    package var column: Int
    /// What is wrong, in a sentence.
    package var message: String
    /// What may have been meant; nil when nothing comes close.
    package var hint: String?
}

extension ManifestProblem: CustomStringConvertible {
    /// `file:line:column: error: what is wrong; what may have been meant`.
    package var description: String {
        "\(file):\(line):\(column): \(severity.rawValue): \(message)"
            + (hint.map { "; \($0)" } ?? "")
    }

    /// The problem as one JSON object.
    package var json: JSONValue {
        [
            "severity": .string(severity.rawValue), "file": .string(file),
            "line": JSONValue(double: Double(line)), "column": JSONValue(double: Double(column)),
            "message": .string(message), "hint": hint.map { .string($0) } ?? .null,
        ]
    }
}
