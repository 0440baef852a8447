extension JSONValue {
    /// Decodes a value of this type.
    ///
    /// `snake_case` fields become `camelCase` properties, and fields that the type does not know are
    /// ignored. Errors call the value as a whole by the root's name, such as `params`.
    public func decode<T: Decodable>(
        _ type: T.Type = T.self,
        at root: String = ""
    ) throws(JSONDecodingError) -> T {
        do {
            return try JSONValueDecoder(value: self, path: .root(root)).decode(type)
        } catch let error as JSONDecodingError {
            throw error
        } catch {
            throw .invalid(path: root, reason: "\(error)")
        }
    }

    /// The kind of a value, as errors name it.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// Decodes one JSON value.
struct JSONValueDecoder: Decoder {
    let value: JSONValue
    let path: JSONCodingPath
    var keepsKeys = false
    var codingPath: [any CodingKey] { path.keys }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(value: JSONValue, path: JSONCodingPath, keepsKeys: Bool = false) {
        self.value = value
        self.path = path
        self.keepsKeys = keepsKeys
    }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch("an object") }
        return KeyedDecodingContainer(
            JSONKeyedDecoding<Key>(
                members: members,
                path: path,
                keepsKeys: keepsKeys
            )
        )
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch("an array") }
        return JSONUnkeyedDecoding(elements: elements, path: path)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    /// Decodes a value, and turns whatever its type complains of into an error that names the field.
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if T.self == JSONValue.self, let value = value as? T { return value }
        var inner = self
        // Only an object has keys, and the question is dear.
        if case .object = value { inner.keepsKeys = T.self is any JSONStringKeyed.Type }
        do {
            return try T(from: inner)
        } catch DecodingError.dataCorrupted(let context) {
            throw invalid(context, type)
        } catch DecodingError.keyNotFound(let key, let context) {
            let path = context.codingPath + [key]
            throw JSONDecodingError.missing(path: JSONWireKey.path(path))
        } catch DecodingError.typeMismatch(_, let context) {
            throw invalid(context, type)
        } catch DecodingError.valueNotFound(_, let context) {
            throw invalid(context, type)
        }
    }

    private func invalid<T>(_ context: DecodingError.Context, _ type: T.Type) -> JSONDecodingError {
        let path = JSONWireKey.path(context.codingPath)
        if let text = value.text, let words = T.self as? any CaseIterable.Type {
            let list = Self.words(words).joined(separator: ", ")
            let shown = JSONValue.string(String(text.prefix(80))).asciiText
            return .invalid(path: path, reason: "\(shown) is not one of \(list)")
        }
        return .invalid(path: path, reason: context.debugDescription)
    }

    private static func words<T: CaseIterable>(_ type: T.Type) -> [String] {
        T.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    }

    func mismatch(_ expected: String) -> JSONDecodingError {
        .mismatch(
            path: path.words,
            expected: expected,
            found: value.kind
        )
    }
}

extension JSONValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let flag) = value else { throw mismatch("true or false") }
        return flag
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let text) = value else { throw mismatch("a string") }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard let number = value.double else { throw mismatch("a number") }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

    func decode<T: FixedWidthInteger & Decodable>(_ type: T.Type) throws -> T {
        switch value {
        case .integer(let whole):
            if let fitting = T(exactly: whole) { return fitting }
            throw JSONDecodingError.invalid(
                path: path.words,
                reason: "\(whole) is not within \(T.min)…\(T.max)"
            )
        case .number(let number):
            throw JSONDecodingError.invalid(
                path: path.words,
                reason: "\(number) is not a whole number"
            )
        case .null, .bool, .string, .array, .object: throw mismatch("a whole number")
        }
    }
}
