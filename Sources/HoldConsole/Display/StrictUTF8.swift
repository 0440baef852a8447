/// Reads UTF-8 without mercy: whatever is not a character is so many single bytes.
enum StrictUTF8 {
    /// One character, or one byte that is part of none.
    enum Unit: Hashable {
        /// A character.
        case scalar(Unicode.Scalar)
        /// A byte that cannot stand where it stands.
        case bad(UInt8)

        /// The bytes it takes.
        var length: Int {
            switch self {
            case .scalar(let scalar): UTF8.width(scalar)
            case .bad: 1
            }
        }
    }

    /// Reads all of the bytes.
    static func units(of bytes: ArraySlice<UInt8>) -> [Unit] {
        var units: [Unit] = []
        units.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let unit = unit(at: index, in: bytes)
            units.append(unit)
            index += unit.length
        }
        return units
    }

    /// The last place, not after `limit`, at which no character is cut in two.
    static func boundary(in bytes: ArraySlice<UInt8>, notAfter limit: Int) -> Int {
        guard limit < bytes.endIndex else { return bytes.endIndex }
        var cut = limit
        while cut > bytes.startIndex, limit - cut < 3, bytes[cut] & 0xC0 == 0x80 { cut -= 1 }
        return max(cut, bytes.startIndex)
    }

    /// Reads the one that begins here; the place must be inside the bytes.
    static func unit(at index: Int, in bytes: ArraySlice<UInt8>) -> Unit {
        let lead = bytes[index]
        if lead < 0x80 { return .scalar(Unicode.Scalar(lead)) }
        let (length, first): (Int, ClosedRange<UInt8>)
        switch lead {
        case 0xC2...0xDF: (length, first) = (2, 0x80...0xBF)
        case 0xE0: (length, first) = (3, 0xA0...0xBF)
        case 0xED: (length, first) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, first) = (3, 0x80...0xBF)
        case 0xF0: (length, first) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, first) = (4, 0x80...0xBF)
        case 0xF4: (length, first) = (4, 0x80...0x8F)
        default: return .bad(lead)
        }
        guard bytes.endIndex - index >= length, first.contains(bytes[index + 1]) else {
            return .bad(lead)
        }
        var value = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for place in 1..<length {
            let byte = bytes[index + place]
            guard byte & 0xC0 == 0x80 else { return .bad(lead) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        return Unicode.Scalar(value).map { .scalar($0) } ?? .bad(lead)
    }
}
