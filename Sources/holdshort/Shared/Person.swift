import Glibc
import HoldConsole

/// The person at the terminal, if there is one.
enum Person {
    /// Whether somebody can be asked.
    static var isThere: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Asks, and gives back the line typed; nil at the end of the input.
    static func ask(_ question: SafeText) -> String? {
        Output.write(question.plain + " ", to: STDERR_FILENO)
        // What was typed before the question was there is no answer to it.
        tcflush(STDIN_FILENO, TCIFLUSH)
        return readLine()
    }
}
