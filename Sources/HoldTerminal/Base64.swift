/// Bytes as letters, digits, `+` and `/` (RFC 4648, padded).
enum Base64 {
    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
        var start = 0
        while start < bytes.count {
            let three = bytes[start..<min(start + 3, bytes.count)]
            let value = three.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * (3 - three.count))
            for place in 0..<4 {
                let letter = letters[Int(value >> (18 - 6 * place) & 0x3F)]
                encoded.append(place <= three.count ? letter : UInt8(ascii: "="))
            }
            start += 3
        }
        return encoded
    }
}
