/// When a rule matches: a test of the proposed arguments, the risk and the agent's name.
///
/// No expressions and no code. A path that is missing, or of another type than the operator needs, does
/// not match, except under `exists: false`.
public indirect enum Condition: Sendable, Hashable {
    /// Every part matches; true when there is none.
    case all([Condition])
    /// Some part matches.
    case any([Condition])
    /// The part does not match, and every path that it names exists: a rule never fires on a missing argument.
    case not(Condition)
    /// The value at a path passes a test.
    case test(path: ConditionPath, Test)

    /// One operator with its operand.
    public enum Test: Sendable, Hashable {
        case equal(JSONValue)
        case notEqual(JSONValue)
        case less(Double)
        case lessOrEqual(Double)
        case greater(Double)
        case greaterOrEqual(Double)
        case oneOf([JSONValue])
        case noneOf([JSONValue])
        case matches(Pattern)
        case exists(Bool)
        case contains(JSONValue)
    }
}

/// Where a condition looks: into the arguments, or at the risk or the agent's name.
public enum ConditionPath: Sendable, Hashable {
    /// Keys from the arguments' root down.
    case arguments([String])
    /// `$risk`: the agent's own estimate; missing when it gave none.
    case risk
    /// `$agent`: the agent's name.
    case agent
}

/// A redacted path: keys from the arguments' root, `*` standing for any one key or index.
///
/// A pattern of one name (`password`) matches that key at any depth; one with dots (`*.token`) is
/// anchored at the root.
public struct ArgumentPattern: Sendable, Hashable, Codable {
    /// The parts between dots.
    public var parts: [String]

    /// A pattern of these parts.
    public init(parts: [String]) { self.parts = parts }

    /// Whether the value at this path is redacted.
    public func matches(_ path: [String]) -> Bool {
        guard parts.count > 1 else {
            return path.last.map { $0 == parts.first || parts.first == "*" } ?? false
        }
        return parts.count == path.count
            && zip(parts, path).allSatisfy { $0 == "*" || $0 == $1 }
    }
}

/// What a condition is held against.
public struct ConditionSubject: Sendable {
    /// The proposed arguments.
    public var arguments: JSONValue
    /// The agent's own estimate of the risk, 0…1.
    public var risk: Double?
    /// The agent's name.
    public var agent: String

    /// A subject of these parts.
    public init(arguments: JSONValue, risk: Double?, agent: String) {
        self.arguments = arguments
        self.risk = risk
        self.agent = agent
    }
}
