/// One thing that is wrong in a file that a person wrote, and where.
package struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Severity: String, Hashable, Sendable {
        /// The file can be used all the same.
        case warning
        case error
    }

    package let file: String
    /// Counted from 1; 0 when the problem has no place.
    package let line: Int
    package let column: Int
    package let severity: Severity
    package let message: String
    /// What was perhaps meant.
    package let hint: String?

    package init(
        file: String,
        line: Int,
        column: Int,
        severity: Severity,
        message: String,
        hint: String? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.severity = severity
        self.message = message
        self.hint = hint
    }

    /// The problem as compilers print theirs, so that editors find the place.
    package var description: String {
        let place = line > 0 ? "\(file):\(line):\(column)" : file
        let ending = hint.map { "; did you mean `\($0)`?" } ?? ""
        return "\(place): \(severity.rawValue): \(message)\(ending)"
    }
}
