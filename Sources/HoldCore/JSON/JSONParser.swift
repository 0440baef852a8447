extension JSONValue {
    /// Reads one JSON text (RFC 8259, strictly), the whole of it.
    ///
    /// Refused besides what the grammar refuses: text that is not UTF-8, a byte order mark, lone
    /// surrogates, duplicate keys, numbers beyond ±(2^53 − 1), nesting beyond the limit. Keys that
    /// differ only in Unicode normalisation count as duplicates: people could not tell them apart.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        var parser = JSONParser(bytes: bytes, limits: limits)
        self = try parser.document()
    }

    /// Reads one JSON text out of a larger buffer; offsets count from the start of the slice.
    public init(
        parsing bytes: ArraySlice<UInt8>,
        limits: JSONLimits = .standard
    ) throws(JSONError) {
        try self.init(parsing: Array(bytes), limits: limits)
    }

    /// Reads one JSON text; offsets count UTF-8 bytes.
    public init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}

/// Reads one JSON text by descending into it, never deeper than the limit.
struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var index = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONError) -> JSONValue {
        skipSpace()
        let value = try value(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw .textAfterEnd(offset: index) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard let next else { throw unexpected }
        switch next {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw unexpected
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < limits.depth else { throw .tooDeep(limit: limits.depth, offset: index) }
        index += 1
        skipSpace()
        var elements: [JSONValue] = []
        if next == UInt8(ascii: "]") {
            index += 1
            return .array(elements)
        }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            switch next {
            case UInt8(ascii: ","):
                index += 1
                skipSpace()
            case UInt8(ascii: "]"):
                index += 1
                return .array(elements)
            default: throw unexpected
            }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < limits.depth else { throw .tooDeep(limit: limits.depth, offset: index) }
        index += 1
        skipSpace()
        var members: [String: JSONValue] = [:]
        if next == UInt8(ascii: "}") {
            index += 1
            return .object(members)
        }
        while true {
            guard next == UInt8(ascii: "\"") else { throw unexpected }
            let keyOffset = index
            let key = try string()
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw unexpected }
            index += 1
            skipSpace()
            let value = try value(depth: depth + 1)
            if members.updateValue(value, forKey: key) != nil {
                throw .duplicateKey(key, offset: keyOffset)
            }
            skipSpace()
            switch next {
            case UInt8(ascii: ","):
                index += 1
                skipSpace()
            case UInt8(ascii: "}"):
                index += 1
                return .object(members)
            default: throw unexpected
            }
        }
    }

    private mutating func word(
        _ word: StaticString,
        _ value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for byte in word.description.utf8 {
            guard next == byte else { throw unexpected }
            index += 1
        }
        return value
    }

    private mutating func skipSpace() {
        while let byte = next {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
                index += 1
            default: return
            }
        }
    }

    /// The byte to read now; nil at the end.
    var next: UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    /// What is wrong when the byte to read now (or the end) cannot stand here.
    var unexpected: JSONError {
        index < bytes.count ? .unexpectedByte(offset: index) : .endsEarly(offset: index)
    }
}
