extension JSONParser {
    /// Reads a string; the opening quote is the byte to read now.
    mutating func string() throws(JSONError) -> String {
        index += 1
        let start = index
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                let text = try text(in: start..<index)
                index += 1
                return text
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw .controlCharacter(offset: index)
            default: index += 1
            }
        }
        throw .endsEarly(offset: index)
    }

    /// Reads the rest of a string whose first backslash is the byte to read now.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var unescaped: [UInt8] = []
        var plainStart = start
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                try append(plainStart..<index, to: &unescaped)
                index += 1
                return String(decoding: unescaped, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try append(plainStart..<index, to: &unescaped)
                index += 1
                try escape(into: &unescaped)
                plainStart = index
            case 0..<0x20: throw .controlCharacter(offset: index)
            default: index += 1
            }
        }
        throw .endsEarly(offset: index)
    }

    /// Appends a run without escapes; each run is checked by itself, so that no escape can complete
    /// a broken sequence.
    private func append(
        _ range: Range<Int>,
        to unescaped: inout [UInt8]
    ) throws(JSONError) {
        guard !range.isEmpty else { return }
        unescaped.append(contentsOf: try text(in: range).utf8)
    }

    private func text(in range: Range<Int>) throws(JSONError) -> String {
        if let text = String(validating: bytes[range], as: UTF8.self) { return text }
        throw .invalidUTF8(offset: firstInvalid(in: range))
    }

    private func firstInvalid(in range: Range<Int>) -> Int {
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes[range].makeIterator()
        var offset = range.lowerBound
        while case .valid(let scalar) = decoder.parseScalar(from: &iterator) {
            offset += scalar.count
        }
        return offset
    }

    /// Reads what follows a backslash.
    private mutating func escape(into unescaped: inout [UInt8]) throws(JSONError) {
        guard let byte = next else { throw .endsEarly(offset: index) }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            index += 1
            unescaped.append(contentsOf: String(Character(try unicodeEscape())).utf8)
            return
        default: throw .invalidEscape(offset: index)
        }
        index += 1
    }

    /// Reads the hexadecimal digits after `\u`, and the second half of a pair if there must be one.
    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let offset = index - 2
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, next == UInt8(ascii: "\\"), index + 1 < bytes.count,
            bytes[index + 1] == UInt8(ascii: "u")
        else { throw .loneSurrogate(offset: offset) }
        index += 2
        let second = try fourHexDigits()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw .loneSurrogate(offset: offset) }
        return scalar
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next else { throw .endsEarly(offset: index) }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"):
                value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: throw .invalidEscape(offset: index)
            }
            index += 1
        }
        return value
    }
}
