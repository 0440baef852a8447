import ArgumentParser
import Glibc
import HoldAgents

/// The verb `holdshort sdk`.
struct SDK: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sdk",
        abstract: "Print a ready-made agent side.",
        discussion: """
            Example:
              holdshort sdk python > holdshort.py
            """,
        subcommands: [Python.self]
    )

    /// The verb `holdshort sdk python`.
    struct Python: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "python",
            abstract: "Print the Python client: one file, standard library only.",
            discussion: """
                Example:
                  holdshort sdk python > holdshort.py
                """
        )

        func run() {
            Output.write(String(decoding: PythonClient.source, as: UTF8.self), to: STDOUT_FILENO)
        }
    }
}
