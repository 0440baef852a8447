/// Keeps the values at some argument paths from ever being stored or shown in clear.
///
/// Each is replaced by a keyed digest of it: the same value stays the same thing (I15), and nobody
/// without the store's key can guess it.
package struct Redaction: Sendable {
    package var patterns: [ArgumentPattern]
    package var key: [UInt8]

    package init(patterns: [ArgumentPattern], key: [UInt8]) {
        self.patterns = patterns
        self.key = key
    }

    /// The member under which a replaced value holds its keyed digest.
    package static let marker = "$redacted"

    /// The value with every redacted part replaced.
    package func applied(to value: JSONValue) -> JSONValue {
        patterns.isEmpty ? value : applied(to: value, at: [])
    }

    /// The replaced values in a value to which this was applied, by their paths.
    func replaced(in value: JSONValue) -> [[String]: JSONValue] {
        var found: [[String]: JSONValue] = [:]
        if !patterns.isEmpty { Redaction.collect(from: value, at: [], into: &found) }
        return found
    }

    private static func collect(
        from value: JSONValue,
        at path: [String],
        into found: inout [[String]: JSONValue]
    ) {
        if isReplaced(value) {
            found[path] = value
            return
        }
        switch value {
        case .object(let members):
            for (key, member) in members { collect(from: member, at: path + [key], into: &found) }
        case .array(let elements):
            for (place, element) in elements.enumerated() {
                collect(from: element, at: path + ["\(place)"], into: &found)
            }
        case .null, .bool, .integer, .number, .string: break
        }
    }

    /// Whether a value is what a redacted one was replaced by, exactly: anything else might be a secret.
    private static func isReplaced(_ value: JSONValue) -> Bool {
        guard case .object(let members) = value, members.count == 1,
            let text = members[marker]?.text, text.hasPrefix("hmac:")
        else { return false }
        let digits = text.utf8.dropFirst(5)
        return digits.count == 64 && digits.allSatisfy { Hex.value(of: $0) != nil }
    }

    private func applied(to value: JSONValue, at path: [String]) -> JSONValue {
        if !path.isEmpty, patterns.contains(where: { $0.matches(path) }) {
            if Redaction.isReplaced(value) { return value }
            let digest = Digest.keyed(value.canonical, key: key)
            return [Redaction.marker: .string("hmac:" + digest)]
        }
        switch value {
        case .object(let members):
            return .object(
                Dictionary(
                    uniqueKeysWithValues: members.map { key, member in
                        (key, applied(to: member, at: path + [key]))
                    }
                )
            )
        case .array(let elements):
            return .array(
                elements.enumerated().map { applied(to: $1, at: path + [String($0)]) }
            )
        case .null, .bool, .integer, .number, .string: return value
        }
    }
}
