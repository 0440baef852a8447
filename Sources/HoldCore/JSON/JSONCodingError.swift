/// Why a JSON value does not say what a type needs; each case names the field by its path.
public enum JSONDecodingError: Error, Hashable, Sendable {
    /// A required field that is not there.
    case missing(path: String)
    /// A value of another kind than expected.
    case mismatch(path: String, expected: String, found: String)
    /// A value of the right kind that makes no sense; the reason is a plain clause.
    case invalid(path: String, reason: String)

    /// The field at fault: names and positions joined by dots, empty for the whole value.
    public var path: String {
        switch self {
        case .missing(let path), .mismatch(let path, _, _), .invalid(let path, _): path
        }
    }
}

extension JSONDecodingError: CustomStringConvertible {
    /// One plain sentence: `params.risk: expected a number, found a string`.
    public var description: String {
        let reason =
            switch self {
            case .missing: "is missing"
            case .mismatch(_, let expected, let found): "expected \(expected), found \(found)"
            case .invalid(_, let reason): reason
            }
        return path.isEmpty ? reason : "\(path): \(reason)"
    }
}

/// Why a value of ours cannot be said in JSON.
public enum JSONEncodingError: Error, Hashable, Sendable {
    /// A number that JSON cannot say, or beyond ±(2^53 − 1).
    case number(path: String, text: String)
    /// Anything else, in the words of the type's own coding.
    case invalid(path: String, reason: String)
}

extension JSONEncodingError: CustomStringConvertible {
    /// One plain sentence that names the field.
    public var description: String {
        switch self {
        case .number(let path, let text): "\(path): \(text) is not a number that JSON can carry"
        case .invalid(let path, let reason): "\(path): \(reason)"
        }
    }
}
