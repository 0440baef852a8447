internal import Crypto

/// A SHA-256 digest (FIPS 180-4), written `sha256:` and 64 hexadecimal digits.
public struct Digest: Sendable, Hashable {
    /// The 32 bytes, as four words: small, inline, and compared at once.
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// The digest of these bytes.
    public init(of bytes: [UInt8]) {
        var words = Words()
        for byte in SHA256.hash(data: bytes) { words.append(byte) }
        self.init(words)
    }

    /// The digest of a JSON value's canonical form (RFC 8785).
    public init(of value: JSONValue) { self.init(of: value.canonical) }

    /// Reads the written form; nil when the text is no such form.
    public init?(_ text: String) {
        let prefix = "sha256:"
        guard text.utf8.count == prefix.utf8.count + 64, text.hasPrefix(prefix) else { return nil }
        var words = Words()
        var high: UInt8?
        for byte in text.utf8.dropFirst(prefix.utf8.count) {
            guard let nibble = Hex.value(of: byte) else { return nil }
            if let first = high {
                words.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        self.init(words)
    }

    /// The digest of these 32 bytes, as a store keeps it; nil when they are not 32.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        var words = Words()
        for byte in bytes { words.append(byte) }
        self.init(words)
    }

    /// The keyed digest (HMAC-SHA-256, RFC 2104) of these bytes, as 64 hexadecimal digits.
    ///
    /// Used for values that may never be stored: equal values stay comparable within one store, and
    /// cannot be guessed from outside it.
    package static func keyed(_ bytes: [UInt8], key: [UInt8]) -> String {
        Hex.text(
            Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
        )
    }

    private init(_ words: Words) {
        (first, second, third, fourth) = (words.first, words.second, words.third, words.fourth)
    }

    /// Four words that are filled from behind, a byte at a time.
    private struct Words {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
        var fourth: UInt64 = 0

        mutating func append(_ byte: UInt8) {
            first = first << 8 | second >> 56
            second = second << 8 | third >> 56
            third = third << 8 | fourth >> 56
            fourth = fourth << 8 | UInt64(byte)
        }
    }

    /// The digest's 32 bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for word in [first, second, third, fourth] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return bytes
    }

    /// Appends the written form.
    package func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "sha256:".utf8)
        for word in [first, second, third, fourth] {
            for shift in stride(from: 60, through: 0, by: -4) {
                bytes.append(Hex.digit(UInt8(truncatingIfNeeded: word >> UInt64(shift) & 15)))
            }
        }
    }
}

extension Digest: CustomStringConvertible, Codable {
    /// The written form: `sha256:` and 64 hexadecimal digits.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(71)
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads the written form from a decoder.
    ///
    /// - Throws: `DecodingError` when the text is no digest.
    public init(from decoder: any Decoder) throws {
        self = try decoder.value(orSay: "is no digest: sha256: and 64 hexadecimal digits") {
            Digest($0)
        }
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
    /// The digit of a value below 16.
    static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    /// Two digits a byte.
    package static func text(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            out.append(digit(byte >> 4))
            out.append(digit(byte & 15))
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
