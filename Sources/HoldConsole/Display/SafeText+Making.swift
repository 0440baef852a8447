extension SafeText {
    /// Reads what somebody else wrote.
    ///
    /// - Parameters:
    ///   - text: Any text at all.
    ///   - pane: How strictly to read it.
    ///   - limits: How much of it to show.
    package init(untrusted text: String, pane: Pane, limits: DisplayLimits = .field) {
        if text.utf8.count < Self.shortMax, text.utf8.count <= limits.lineCellsMax,
            text.utf8.count <= limits.bytesMax, let plain = LineBuilder.wholeASCII(text),
            pane != .action || !Self.hasPadding(text)
        {
            self = plain
            return
        }
        self = Sanitiser.read(Array(text.utf8), pane: pane, limits: limits)
    }

    /// Reads the bytes that somebody else wrote, UTF-8 or not.
    package init(untrusted bytes: [UInt8], pane: Pane, limits: DisplayLimits = .field) {
        self = Sanitiser.read(bytes, pane: pane, limits: limits)
    }

    /// Says something in our own words, which are part of the program.
    ///
    /// They pass the sanitiser like any others, so a slip of the pen shows as a mark.
    package init(ours words: StaticString) {
        self.init(untrusted: words.description, pane: .prose, limits: .full)
    }

    /// Shows an id, a digest or a word of the protocol; what is not printable ASCII is marked.
    package init(ascii text: String) {
        self.init(untrusted: text, pane: .line)
    }

    /// Shows a whole number.
    package init(_ number: some BinaryInteger) {
        self.init(ascii: String(number))
    }

    /// Counts things as people do: `1 step`, `3 steps`.
    ///
    /// - Parameters:
    ///   - number: How many there are.
    ///   - thing: The word for one, whose plural ends with `s`.
    /// - Returns: The number and the word.
    package static func count(_ number: Int, _ thing: SafeText) -> SafeText {
        number == 1 ? "1 \(thing)" : "\(number) \(thing)s"
    }

    /// Shows a whole number, filled up from the left with spaces or zeros.
    package init(_ number: some BinaryInteger, width: Int, zeros: Bool = false) {
        let digits = String(number)
        let missing = max(0, min(width, DisplayLimits.field.lineCellsMax) - digits.utf8.count)
        let filler = String(repeating: zeros ? "0" : " ", count: missing)
        if zeros, digits.hasPrefix("-") {
            self.init(ascii: "-" + filler + digits.dropFirst())
        } else {
            self.init(ascii: filler + digits)
        }
    }

    /// Nothing at all: one empty line.
    package static let empty = SafeText(ours: "")

    /// Puts one text behind the other, on the same line.
    package static func + (left: SafeText, right: SafeText) -> SafeText {
        if left.isEmpty, left.reportsNothing { return right }
        if right.isEmpty, right.reportsNothing { return left }
        let parts = [left, right]
        return LineBuilder.joinedASCII(parts) ?? parts.joined()
    }

    /// Puts a text at the end of this one.
    package static func += (left: inout SafeText, right: SafeText) { left = left + right }

    /// Makes a text of lines that are safe already.
    package init(lines: [SafeLine]) {
        var builder = LineBuilder()
        for (index, line) in lines.enumerated() {
            if index > 0 { builder.endLine() }
            builder.append(line)
        }
        self = builder.finish()
    }

    /// The whole text on one line, a mark `^J` wherever a line ends.
    package var line: SafeLine {
        if let onlyLine { return onlyLine }
        var builder = LineBuilder()
        for (index, line) in lines.enumerated() {
            if index > 0 { builder.note(.lineEnd, nil) }
            builder.append(line)
        }
        return builder.finish().lines[0]
    }

    /// The text with the same words before each line: the gutter, or `agent> ` in plain mode.
    package func prefixingLines(with prefix: SafeText) -> SafeText {
        var builder = LineBuilder()
        builder.inherit(from: self)
        builder.inherit(from: prefix)
        let before = prefix.line
        for (index, line) in lines.enumerated() {
            if index > 0 { builder.endLine() }
            builder.append(before)
            builder.append(line)
        }
        return builder.finish(truncated: truncated)
    }

    /// Says how much a limit left out; nil if everything is shown.
    package var notShown: SafeText? {
        guard truncated > 0 else { return nil }
        return SafeText(truncated) + SafeText(ours: truncated == 1 ? " byte" : " bytes")
            + SafeText(ours: " not shown")
    }

    private var reportsNothing: Bool { hiddenCount == 0 && truncated == 0 && flags.isEmpty }

    /// Texts up to this length are looked at in place, without a copy of their bytes.
    private static let shortMax = 4_097

    private static func hasPadding(_ text: String) -> Bool {
        var spaces = 0
        for byte in text.utf8 {
            spaces = byte == 0x20 ? spaces + 1 : 0
            if spaces >= 8 { return true }
        }
        return false
    }
}

extension SafeText {
    /// The lines joined by line feeds, marks as their ASCII text: for pipes and plain output.
    package var plain: String {
        if let onlyLine { return onlyLine.plain }
        return lines.map(\.plain).joined(separator: "\n")
    }
}

extension SafeLine {
    /// The line as text, marks as their ASCII text.
    package var plain: String {
        var text = ""
        forEachRun { text += $0.text }
        return text
    }
}

extension Sequence<SafeText> {
    /// Puts the texts one behind the other, with a separator between.
    package func joined(separator: SafeText = .empty) -> SafeText {
        var builder = LineBuilder()
        var truncated = 0
        var isFirst = true
        for text in self {
            let parts = isFirst || separator.isEmpty ? [text] : [separator, text]
            isFirst = false
            for part in parts {
                builder.inherit(from: part)
                truncated = truncated.addingReportingOverflow(part.truncated).partialValue
                for (index, line) in part.lines.enumerated() {
                    if index > 0 { builder.endLine() }
                    builder.append(line)
                }
            }
        }
        return builder.finish(truncated: truncated)
    }
}

extension SafeText: ExpressibleByStringInterpolation {
    /// Gathers our own words and safe texts; a plain string does not fit in.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [SafeText] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            parts.append(SafeText(ours: literal))
        }

        package mutating func appendInterpolation(_ text: SafeText) { parts.append(text) }

        package mutating func appendInterpolation(_ line: SafeLine) {
            parts.append(SafeText(lines: [line]))
        }

        package mutating func appendInterpolation(_ number: some BinaryInteger) {
            parts.append(SafeText(number))
        }
    }

    /// Our own words, written as a literal: the compiler takes no variable here.
    package init(stringLiteral words: StaticString) { self.init(ours: words) }

    package init(stringInterpolation: StringInterpolation) {
        let parts = stringInterpolation.parts
        self = LineBuilder.joinedASCII(parts) ?? parts.joined()
    }
}
