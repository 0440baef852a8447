internal import Crypto

/// A SHA-256 digest (FIPS 180-4), written `sha256:` and 64 hexadecimal digits.
public struct Digest: Sendable, Hashable {
    /// The 32 bytes, as four words: small, inline, and compared at once.
    private let words: [UInt64]

    /// The digest of these bytes.
    public init(of bytes: [UInt8]) {
        words = Digest.words(Array(SHA256.hash(data: bytes)))
    }

    /// The digest of a JSON value's canonical form (RFC 8785).
    public init(of value: JSONValue) { self.init(of: value.canonical) }

    /// Reads the written form; nil when the text is no such form.
    public init?(_ text: String) {
        let prefix = "sha256:"
        guard text.utf8.count == prefix.utf8.count + 64, text.hasPrefix(prefix) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        var high: UInt8?
        for byte in text.utf8.dropFirst(prefix.utf8.count) {
            guard let nibble = Hex.value(of: byte) else { return nil }
            if let first = high {
                bytes.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        words = Digest.words(bytes)
    }

    /// The digest of these 32 bytes, as a store keeps it; nil when they are not 32.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        words = Digest.words(bytes)
    }

    /// The keyed digest (HMAC-SHA-256, RFC 2104) of these bytes, as 64 hexadecimal digits.
    ///
    /// Used for values that may never be stored: equal values stay comparable within one store, and
    /// cannot be guessed from outside it.
    package static func keyed(_ bytes: [UInt8], key: [UInt8]) -> String {
        Hex.text(
            Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key))))
    }

    private static func words(_ bytes: [UInt8]) -> [UInt64] {
        stride(from: 0, to: bytes.count, by: 8).map { start in
            bytes[start..<min(start + 8, bytes.count)].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// The digest's 32 bytes.
    public var bytes: [UInt8] {
        words.flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }
}

extension Digest: CustomStringConvertible, Codable {
    /// The written form: `sha256:` and 64 hexadecimal digits.
    public var description: String { "sha256:" + Hex.text(bytes) }

    /// Reads the written form from a decoder.
    ///
    /// - Throws: `DecodingError` when the text is no digest.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = Digest(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "is no digest: sha256: and 64 hexadecimal digits")
        }
        self = digest
    }

    /// Writes the written form.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Hexadecimal digits, lower case.
package enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Two digits a byte.
    package static func text(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The value of one digit; nil when it is none.
    package static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
