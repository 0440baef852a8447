extension JSONParser {
    /// The largest magnitude of a number: beyond it, readers with doubles no longer agree.
    static var magnitudeMax: UInt64 { 9_007_199_254_740_991 }

    /// Reads a number; its first character is the byte to read now.
    mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { index += 1 }
        let magnitude = try wholePart()
        var isPlain = true
        if next == UInt8(ascii: ".") {
            isPlain = false
            index += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isPlain = false
            index += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        if isPlain {
            guard magnitude <= Self.magnitudeMax else { throw .numberTooLarge(offset: start) }
            return .integer(isNegative ? -Int64(magnitude) : Int64(magnitude))
        }
        guard let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)) else {
            throw .invalidNumber(offset: start)
        }
        // Every double beyond this is a whole number, whatever its spelling was.
        guard value.magnitude <= Double(Self.magnitudeMax) else {
            throw .numberTooLarge(offset: start)
        }
        return JSONValue(double: value)
    }

    /// Reads the digits before the point; a value that is too large stays too large.
    private mutating func wholePart() throws(JSONError) -> UInt64 {
        guard let first = digit() else { throw misspelled }
        index += 1
        guard first > 0 else {
            guard digit() == nil else { throw .invalidNumber(offset: index) }
            return 0
        }
        var magnitude = first
        while let digit = digit() {
            index += 1
            if magnitude <= Self.magnitudeMax { magnitude = magnitude * 10 + digit }
        }
        return magnitude
    }

    /// Reads one digit or more.
    private mutating func digits() throws(JSONError) {
        guard digit() != nil else { throw misspelled }
        while digit() != nil { index += 1 }
    }

    private func digit() -> UInt64? {
        guard let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
            return nil
        }
        return UInt64(byte - UInt8(ascii: "0"))
    }

    private var misspelled: JSONError {
        index < bytes.count ? .invalidNumber(offset: index) : .endsEarly(offset: index)
    }
}
