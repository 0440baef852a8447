extension Span {
    /// Reads a length of time such as `2m`, `90s`, `1h30m` or `7d`; nil when the text is none.
    public init?(text: some StringProtocol) {
        var rest = Substring(text)
        var seconds = 0.0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let number = Double(plain: digits), let unit = rest.dropFirst(digits.count).first
            else { return nil }
            switch unit {
            case "d": seconds += number * 86_400
            case "h": seconds += number * 3600
            case "m": seconds += number * 60
            case "s": seconds += number
            default: return nil
            }
            rest = rest.dropFirst(digits.count + 1)
        }
        self.init(seconds: seconds)
    }
}

extension Double {
    /// Reads digits with at most one point; nil when the text holds anything else.
    init?(plain text: Substring) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E })
        else { return nil }
        self.init(text.first == "." ? "0" + text : String(text))
    }
}
