import ArgumentParser
import Foundation
import HoldBroker
import HoldConsole
import HoldCore
import HoldManifest
import HoldService

extension ExecutorContract.Rule: ExpressibleByArgument {}

/// The verb `holdshort executor`.
struct ExecutorVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "executor",
        abstract: "Try an undo executor before anything depends on it.",
        discussion: """
            Example:
              holdshort executor test destroy_environment --manifest manifest.yaml
            """,
        subcommands: [Test.self]
    )

    /// The verb `holdshort executor test`.
    struct Test: Verb {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Try whether an executor keeps the undo contract, in any language.",
            discussion: """
                Really calls the executor, many times, under keys of its own and with "drill": true. \
                A run operation's command is started as the service starts it. For an agent \
                operation, COMMAND is started with HOLDSHORT_RUNTIME_DIR set to a scratch service, \
                where it has to offer the operation with undo.serve.

                Each rule is one line: ok, FAILED with why and what to do, or "not tried" where the \
                operation has no drill command to do something that could be undone. Ends with 1 \
                when a rule is broken.

                Example:
                  holdshort executor test destroy_environment --manifest manifest.yaml
                  holdshort executor test refund -- python3 refunds.py
                """
        )

        @Argument(
            help: "The operation, as the manifest names it.",
            completion: LiveCompletion.operations
        )
        var operation: String
        @Option(help: "The manifest; the service's own when left out.", completion: .file())
        var manifest: String?
        @Option(
            help: ArgumentHelp(
                "Arguments as the executor expects them; every text in them is replaced where"
                    + " hostile ones are tried.",
                valueName: "json|@file"
            )
        )
        var arguments = "{}"
        @Option(
            name: .customLong("rule"),
            help: ArgumentHelp(
                "Only this rule, by the name that --json prints; may be given several times.",
                valueName: "name"
            )
        )
        var rules: [ExecutorContract.Rule] = []
        @Argument(
            parsing: .postTerminator,
            help: "What serves an agent operation: a program and its arguments."
        )
        var command: [String] = []
        @OptionGroup var service: ServiceOptions
        @OptionGroup var output: OutputOptions

        func perform(_ out: Output) async throws {
            let (file, operation) = try found()
            let folder = try Test.scratch()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let arguments = try ArgumentValue.object(arguments)
            switch operation.executor {
            case nil: throw CommandFailure("no_executor", operation.drillObstacle ?? "no executor")
            case .run:
                guard command.isEmpty else {
                    throw CommandFailure.usage(
                        "\(operation.name) names its command in the manifest: leave COMMAND out."
                    )
                }
                let executor = CommandUnderTest(operation, terminalTaker: Test.terminalTaker)
                try await attempt(executor, operation, arguments, folder, out)
            case .agent:
                guard !command.isEmpty else {
                    throw CommandFailure.usage(
                        "\(operation.name) is served by a connection: say what to start behind --."
                    )
                }
                let executor = try await AgentUnderTest(
                    Test.located(command),
                    operation: operation,
                    manifest: file,
                    folder: folder,
                    terminalTaker: Test.terminalTaker
                )
                do {
                    try await attempt(executor, operation, arguments, folder, out)
                } catch {
                    await executor.stop()
                    throw error
                }
                await executor.stop()
            }
        }

        private func attempt(
            _ executor: some ExecutorUnderTest,
            _ operation: HoldCore.Operation,
            _ arguments: JSONValue,
            _ folder: String,
            _ out: Output
        ) async throws {
            let trial = ExecutorTrial(
                of: executor,
                operation: operation,
                arguments: arguments,
                folder: folder
            )
            var findings: [ExecutorTrial.Finding] = []
            let wanted = rules.isEmpty ? ExecutorContract.Rule.allCases : rules
            await trial.run(Set(wanted)) { finding in
                findings.append(finding)
                if !out.isJSON { out.line(ExecutorText.line(finding).plain) }
            }
            if out.isJSON {
                out.line(JSONValue.array(findings.map(ExecutorText.json)).asciiText)
            } else {
                out.line(ExecutorText.end(findings).plain)
            }
            let isBroken = findings.contains {
                if case .broken = $0.verdict { return true }
                return false
            }
            if isBroken { throw ExitCode(ExitStatus.failed.rawValue) }
        }

        // MARK: - What is needed for it

        /// The manifest's path, and the operation in it.
        private func found() throws(CommandFailure) -> (file: String, HoldCore.Operation) {
            let path: String
            if let manifest { path = manifest } else { path = try service.paths().manifest }
            let loaded = try ManifestFile.load(path, service)
            guard let manifest = loaded.manifest else {
                throw CommandFailure("bad_manifest", loaded.report, data: loaded.json)
            }
            guard let found = manifest.operations[operation] else {
                throw CommandFailure(
                    "unknown_operation",
                    "The manifest \(path) has no operation \(operation)."
                )
            }
            return (URL(filePath: path).standardizedFileURL.path, found)
        }

        private static var terminalTaker: [String] {
            [DemoFolder.binary, OnTerminal.configuration.commandName ?? ""]
        }

        /// The command with its program's full path, where it is named by a relative one.
        private static func located(_ command: [String]) -> [String] {
            guard let program = command.first, program.contains("/") else { return command }
            return [URL(filePath: program).standardizedFileURL.path] + command.dropFirst()
        }

        private static func scratch() throws -> String {
            let name = "holdshort-test-\(UUID().uuidString.prefix(8).lowercased())"
            let folder = URL(filePath: NSTemporaryDirectory()).appending(path: name)
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            return folder.path
        }
    }
}

/// Becomes another command, on a terminal of its own; for trials of executors.
struct OnTerminal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "on-terminal",
        abstract: "Become a command on a given terminal.",
        shouldDisplay: false
    )

    @Argument(help: "The terminal.")
    var terminal: String
    @Argument(parsing: .postTerminator, help: "The command.")
    var command: [String] = []

    func run() throws {
        let problem = TerminalTaker.become(command, on: terminal)
        Output(isJSON: false).fail(CommandFailure("on_terminal", problem))
        throw ExitCode(ExitStatus.failed.rawValue)
    }
}
