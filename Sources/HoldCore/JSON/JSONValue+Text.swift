extension JSONValue {
    /// The canonical form (RFC 8785): what digests are made of, and what goes over the wire.
    public var canonical: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    /// The canonical form (RFC 8785) as text.
    public var canonicalText: String { String(decoding: canonical, as: UTF8.self) }

    /// The canonical form with everything but printable ASCII escaped, for command-line output.
    public var asciiText: String {
        var bytes: [UInt8] = []
        append(to: &bytes, escaping: .allButPrintableASCII)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the canonical form (RFC 8785).
    public func append(to bytes: inout [UInt8]) {
        append(to: &bytes, escaping: .least)
    }

    private enum Escaping {
        case least
        case allButPrintableASCII
    }

    private func append(to bytes: inout [UInt8], escaping: Escaping) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): bytes.append(contentsOf: String(value).utf8)
        case .number(let value): bytes.append(contentsOf: CanonicalNumber.text(value).utf8)
        case .string(let value): Self.append(value, to: &bytes, escaping: escaping)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                element.append(to: &bytes, escaping: escaping)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            var isFirst = true
            for (key, value) in members.sorted(by: { Self.precedes($0.key, $1.key) }) {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                Self.append(key, to: &bytes, escaping: escaping)
                bytes.append(UInt8(ascii: ":"))
                value.append(to: &bytes, escaping: escaping)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Whether a key sorts before another by UTF-16 code units, as RFC 8785 asks.
    ///
    /// UTF-8 sorts the same but for one thing: U+E000…U+FFFF (lead bytes EE and EF) come after
    /// the surrogate pairs (lead bytes F0…F4).
    private static func precedes(_ left: String, _ right: String) -> Bool {
        var rights = right.utf8.makeIterator()
        for leftByte in left.utf8 {
            guard let rightByte = rights.next() else { return false }
            guard leftByte == rightByte else {
                return leftByte >= 0xEE && rightByte >= 0xEE
                    && (leftByte >= 0xF0) != (rightByte >= 0xF0)
                    ? leftByte > rightByte : leftByte < rightByte
            }
        }
        return rights.next() != nil
    }

    private static func append(
        _ text: String,
        to bytes: inout [UInt8],
        escaping: Escaping
    ) {
        bytes.append(UInt8(ascii: "\""))
        let needsCare = text.utf8.contains { byte in
            byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
                || escaping == .allButPrintableASCII && byte >= 0x7F
        }
        if !needsCare {
            bytes.append(contentsOf: text.utf8)
        } else if escaping == .least {
            for byte in text.utf8 { append(byte, to: &bytes) }
        } else {
            for unit in text.utf16 {
                if unit < 0x7F, let byte = UInt8(exactly: unit) {
                    append(byte, to: &bytes)
                } else {
                    appendEscape(unit, to: &bytes)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x08: bytes.append(contentsOf: "\\b".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0C: bytes.append(contentsOf: "\\f".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0..<0x20: appendEscape(UInt16(byte), to: &bytes)
        default: bytes.append(byte)
        }
    }

    private static func appendEscape(_ unit: UInt16, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "\\u".utf8)
        let digits = String(unit, radix: 16)
        for _ in digits.utf8.count..<4 { bytes.append(UInt8(ascii: "0")) }
        bytes.append(contentsOf: digits.utf8)
    }
}
