package import HoldCore

/// What came of one command.
package struct CommandResult: Sendable, Hashable {
    /// How a command ends.
    package enum Ending: Sendable, Hashable {
        /// It ended by itself, with this status.
        case exited(Int32)
        /// A signal that was not ours ended it.
        case signalled(Int32)
        /// It ran longer than this and was killed, with everything it started.
        case timedOut(Span)
        /// It never ran; the sentence says why.
        case couldNotStart(String)
        /// It ran, but its end could not be seen; the sentence says why.
        case lost(String)
    }

    package var ending: Ending
    /// What it wrote to standard output, up to ``CommandRunner/outputLimit``.
    package var output: [UInt8]
    /// Whether it wrote more than that.
    package var outputIsCut: Bool
    /// The end of what it wrote to standard error, up to ``CommandRunner/errorsLimit``.
    package var errors: [UInt8]

    package init(
        _ ending: Ending,
        output: [UInt8] = [],
        outputIsCut: Bool = false,
        errors: [UInt8] = []
    ) {
        self.ending = ending
        self.output = output
        self.outputIsCut = outputIsCut
        self.errors = errors
    }

    /// Whether it ended by itself and well.
    package var isSuccess: Bool { ending == .exited(0) }

    /// The end of the command in plain words, with the last of what it said on standard error.
    package var sentence: String {
        let end =
            switch ending {
            case .exited(0): "ended well"
            case .exited(let status): "exit status \(status)"
            case .signalled(let signal): "ended by signal \(signal)"
            case .timedOut(let span): "ran longer than \(CommandResult.words(span))"
            case .couldNotStart(let reason), .lost(let reason): reason
            }
        let said = lastWords
        return said.isEmpty ? end : "\(end): \(said)"
    }

    /// The end of standard error as text, without white space at its ends.
    package var lastWords: String {
        let isSpace: (UInt8) -> Bool = { $0 <= 0x20 }
        var tail = errors.suffix(CommandResult.wordsLimit).drop(while: isSpace)
        // A cut may have gone through a character.
        if errors.count > CommandResult.wordsLimit { tail = tail.drop { $0 & 0xC0 == 0x80 } }
        guard let last = tail.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(decoding: tail[...last], as: UTF8.self)
    }

    /// The most bytes of standard error that go into a record.
    private static let wordsLimit = 2048

    private static func words(_ span: Span) -> String {
        span.milliseconds % 1000 == 0
            ? "\(span.milliseconds / 1000) s" : "\(span.milliseconds) ms"
    }
}
