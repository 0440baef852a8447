import ArgumentParser
import Foundation
import HoldTerminal

/// `holdshort reset-terminal`: brings a terminal back that a killed console left behind.
struct ResetTerminal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset-terminal",
        abstract: "Bring back a terminal that a killed console left behind.",
        discussion: """
            No process can give its terminal back when it is killed with SIGKILL. Type this blindly, and \
            press Ctrl-J where Enter does nothing.

            Example:
              holdshort reset-terminal
            """
    )

    func run() throws {
        do throws(TerminalError) {
            try Terminal.reset(isatty(STDOUT_FILENO) == 1 ? STDOUT_FILENO : STDERR_FILENO)
        } catch {
            Output(isJSON: false).fail(CommandFailure("no_terminal", error.description))
            throw ExitCode(ExitStatus.failed.rawValue)
        }
    }
}
