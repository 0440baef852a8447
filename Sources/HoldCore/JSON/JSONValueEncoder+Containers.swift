/// Encodes the fields of an object.
struct JSONKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let path: JSONCodingPath
    let box: JSONEncodedBox
    var codingPath: [any CodingKey] { path.keys }
    let keepsKeys: Bool

    private func wire(_ key: some CodingKey) -> String {
        keepsKeys ? key.stringValue : JSONWireKey.snakeCase(key.stringValue)
    }

    private func set(_ value: JSONValue, _ key: Key) {
        box.set(value, for: wire(key))
    }

    func encodeNil(forKey key: Key) throws { set(.null, key) }
    func encode(_ value: Bool, forKey key: Key) throws { set(.bool(value), key) }
    func encode(_ value: String, forKey key: Key) throws { set(.string(value), key) }

    func encode(_ value: Double, forKey key: Key) throws {
        set(try JSONValueEncoder.number(value, at: .field(wire(key), in: path)), key)
    }

    func encode(_ value: Float, forKey key: Key) throws { try encode(Double(value), forKey: key) }

    func encode<T: BinaryInteger & Encodable>(_ value: T, forKey key: Key) throws {
        set(try JSONValueEncoder.number(value, at: .field(wire(key), in: path)), key)
    }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        let key = wire(key)
        box.set(try JSONValueEncoder.json(of: value, at: .field(key, in: path)), for: key)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        nested(wire(key)).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        nested(wire(key)).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { nested("super") }
    func superEncoder(forKey key: Key) -> any Encoder { nested(wire(key)) }

    private func nested(_ key: String) -> JSONValueEncoder {
        let encoder = JSONValueEncoder(path: .field(key, in: path))
        box.set(encoder.result, for: key)
        return encoder
    }
}

/// Encodes the elements of an array.
struct JSONUnkeyedEncoding: UnkeyedEncodingContainer {
    let path: JSONCodingPath
    let box: JSONEncodedBox
    var codingPath: [any CodingKey] { path.keys }
    var count: Int { box.count }

    private var place: JSONCodingPath { .element(count, in: path) }

    func encodeNil() throws { box.append(.value(.null)) }
    func encode(_ value: Bool) throws { box.append(.value(.bool(value))) }
    func encode(_ value: String) throws { box.append(.value(.string(value))) }

    func encode(_ value: Double) throws {
        box.append(.value(try JSONValueEncoder.number(value, at: place)))
    }

    func encode(_ value: Float) throws { try encode(Double(value)) }

    func encode<T: BinaryInteger & Encodable>(_ value: T) throws {
        box.append(.value(try JSONValueEncoder.number(value, at: place)))
    }

    func encode<T: Encodable>(_ value: T) throws {
        box.append(.value(try JSONValueEncoder.json(of: value, at: place)))
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        nested().container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
    func superEncoder() -> any Encoder { nested() }

    private func nested() -> JSONValueEncoder {
        let encoder = JSONValueEncoder(path: place)
        box.append(.box(encoder.result))
        return encoder
    }
}

/// Encodes a value that is no container.
struct JSONSingleEncoding: SingleValueEncodingContainer {
    let encoder: JSONValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    private func set(_ value: JSONValue) { encoder.result.set(value) }

    func encodeNil() throws { set(.null) }
    func encode(_ value: Bool) throws { set(.bool(value)) }
    func encode(_ value: String) throws { set(.string(value)) }

    func encode(_ value: Double) throws {
        set(try JSONValueEncoder.number(value, at: encoder.path))
    }

    func encode(_ value: Float) throws { try encode(Double(value)) }

    func encode<T: BinaryInteger & Encodable>(_ value: T) throws {
        set(try JSONValueEncoder.number(value, at: encoder.path))
    }

    func encode<T: Encodable>(_ value: T) throws {
        if T.self == JSONValue.self, let value = value as? JSONValue {
            set(value)
        } else {
            try encoder.encode(value)
        }
    }
}
