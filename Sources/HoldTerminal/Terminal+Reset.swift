import CNcurses
import Glibc

extension Terminal {
    /// Brings a terminal back that a killed process left behind: no process can handle SIGKILL.
    ///
    /// - Parameter descriptor: The terminal.
    /// - Throws: ``TerminalError`` when it is none, or takes no new modes.
    package static func reset(_ descriptor: Int32) throws(TerminalError) {
        var modes = termios()
        guard isatty(descriptor) == 1, tcgetattr(descriptor, &modes) == 0 else {
            throw .notATerminal
        }
        modes.c_iflag |= tcflag_t(BRKINT | ICRNL | IXON)
        modes.c_iflag &= ~tcflag_t(IGNCR | INLCR)
        modes.c_oflag |= tcflag_t(OPOST | ONLCR)
        modes.c_lflag |= tcflag_t(ISIG | ICANON | IEXTEN | ECHO | ECHOE | ECHOK)
        guard tcsetattr(descriptor, TCSANOW, &modes) == 0 else {
            throw .system(call: "tcsetattr", code: errno)
        }
        ScreenGuard.writeRestore(to: descriptor)
    }
}
