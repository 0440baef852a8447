/// Turns the bytes of others into ``SafeText``: the same way for every screen, file and pipe.
struct Sanitiser {
    private let pane: SafeText.Pane
    private let limits: DisplayLimits
    private var builder = LineBuilder()
    /// Bytes that a limit left out.
    private var notShown = 0

    private init(pane: SafeText.Pane, limits: DisplayLimits) {
        self.pane = pane
        self.limits = limits
    }

    /// Reads one field.
    static func read(_ bytes: [UInt8], pane: SafeText.Pane, limits: DisplayLimits) -> SafeText {
        var sanitiser = Self(pane: pane, limits: limits)
        return sanitiser.read(bytes)
    }

    private mutating func read(_ bytes: [UInt8]) -> SafeText {
        let end = StrictUTF8.boundary(in: bytes[...], notAfter: limits.bytesMax)
        notShown += bytes.count - end
        if pane == .line {
            drawLine(bytes[..<end], isLast: true)
        } else {
            drawBlock(bytes[..<end])
        }
        if notShown > 0 { builder.note(.notShown(bytes: notShown), nil) }
        return builder.finish(truncated: notShown)
    }

    // MARK: - Lines

    private mutating func drawBlock(_ bytes: ArraySlice<UInt8>) {
        var slices = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if slices.count > limits.linesMax {
            let shown = slices.prefix(max(1, limits.linesMax))
            let shownEnd = shown.last?.endIndex ?? bytes.startIndex
            notShown += bytes.endIndex - shownEnd
            slices = Array(shown)
        }
        var index = 0
        while index < slices.count {
            if index > 0 { builder.endLine() }
            let blank = pane == .action ? blankLines(of: slices, from: index) : 0
            if blank > 0 {
                builder.mark(.blankLines(blank), DisplayFlag.padding)
                index += blank
            } else {
                drawLine(slices[index], isLast: index == slices.count - 1)
                index += 1
            }
        }
    }

    /// How many blank lines begin here, if five line feeds or more make them; else none.
    private func blankLines(of slices: [ArraySlice<UInt8>], from start: Int) -> Int {
        var end = start
        while end < slices.count, slices[end].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { end += 1 }
        let lines = end - start
        let lineFeeds = lines + 1 - (start == 0 ? 1 : 0) - (end == slices.count ? 1 : 0)
        return lineFeeds >= 5 ? lines : 0
    }

    private mutating func drawLine(_ bytes: ArraySlice<UInt8>, isLast: Bool) {
        if isPlainASCII(bytes) {
            let room = min(bytes.count, limits.lineCellsMax)
            builder.drawASCII(bytes.prefix(room))
            leaveOut(bytes.count - room)
            return
        }
        var shown = bytes
        let endsInCR = !isLast && shown.last == 0x0D
        if endsInCR { shown.removeLast() }
        draw(StrictUTF8.units(of: shown))
        if endsInCR { builder.note(.scalar("\r"), DisplayFlag.carriageReturn) }
    }

    /// Whether every byte is drawn as it is; long runs of spaces are looked for in actions only.
    private func isPlainASCII(_ bytes: ArraySlice<UInt8>) -> Bool {
        var spaces = 0
        for byte in bytes {
            guard byte >= 0x20, byte < 0x7F else { return false }
            spaces = byte == 0x20 ? spaces + 1 : 0
            if spaces >= Self.paddingMin, pane == .action { return false }
        }
        return true
    }

    private mutating func leaveOut(_ bytes: Int) { notShown += max(0, bytes) }

    // MARK: - Characters

    /// As many spaces as make padding.
    private static let paddingMin = 8
    private static let tabStop = 4

    private mutating func draw(_ units: [StrictUTF8.Unit]) {
        let foreign = pane == .action ? ForeignWords(in: units) : ForeignWords()
        for script in foreign.scripts { builder.report(DisplayFlag.script(script)) }
        var emoji = EmojiJoin()
        var index = 0
        while index < units.count {
            guard builder.width < limits.lineCellsMax else {
                leaveOut(units[index...].reduce(0) { $0 + $1.length })
                return
            }
            index += draw(units, at: index, foreign: foreign, emoji: &emoji)
        }
    }

