extension Decoder {
    /// The value that a text stands for, where a type is written as one.
    ///
    /// - Parameters:
    ///   - complaint: What is wrong with a text that stands for none, such as `is no digest`.
    ///   - read: Reads the text; nil when it stands for no value.
    /// - Returns: The value.
    /// - Throws: `DecodingError` when there is no text, or it stands for no value.
    func value<Value>(orSay complaint: String, _ read: (String) -> Value?) throws -> Value {
        let container = try singleValueContainer()
        guard let value = read(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: complaint)
        }
        return value
    }
}
