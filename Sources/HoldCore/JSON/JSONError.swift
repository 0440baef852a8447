/// Why bytes are not a JSON text that we accept, and at which byte.
public enum JSONError: Error, Hashable, Sendable {
    /// The text stops in the middle of a value.
    case endsEarly(offset: Int)
    /// A byte that cannot stand here.
    case unexpectedByte(offset: Int)
    /// Something follows the value.
    case textAfterEnd(offset: Int)
    /// A string that is not UTF-8.
    case invalidUTF8(offset: Int)
    /// A backslash sequence that JSON does not know.
    case invalidEscape(offset: Int)
    /// A `\u` escape that is half of a surrogate pair.
    case loneSurrogate(offset: Int)
    /// A raw control character inside a string.
    case controlCharacter(offset: Int)
    /// A number spelled as JSON does not allow.
    case invalidNumber(offset: Int)
    /// A number beyond ±(2^53 − 1), which not every reader would read alike.
    case numberTooLarge(offset: Int)
    /// A key that its object already has.
    case duplicateKey(String, offset: Int)
    /// Nesting beyond the limit.
    case tooDeep(limit: Int, offset: Int)

    /// The offset of the byte at fault, from the start of the text.
    public var offset: Int {
        switch self {
        case .endsEarly(let offset), .unexpectedByte(let offset), .textAfterEnd(let offset),
            .invalidUTF8(let offset), .invalidEscape(let offset), .loneSurrogate(let offset),
            .controlCharacter(let offset), .invalidNumber(let offset),
            .numberTooLarge(let offset), .duplicateKey(_, let offset), .tooDeep(_, let offset):
            offset
        }
    }
}

extension JSONError: CustomStringConvertible {
    /// One plain sentence; it repeats nothing of the text but ASCII-escaped keys.
    public var description: String {
        "\(reason) at byte \(offset)"
    }

    private var reason: String {
        switch self {
        case .endsEarly: "the text ends in the middle of a value"
        case .unexpectedByte: "a character that cannot stand here"
        case .textAfterEnd: "more text after the end of the value"
        case .invalidUTF8: "a string that is not UTF-8"
        case .invalidEscape: "an unknown backslash sequence"
        case .loneSurrogate: "half of a surrogate pair"
        case .controlCharacter: "a raw control character inside a string"
        case .invalidNumber: "a misspelled number"
        case .numberTooLarge: "a number beyond ±(2^53 − 1)"
        case .duplicateKey(let key, _): "the key \(JSONValue.string(key).asciiText) a second time"
        case .tooDeep(let limit, _): "nesting deeper than \(limit) levels"
        }
    }
}
