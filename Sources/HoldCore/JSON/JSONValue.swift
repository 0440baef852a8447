/// One JSON value (RFC 8259), as a value to compare, store and digest.
///
/// A number that is a whole one within ±2^53 is always ``integer(_:)``, so that two values are equal
/// exactly when their canonical forms (RFC 8785) are.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A whole number within ±(2^53 − 1).
    case integer(Int64)
    /// Any other finite number.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    /// The member of an object under this key; nil when it is missing or this is no object.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The text of a string value.
    public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The value; nil for null, which records cannot tell from nothing (I17).
    var unlessNull: JSONValue? { self == .null ? nil : self }

    /// The numeric value of an integer or a number.
    public var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .null, .bool, .string, .array, .object: nil
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByFloatLiteral
{
    /// Makes a string value.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Makes a boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Makes a whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// Makes an array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// Makes an object; of two equal keys the later wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { _, later in later })
    }
    /// Makes a number, whole if it is.
    public init(floatLiteral value: Double) { self = JSONValue(double: value) }

    /// Makes the number of this value: an integer when it is whole and within ±(2^53 − 1).
    ///
    /// A value that JSON cannot say (infinite, not a number) becomes null.
    public init(double value: Double) {
        guard value.isFinite else {
            self = .null
            return
        }
        let exact = 9_007_199_254_740_991.0
        if value == value.rounded(.towardZero), value >= -exact, value <= exact {
            self = .integer(Int64(value))
        } else {
            self = .number(value)
        }
    }
}
