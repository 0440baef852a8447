import ArgumentParser
import HoldTerminal

/// The one binary: the console, the service and every verb.
@main
struct Holdshort: AsyncParsableCommand {
    /// What `--version` and the wire say.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "holdshort",
        abstract: "Decide, from a terminal, what AI agents may do.",
        discussion: """
            ITEM is the number shown in the queue, such as 4826, or WORKFLOW:STEP.

            \(ExitStatus.sentence)

            With --json, an error is one JSON value on standard output: \
            {"error":{"code","message","data"}}.

            Example:
              holdshort demo
            """,
        version: version,
        subcommands: [DemoAgent.self, DemoUndo.self, OnTerminal.self],
        groupedSubcommands: [
            CommandGroup(name: "Start", subcommands: [ConsoleVerb.self, Demo.self, Serve.self]),
            CommandGroup(
                name: "Look",
                subcommands: [
                    List.self, Show.self, Workflows.self, WorkflowVerb.self, Watch.self,
                    Stats.self, Status.self, Handoff.self, Audit.self,
                ]
            ),
            CommandGroup(
                name: "Decide",
                subcommands: [
                    Approve.self, Reject.self, Modify.self, Escalate.self, ClaimVerb.self,
                    ReleaseVerb.self, SnoozeVerb.self, NoteVerb.self, Undo.self, Halt.self,
                    Resume.self,
                ]
            ),
            CommandGroup(name: "Agents", subcommands: [Run.self, SDK.self]),
            CommandGroup(
                name: "Set up",
                subcommands: [
                    ManifestVerb.self, ExecutorVerb.self, ThemeVerb.self, Stop.self,
                    Completions.self, Manual.self, ResetTerminal.self,
                ]
            ),
        ],
        defaultSubcommand: ConsoleVerb.self
    )

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try parseAsRoot(arguments)
            if command is ConsoleVerb { Workers.takeOver() }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let isFailure = !exitCode(for: error).isSuccess
            if isFailure, !(error is ExitCode), Output.isJSONAsked(arguments) {
                Output(isJSON: true).fail(.usage(message(for: error)))
                exit(withError: ExitCode(ExitStatus.usage.rawValue))
            }
            exit(withError: error)
        }
    }
}