    /// Draws what begins here and returns how many units that were.
    private mutating func draw(
        _ units: [StrictUTF8.Unit],
        at index: Int,
        foreign: ForeignWords,
        emoji: inout EmojiJoin
    ) -> Int {
        guard case .scalar(let scalar) = units[index] else {
            if case .bad(let byte) = units[index] { builder.mark(.byte(byte), DisplayFlag.badUTF8) }
            emoji = EmojiJoin()
            return 1
        }
        let next: Unicode.Scalar? =
            if index + 1 < units.count, case .scalar(let after) = units[index + 1] { after } else {
                nil
            }
        if pane == .prose, let flag = emoji.leavesOut(scalar, before: next) {
            builder.report(flag)
            return 1
        }
        if scalar == " " || scalar == "\t" { return drawBlanks(units, at: index) }
        if ScalarKind.isRegional(scalar), let next, ScalarKind.isRegional(next) {
            builder.note(.region(scalar, next), DisplayFlag.regional)
            return 2
        }
        if pane == .action, let flag = strictFlag(of: scalar, isForeign: foreign.marks(index)) {
            builder.mark(.scalar(scalar), flag)
            return 1
        }
        builder.draw(scalar)
        return 1
    }

    /// The flag of a character that only an action marks.
    private func strictFlag(of scalar: Unicode.Scalar, isForeign: Bool) -> String? {
        guard scalar.value > 0x7F else { return nil }
        let kind = ScalarKind(scalar)
        if case .hidden = kind { return nil }
        if case .space = kind { return DisplayFlag.space }
        if UnicodeTables.looksLikeASCII(scalar) { return DisplayFlag.lookalike }
        return isForeign ? DisplayFlag.mixedScript : nil
    }

    /// Draws a space or a tab, or marks a long run of them; returns how many that were.
    private mutating func drawBlanks(_ units: [StrictUTF8.Unit], at start: Int) -> Int {
        if pane == .action {
            let run = units[start...].prefix(while: \.isBlank)
            if run.count >= Self.paddingMin {
                let hasTabs = run.contains(.scalar("\t"))
                builder.mark(hasTabs ? .blanks(run.count) : .spaces(run.count), DisplayFlag.padding)
                return run.count
            }
        }
        if units[start] != .scalar("\t") {
            builder.drawSpaces(1)
        } else if pane == .line {
            builder.mark(.scalar("\t"), DisplayFlag.control)
        } else {
            builder.drawSpaces(Self.tabStop - builder.width % Self.tabStop)
        }
        return 1
    }
}

extension StrictUTF8.Unit {
    /// Whether this is a space or a tab.
    var isBlank: Bool { self == .scalar(" ") || self == .scalar("\t") }
}

/// Follows emoji through prose, to leave out what would join them into one picture.
private struct EmojiJoin {
    private enum State {
        case none
        case emoji
        case varied
    }

    private var state = State.none

    /// The flag under which a character is left out; nil if it is drawn.
    ///
    /// One selector or skin tone after an emoji, and a joiner between two: no more, so that nothing
    /// can be written in what is left out.
    mutating func leavesOut(_ scalar: Unicode.Scalar, before next: Unicode.Scalar?) -> String? {
        if scalar.value < 0x80 {
            state = .none
            return nil
        }
        switch (state, scalar.value) {
        case (.emoji, 0xFE0E...0xFE0F), (.emoji, 0x1F3FB...0x1F3FF):
            state = .varied
            return DisplayFlag.variation
        case (.emoji, 0x200D), (.varied, 0x200D):
            guard let next, ScalarKind.isEmoji(next), !ScalarKind.isRegional(next) else { break }
            state = .none
            return DisplayFlag.invisible
        default: break
        }
        let joins = ScalarKind.isEmoji(scalar) && !ScalarKind.isRegional(scalar)
        state = joins ? .emoji : .none
        return nil
    }
}
