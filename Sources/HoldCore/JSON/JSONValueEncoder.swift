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
        case single, array, object
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

    private var content = Content.single
    /// What stands where nothing was encoded is null.
    private var single = JSONValue.null
    private var elements: [Slot] = []
    private var members: [String: JSONValue] = [:]
    /// The members that are still being filled; few values have any.
    private var open: [String: JSONEncodedBox] = [:]

    var value: JSONValue {
        switch content {
        case .single: single
        case .array: .array(elements.map(\.value))
        case .object:
            .object(open.isEmpty ? members : members.merging(open.mapValues(\.value)) { $1 })
        }
    }

    var count: Int { elements.count }

    func beginArray() { content = .array }

    func beginObject() {
        guard content != .object else { return }
        content = .object
        // Most objects of the wire have some fields, and growing a dictionary hashes all of them.
        members.reserveCapacity(12)
    }

    func set(_ value: JSONValue) {
        content = .single
        single = value
    }

    func set(_ value: JSONValue, for key: String) {
        members[key] = value
        if !open.isEmpty { open[key] = nil }
    }

    func set(_ box: JSONEncodedBox, for key: String) { open[key] = box }

    func append(_ slot: Slot) { elements.append(slot) }
}

/// Encodes one value into a box.
final class JSONValueEncoder: Encoder {
    let path: JSONCodingPath
    let result = JSONEncodedBox()
    var codingPath: [any CodingKey] { path.keys }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    /// What is being encoded: whether its keys are data is asked only when it has some.
    private var type: Any.Type = Never.self

    init(path: JSONCodingPath) { self.path = path }

    func encode<T: Encodable>(_ value: T) throws {
        type = T.self
        try value.encode(to: self)
    }

    func container<Key: CodingKey>(keyedBy keyType: Key.Type) -> KeyedEncodingContainer<Key> {
        result.beginObject()
        return KeyedEncodingContainer(
            JSONKeyedEncoding<Key>(
                path: path,
                box: result,
                keepsKeys: type is any JSONStringKeyed.Type
            )
        )
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        result.beginArray()
        return JSONUnkeyedEncoding(path: path, box: result)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONSingleEncoding(encoder: self)
    }

    /// The JSON form of a value that has its own place in a container.
    static func json<T: Encodable>(
        of value: T,
        at path: @autoclosure () -> JSONCodingPath
    ) throws -> JSONValue {
        // Comparing types is cheap where casting a value of any type is not.
        if T.self == JSONValue.self, let value = value as? JSONValue { return value }
        let encoder = JSONValueEncoder(path: path())
        try encoder.encode(value)
        return encoder.result.value
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
