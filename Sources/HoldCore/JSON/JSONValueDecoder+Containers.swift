/// Decodes the fields of an object.
struct JSONKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [String: JSONValue]
    let path: JSONCodingPath
    let keepsKeys: Bool
    var codingPath: [any CodingKey] { path.keys }

    var allKeys: [Key] {
        members.keys.compactMap { name in
            Key(stringValue: keepsKeys ? name : JSONWireKey.camelCase(name))
        }
    }

    private func wire(_ key: some CodingKey) -> String {
        keepsKeys ? key.stringValue : JSONWireKey.snakeCase(key.stringValue)
    }

    func contains(_ key: Key) -> Bool { members[wire(key)] != nil }

    private func decoder(_ name: String) throws -> JSONValueDecoder {
        let path = JSONCodingPath.field(name, in: path)
        guard let value = members[name] else {
            throw JSONDecodingError.missing(path: path.words)
        }
        return JSONValueDecoder(value: value, path: path)
    }

    func decodeNil(forKey key: Key) throws -> Bool { members[wire(key)] == .null }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        let name = wire(key)
        if case .bool(let flag)? = members[name] { return flag }
        return try decoder(name).decode(type)
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        let name = wire(key)
        if case .string(let text)? = members[name] { return text }
        return try decoder(name).decode(type)
    }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try decoder(wire(key)).decode(type)
    }

    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        try decoder(wire(key)).decode(type)
    }

    func decode<T: FixedWidthInteger & Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let name = wire(key)
        if case .integer(let whole)? = members[name], let fitting = T(exactly: whole) {
            return fitting
        }
        return try decoder(name).decode(type)
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try decoder(wire(key)).decode(type)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try decoder(wire(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(wire(key)).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try decoder("super") }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(wire(key)) }
}

/// Decodes the elements of an array in order.
struct JSONUnkeyedDecoding: UnkeyedDecodingContainer {
    let elements: [JSONValue]
    let path: JSONCodingPath
    var codingPath: [any CodingKey] { path.keys }
    private(set) var currentIndex = 0

    init(elements: [JSONValue], path: JSONCodingPath) {
        self.elements = elements
        self.path = path
    }

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private var decoder: JSONValueDecoder {
        get throws {
            let path = JSONCodingPath.element(currentIndex, in: path)
            guard currentIndex < elements.count else {
                throw JSONDecodingError.missing(path: path.words)
            }
            return JSONValueDecoder(value: elements[currentIndex], path: path)
        }
    }

    private mutating func advance<T>(_ element: T) -> T {
        currentIndex += 1
        return element
    }

    mutating func decodeNil() throws -> Bool {
        guard try decoder.decodeNil() else { return false }
        return advance(true)
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { advance(try decoder.decode(type)) }
    mutating func decode(_ type: String.Type) throws -> String { advance(try decoder.decode(type)) }
    mutating func decode(_ type: Double.Type) throws -> Double { advance(try decoder.decode(type)) }
    mutating func decode(_ type: Float.Type) throws -> Float { advance(try decoder.decode(type)) }

    mutating func decode<T: FixedWidthInteger & Decodable>(_ type: T.Type) throws -> T {
        advance(try decoder.decode(type))
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        advance(try decoder.decode(type))
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        advance(try decoder.container(keyedBy: type))
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        advance(try decoder.unkeyedContainer())
    }

    mutating func superDecoder() throws -> any Decoder { advance(try decoder) }
}
