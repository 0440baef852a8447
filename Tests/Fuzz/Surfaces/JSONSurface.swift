import HoldCore

/// One JSON text: what is read can be written, read again and digested, always the same.
enum JSONSurface {
    static func problem(in bytes: [UInt8]) -> String? {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            guard (0...bytes.count).contains(error.offset) else { return "offset \(error.offset)" }
            return error.description.isEmpty ? "an error says nothing" : nil
        }
        return spelling(value) ?? coding(value) ?? limits(bytes, value) ?? parts(value)
    }

    private static func spelling(_ value: JSONValue) -> String? {
        let canonical = value.canonical
        guard let again = try? JSONValue(parsing: canonical) else {
            return "the canonical form cannot be read"
        }
        guard again == value, value == again else { return "read again it is another value" }
        guard again.hashValue == value.hashValue else { return "equal, and hashed apart" }
        guard again.canonical == canonical else { return "the canonical form is no fixpoint" }
        guard canonical == Array(value.canonicalText.utf8) else { return "bytes and text differ" }
        guard Digest(of: again) == Digest(of: value) else { return "equal, and digested apart" }

        let ascii = value.asciiText
        guard ascii.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            return "the ASCII form is not printable ASCII"
        }
        guard (try? JSONValue(parsing: ascii)) == value else {
            return "the ASCII form says something else"
        }
        return nil
    }

    private static func coding(_ value: JSONValue) -> String? {
        guard (try? JSONValue(encoding: value)) == value else { return "encoding changes it" }
        guard (try? value.decode(JSONValue.self)) == value else { return "decoding changes it" }
        return nil
    }

    /// A lower limit refuses exactly what is deeper.
    private static func limits(_ bytes: [UInt8], _ value: JSONValue) -> String? {
        let depth = depth(of: value)
        guard depth <= JSONLimits.standard.depth else { return "deeper than the limit" }
        let fitting = try? JSONValue(parsing: bytes, limits: JSONLimits(depth: depth))
        guard fitting == value else { return "refused at its own depth" }
        if depth > 0, (try? JSONValue(parsing: bytes, limits: JSONLimits(depth: depth - 1))) != nil
        {
            return "read beyond the limit"
        }
        return nil
    }

    private static func depth(of value: JSONValue) -> Int {
        switch value {
        case .array(let elements): 1 + (elements.map(depth(of:)).max() ?? 0)
        case .object(let members): 1 + (members.values.map(depth(of:)).max() ?? 0)
        case .null, .bool, .integer, .number, .string: 0
        }
    }

    private static func parts(_ value: JSONValue) -> String? {
        switch value {
        case .null, .bool, .string: return nil
        case .integer(let whole):
            return whole.magnitude < 1 << 53 ? nil : "an integer beyond ±(2^53 − 1)"
        case .number(let number):
            guard number.isFinite else { return "a number that is not finite" }
            return JSONValue(double: number) == value ? nil : "\(number) should be an integer"
        case .array(let elements):
            // Equal exactly when their canonical forms are.
            for (left, right) in zip(elements, elements.dropFirst())
            where (left == right) != (left.canonical == right.canonical) {
                return "equality and canonical form disagree"
            }
            return elements.lazy.compactMap(parts).first
        case .object(let members):
            return order(members) ?? members.values.lazy.compactMap(parts).first
        }
    }

    /// RFC 8785 sorts by UTF-16 code units.
    private static func order(_ members: [String: JSONValue]) -> String? {
        guard members.count > 1 else { return nil }
        let sorted = members.keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
        var wanted: [UInt8] = [UInt8(ascii: "{")]
        for (place, key) in sorted.enumerated() {
            if place > 0 { wanted.append(UInt8(ascii: ",")) }
            JSONValue.string(key).append(to: &wanted)
            wanted.append(UInt8(ascii: ":"))
            members[key]?.append(to: &wanted)
        }
        wanted.append(UInt8(ascii: "}"))
        return wanted == JSONValue.object(members).canonical ? nil : "members out of order"
    }
}
