/// A scalar as it was written.
struct YAMLScalar {
    /// The text, without quotes.
    var text: String
    /// Whether it was written without quotes, so that it may be a number, a boolean or null.
    var isPlain: Bool

    /// What a scalar says.
    enum Meaning {
        case null
        case bool(Bool)
        case number(Double)
        case text(String)
    }
}

extension YAMLScalar {
    /// What the scalar says by YAML 1.2's core schema; `yes`, `no`, `on`, `off` are texts.
    var meaning: Meaning {
        guard isPlain else { return .text(text) }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: return number.map { .number($0) } ?? .text(text)
        }
    }

    /// The finite number that the text writes in decimal, octal (`0o`) or hexadecimal (`0x`).
    private var number: Double? {
        if text.hasPrefix("0x") { return Int64(text.dropFirst(2), radix: 16).map(Double.init) }
        if text.hasPrefix("0o") { return Int64(text.dropFirst(2), radix: 8).map(Double.init) }
        var rest = Substring(text)
        if rest.hasPrefix("-") || rest.hasPrefix("+") { rest.removeFirst() }
        let whole = Self.takeDigits(from: &rest)
        var fraction = 0
        if rest.hasPrefix(".") {
            rest.removeFirst()
            fraction = Self.takeDigits(from: &rest)
        }
        guard whole + fraction > 0 else { return nil }
        if rest.hasPrefix("e") || rest.hasPrefix("E") {
            rest.removeFirst()
            if rest.hasPrefix("-") || rest.hasPrefix("+") { rest.removeFirst() }
            guard Self.takeDigits(from: &rest) > 0 else { return nil }
        }
        guard rest.isEmpty, let value = Double(text.hasSuffix(".") ? text + "0" : text),
            value.isFinite
        else { return nil }
        return value
    }

    private static func takeDigits(from text: inout Substring) -> Int {
        let digits = text.prefix { ("0"..."9").contains($0) }
        text = text.dropFirst(digits.count)
        return digits.count
    }
}
