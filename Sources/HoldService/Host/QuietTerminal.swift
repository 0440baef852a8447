import Foundation
import Glibc

/// A terminal that nobody sits at: what is written there is kept, and nothing is ever typed.
final class QuietTerminal: Sendable {
    /// The terminal's own path.
    let path: String
    private let descriptor: Int32

    /// Opens one.
    ///
    /// - Throws: ``StartProblem`` when the host has none.
    init() throws(StartProblem) {
        descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        var unlocked: Int32 = 0
        var number: UInt32 = 0
        guard descriptor >= 0, ioctl(descriptor, QuietTerminal.setLock, &unlocked) == 0,
            ioctl(descriptor, QuietTerminal.getNumber, &number) == 0
        else {
            let problem = StartProblem(errno: errno, "There is no pseudo-terminal")
            if descriptor >= 0 { close(descriptor) }
            throw problem
        }
        path = "/dev/pts/\(number)"
    }

    /// TIOCSPTLCK and TIOCGPTN, which are macros that Swift cannot read.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    deinit { close(descriptor) }

    /// What was written there since the last look, without white space at its ends.
    func written() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// The command that takes a terminal for its own and becomes another command.
package enum TerminalTaker {
    /// Becomes the command, with this terminal as the controlling one.
    ///
    /// The process must lead a session that has none.
    ///
    /// - Returns: Why it could not; it does not return else.
    package static func become(_ command: [String], on terminal: String) -> String {
        let descriptor = open(terminal, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return "\(terminal): \(StartProblem.reason(errno))" }
        guard let program = command.first else { return "no command" }
        var pointers: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        execvp(program, &pointers)
        return "\(program): \(StartProblem.reason(errno))"
    }
}
