extension JSONValue {
    /// Encodes a value; `camelCase` properties become `snake_case` fields.
    ///
    /// Keys of dictionaries and whatever is inside a ``JSONValue`` are data and stay as they are.
    public init(encoding value: some Encodable) throws(JSONEncodingError) {
        let encoder = JSONValueEncoder(path: .root(""))
        do {
            try encoder.encode(value)
        } catch let error as JSONEncodingError {
            throw error
        } catch EncodingError.invalidValue(_, let context) {
            throw .invalid(
                path: JSONWireKey.path(context.codingPath),
                reason: context.debugDescription
            )
        } catch {
            throw .invalid(path: "", reason: "\(error)")
        }
        self = encoder.result.value
    }
}

/// Where an encoder and its containers put what they are given; shared, so that nested containers
/// may be filled in any order.
final class JSONEncodedBox {
    enum Content {
        case none
        case value(JSONValue)
        case array([JSONEncodedBox.Slot])
        case object([String: JSONEncodedBox.Slot])
    }

    enum Slot {
        case value(JSONValue)
        case box(JSONEncodedBox)

        var value: JSONValue {
            switch self {
            case .value(let value): value
            case .box(let box): box.value
            }
        }
    }

    var content = Content.none

    var value: JSONValue {
        switch content {
        case .none: .null
        case .value(let value): value
        case .array(let slots): .array(slots.map(\.value))
        case .object(let slots): .object(slots.mapValues(\.value))
        }
    }

    func append(_ slot: Slot) {
        guard case .array(var slots) = content else { return content = .array([slot]) }
        content = .none  // gives up the shared reference, so that the array grows in place
        slots.append(slot)
        content = .array(slots)
    }

    func set(_ slot: Slot, for key: String) {
        guard case .object(var slots) = content else { return content = .object([key: slot]) }
        content = .none
        slots[key] = slot
        content = .object(slots)
    }

    var count: Int {
        guard case .array(let slots) = content else { return 0 }
        return slots.count
    }
}

/// Encodes one value into a box.
final class JSONValueEncoder: Encoder {
    let path: JSONCodingPath
    let result: JSONEncodedBox
    var codingPath: [any CodingKey] { path.keys }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    /// What is being encoded: whether its keys are data is asked only when it has some.
    private var type: Any.Type = Never.self

    init(path: JSONCodingPath, result: JSONEncodedBox = JSONEncodedBox()) {
        self.path = path
        self.result = result
    }

    func encode<T: Encodable>(_ value: T) throws {
        type = T.self
        try value.encode(to: self)
    }

    func container<Key: CodingKey>(keyedBy keyType: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .object = result.content {} else { result.content = .object([:]) }
        return KeyedEncodingContainer(
            JSONKeyedEncoding<Key>(
                path: path,
                box: result,
                keepsKeys: type is any JSONStringKeyed.Type
            )
        )
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .array = result.content {} else { result.content = .array([]) }
        return JSONUnkeyedEncoding(path: path, box: result)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONSingleEncoding(encoder: self)
    }

    /// Encodes a value that has its own place in a container.
    static func slot<T: Encodable>(
        _ value: T,
        at path: @autoclosure () -> JSONCodingPath
    ) throws -> JSONEncodedBox.Slot {
        if let value = value as? JSONValue { return .value(value) }
        let encoder = JSONValueEncoder(path: path())
        try encoder.encode(value)
        if case .value(let value) = encoder.result.content { return .value(value) }
        return .box(encoder.result)
    }

    /// The JSON number of a whole one.
    static func number(
        _ value: some BinaryInteger,
        at path: @autoclosure () -> JSONCodingPath
    ) throws -> JSONValue {
        guard value.magnitude <= JSONParser.magnitudeMax, let whole = Int64(exactly: value) else {
            throw JSONEncodingError.number(path: path().words, text: "\(value)")
        }
        return .integer(whole)
    }

    /// The JSON number of a floating-point one.
    static func number(
        _ value: Double,
        at path: @autoclosure () -> JSONCodingPath
    ) throws -> JSONValue {
        guard value.isFinite, value.magnitude <= Double(JSONParser.magnitudeMax) else {
            throw JSONEncodingError.number(path: path().words, text: "\(value)")
        }
        return JSONValue(double: value)
    }
}
