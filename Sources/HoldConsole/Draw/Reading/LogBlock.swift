/// A log: times muted, levels coloured and bold, errors to jump to.
enum LogBlock {
    private enum Level {
        case error, warning, info, debug

        var style: Style {
            switch self {
            case .error: Ink.agent(.danger, .bold)
            case .warning: Ink.agent(.warn, .bold)
            case .info: Ink.agent(.info, .bold)
            case .debug: Ink.agent(.muted, .bold)
            }
        }
    }

    private static let levels: [String: Level] = [
        "emerg": .error, "emergency": .error, "alert": .error, "crit": .error, "critical": .error,
        "fatal": .error, "panic": .error, "error": .error, "err": .error, "severe": .error,
        "warn": .warning, "warning": .warning, "notice": .info, "info": .info,
        "information": .info, "debug": .debug, "trace": .debug, "verbose": .debug, "fine": .debug,
    ]

    /// The lines of a log.
    static func lines(of text: SafeText) -> [ReadingLine] {
        text.lines.map { line in
            let bytes = line.columns
            var spans: [StyleSpan] = []
            let time = TimeStamp.end(in: bytes)
            if time > 0 { spans.append(StyleSpan(0..<time, Ink.agent.muted)) }
            let found = level(in: bytes, from: time)
            if let found { spans.append(StyleSpan(found.columns, found.level.style)) }
            let words = StyledLine(line, plain: .untrusted, spans: spans)
            var row = ReadingLine(words, indent: 2)
            row.isAnchor = found?.level == .error
            return row
        }
    }

    /// How many words a level can be away from the time.
    private static let wordsMax = 6
    private static let columnsMax = 160

    /// The first word that is a level at one of the usual places: in capitals, in brackets, before a
    /// colon, or behind `level=`.
    private static func level(
        in bytes: [UInt8],
        from start: Int
    ) -> (columns: Range<Int>, level: Level)? {
        let end = min(bytes.count, start + columnsMax)
        var place = start
        var words = 0
        while place < end, words < wordsMax {
            guard isLetter(bytes[place]) else {
                place += 1
                continue
            }
            let word = place..<(bytes[place..<end].firstIndex { !isLetter($0) } ?? end)
            let next: UInt8 = word.upperBound < bytes.count ? bytes[word.upperBound] : 0x20
            if let level = level(bytes, word, next: next) { return (word, level) }
            // A name before `=` or `":`, as in `level=warn`, does not count.
            if next != UInt8(ascii: "="), next != UInt8(ascii: "\"") { words += 1 }
            // The rest of what is joined to it, such as `-service`, is no word of its own.
            place = bytes[word.upperBound..<end].firstIndex { isSeparator($0) } ?? end
        }
        return nil
    }

    private static func level(_ bytes: [UInt8], _ word: Range<Int>, next: UInt8) -> Level? {
        guard word.count <= 11 else { return nil }
        let name = String(decoding: bytes[word], as: UTF8.self)
        guard let level = levels[name.lowercased()] else { return nil }
        let before: UInt8 = word.lowerBound > 0 ? bytes[word.lowerBound - 1] : 0x20
        let isFramed =
            "[<(=\"|".utf8.contains(before) || (next == UInt8(ascii: ":") && before == 0x20)
        let stands = isSeparator(next) && (isFramed || before == 0x20)
        let isLoud = name == name.uppercased()
        return stands && (isFramed || isLoud) ? level : nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        " ]>):=\"|,\t".utf8.contains(byte)
    }
}

/// Finds the time at the beginning of a line.
private struct TimeStamp {
    private let bytes: [UInt8]
    private var place = 0

    /// Where the time ends; 0 when the line begins with none.
    static func end(in bytes: [UInt8]) -> Int {
        var stamp = TimeStamp(bytes: bytes)
        return stamp.read() ? stamp.place : 0
    }

    private mutating func read() -> Bool {
        let isFramed = take("[") || take("(")
        if digits(4), take("-") || take("/"), digits(2), take("-") || take("/"), digits(2) {
            guard take("T") || take(" ") || take("_") else { return close(isFramed) }
        } else {
            place = isFramed ? 1 : 0
            _ = monthAndDay()
        }
        guard digits(2), take(":"), digits(2) else { return false }
        if take(":"), !digits(2) { return false }
        if take(".") || take(",") { while digits(1) {} }
        if !take("Z"), take("+") || take("-") {
            _ = digits(2)
            _ = take(":")
            _ = digits(2)
        }
        return close(isFramed)
    }

    private mutating func close(_ isFramed: Bool) -> Bool {
        if isFramed { _ = take("]") || take(")") }
        return true
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].map { Array($0.utf8) }

    /// `Nov 21 ` or `Nov  1 `; back to where it was if there is none.
    private mutating func monthAndDay() -> Bool {
        let start = place
        guard let month = Self.months.first(where: { bytes[place...].starts(with: $0) }) else {
            return false
        }
        place += month.count
        while take(" ") {}
        if digits(1) {
            _ = digits(1)
            if take(" ") { return true }
        }
        place = start
        return false
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard place < bytes.count, UInt32(bytes[place]) == sign.value else { return false }
        place += 1
        return true
    }

    private mutating func digits(_ count: Int) -> Bool {
        guard place + count <= bytes.count,
            bytes[place..<(place + count)].allSatisfy({ (0x30...0x39).contains($0) })
        else { return false }
        place += count
        return true
    }
}
