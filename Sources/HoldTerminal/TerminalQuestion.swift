import CNcurses
import Glibc
package import HoldConsole

/// What is asked of a terminal before the screen is opened: its ground, and how it takes frames.
///
/// Afterwards nothing is ever asked. The questions go out at once; other work can be done until the answers are looked at. What comes
/// too late is swallowed where keys are read.
package struct TerminalQuestion: ~Copyable {
    /// What the terminal told of itself; nil where it told nothing.
    package struct Answers: Hashable, Sendable {
        /// The colour of its ground.
        package var ground: RGB?
        /// Whether it takes frames whole.
        package var isSynchronised: Bool?

        package init() {}
    }

    /// The ground's colour.
    static let ground = "\u{1B}]11;?\u{1B}\\"
    /// Whether frames are taken whole, and at last what every terminal answers.
    static let rest = "\u{1B}[?2026$p\u{1B}[c"
    /// More than this is no answer of a terminal.
    private static let bytesMax = 4_096

    private let input: Int32
    private let before: termios

    /// Asks; nil when this is no terminal, or one that would show the question as text.
    ///
    /// - Parameters:
    ///   - input: Where it answers.
    ///   - output: Where it is asked.
    ///   - name: Its name; nil takes `TERM`.
    ///   - asksGround: Whether the colour of its ground matters.
    package init?(
        input: Int32 = STDIN_FILENO,
        output: Int32 = STDOUT_FILENO,
        name: String? = nil,
        asksGround: Bool
    ) {
        let name = name ?? getenv("TERM").map { String(cString: $0) } ?? ""
        var modes = termios()
        // A terminal of another job would stop us for asking.
        guard TerminalTraits(name: name).takesQuestions, isatty(input) == 1, isatty(output) == 1,
            tcgetpgrp(input) == getpgrp(), tcgetattr(input, &modes) == 0
        else { return nil }
        let usual = modes
        // Nothing may be echoed, and nothing may wait for the end of a line.
        modes.c_lflag &= ~tcflag_t(ECHO | ICANON)
        guard tcsetattr(input, TCSANOW, &modes) == 0 else { return nil }
        self.input = input
        before = usual
        let outlet = Outlet(output)
        outlet.add((asksGround ? Self.ground : "") + Self.rest)
        outlet.send()
    }

    deinit {
        var modes = before
        tcsetattr(input, TCSANOW, &modes)
    }

    /// Waits for the answers.
    ///
    /// - Parameter time: How long at most.
    /// - Returns: What came; what was typed meanwhile is dropped.
    package consuming func answers(within time: Duration) -> Answers {
        let end = ContinuousClock.now + time
        var bytes: [UInt8] = []
        while !Self.isOver(bytes), bytes.count < Self.bytesMax {
            let left = Int32(clamping: max(0, (end - .now).milliseconds))
            var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, left) > 0, descriptor.revents & Int16(POLLIN) != 0 else {
                break
            }
            var buffer = [UInt8](repeating: 0, count: 512)
            let count = read(input, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        return Self.answers(in: bytes)
    }

    /// Whether the answer to the last question has come.
    static func isOver(_ bytes: [UInt8]) -> Bool {
        guard let start = bytes.firstRange(of: Array("\u{1B}[?".utf8)) else { return false }
        var rest = bytes[start.lowerBound...]
        while let next = rest.firstRange(of: Array("\u{1B}[?".utf8)) {
            rest = rest[next.upperBound...]
            let final = rest.first { !(0x20...0x3F).contains($0) }
            if final == UInt8(ascii: "c") { return true }
        }
        return false
    }

    /// Finds the answers among what came.
    static func answers(in bytes: [UInt8]) -> Answers {
        var answers = Answers()
        if let start = bytes.firstRange(of: Array("\u{1B}]11;".utf8)) {
            answers.ground = ground(bytes[start.upperBound...])
        }
        if let start = bytes.firstRange(of: Array("\u{1B}[?2026;".utf8)) {
            let state = bytes[start.upperBound...].first
            // 1 and 2: on and off at the moment; 0 and 4: unknown, and off for ever.
            answers.isSynchronised = state.map { [0x31, 0x32, 0x33].contains($0) }
        }
        return answers
    }

    /// Reads `rgb:R/G/B` with one to four hexadecimal digits each.
    private static func ground(_ bytes: ArraySlice<UInt8>) -> RGB? {
        let text = String(
            decoding: bytes.prefix { (0x20...0x7E).contains($0) }.prefix(64),
            as: UTF8.self
        )
        guard text.hasPrefix("rgb:") || text.hasPrefix("rgba:"),
            let colon = text.firstIndex(of: ":")
        else { return nil }
        let parts = text[text.index(after: colon)...].split(separator: "/")
        guard parts.count == (text.hasPrefix("rgba:") ? 4 : 3) else { return nil }
        let channels = parts.prefix(3).compactMap { part -> UInt8? in
            guard (1...4).contains(part.count), let value = UInt32(part, radix: 16) else {
                return nil
            }
            let most = UInt32(1) << (4 * UInt32(part.count)) - 1
            return UInt8(value * 255 / most)
        }
        guard channels.count == 3 else { return nil }
        return RGB(red: channels[0], green: channels[1], blue: channels[2])
    }
}

extension TerminalQuestion.Answers {
    /// Which kind of theme suits the ground; nil when that is not known.
    package var mode: Theme.Mode? { ground.map { $0.luminance > 0.25 ? .light : .dark } }
}
