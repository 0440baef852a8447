import Glibc

/// Why a terminal cannot be opened.
package enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Input or output is a file or a pipe.
    case notATerminal
    /// The terminal database does not know the name in `TERM`.
    case unknownTerminal(String)
    /// The terminal cannot put its cursor where a screen needs it.
    case noScreen(String)
    /// This process has the screen already.
    case alreadyOpen
    /// The system refused something.
    case system(call: String, code: Int32)

    package var description: String {
        switch self {
        case .notATerminal:
            "the console needs a terminal for its input and its output; "
                + "without one, use holdshort --plain, or holdshort list, show and approve"
        case .unknownTerminal(""):
            "TERM is not set, so nobody knows what this terminal can do; "
                + "try TERM=xterm-256color, or use holdshort list, show and approve"
        case .unknownTerminal(let name):
            "TERM is \(Self.shown(name)), and no terminal of that name is known on this host; "
                + "try TERM=xterm-256color, or use holdshort list, show and approve"
        case .noScreen(let name):
            "a terminal of the kind \(Self.shown(name)) cannot draw screens; "
                + "try TERM=xterm-256color, or use holdshort list, show and approve"
        case .alreadyOpen:
            "the terminal is in use by this process already"
        case .system(let call, let code):
            "\(call): \(String(cString: strerror(code)))"
        }
    }

    /// The name of a terminal as it can be printed: it comes from the environment.
    private static func shown(_ name: String) -> String {
        let printable = name.unicodeScalars.prefix(64).map { scalar in
            (0x21...0x7E).contains(scalar.value) ? Character(scalar) : "?"
        }
        return "\"" + String(printable) + "\""
    }
}
