/// Collects the problems of one file.
struct ProblemLog {
    /// The most problems that are kept: enough to work on, no flood from a file of another kind.
    static let problemsMax = 200

    let file: String
    private var problems: [ManifestProblem] = []
    private var omitted = 0

    init(file: String) { self.file = file }

    /// How many problems were found.
    var count: Int { problems.count + omitted }

    /// The problems in the order of the file.
    var sorted: [ManifestProblem] {
        var sorted = problems.enumerated().sorted { left, right in
            let before = (left.element.line, left.element.column, left.offset)
            return before < (right.element.line, right.element.column, right.offset)
        }.map(\.element)
        if omitted > 0, let last = sorted.last {
            sorted.append(
                ManifestProblem(
                    severity: .error,
                    file: file,
                    line: last.line,
                    column: last.column,
                    message: "\(omitted) further problems are not shown"
                )
            )
        }
        return sorted
    }

    mutating func error(
        _ message: @autoclosure () -> String,
        at place: Place,
        hint: @autoclosure () -> String? = nil
    ) {
        add(.error, message(), at: place, hint: hint())
    }

    mutating func warning(
        _ message: @autoclosure () -> String,
        at place: Place,
        hint: @autoclosure () -> String? = nil
    ) {
        add(.warning, message(), at: place, hint: hint())
    }

    private mutating func add(
        _ severity: ManifestProblem.Severity,
        _ message: @autoclosure () -> String,
        at place: Place,
        hint: @autoclosure () -> String?
    ) {
        guard problems.count < Self.problemsMax else {
            omitted += 1
            return
        }
        problems.append(
            ManifestProblem(
                severity: severity,
                file: file,
                line: place.line,
                column: place.column,
                message: message(),
                hint: hint()
            )
        )
    }
}
