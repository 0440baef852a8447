import ArgumentParser
import Foundation
import HoldClient
import HoldConsole
import HoldCore
import HoldManifest
import HoldService

/// The verb `holdshort manifest`.
struct ManifestVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifest",
        abstract: "Check a manifest, ask it what it demands, prove its undos.",
        discussion: """
            Example:
              holdshort manifest check manifest.yaml
            """,
        subcommands: [Check.self, Explain.self, ManifestDrill.self]
    )

    /// The verb `holdshort manifest check`.
    struct Check: Verb {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Name every problem of a manifest with its line and column.",
            discussion: """
                Ends with 1 when the manifest would be refused.

                Example:
                  holdshort manifest check manifest.yaml
                """
        )

        @Argument(help: "The file; the service's own when left out.")
        var file: String?
        @OptionGroup var service: ServiceOptions
        @OptionGroup var output: OutputOptions

        func perform(_ out: Output) async throws {
            let loaded = try ManifestFile.load(file, service)
            try out.data(loaded.json, plain: ManifestFile.shown(loaded.report))
            if loaded.manifest == nil { throw ExitCode(ExitStatus.failed.rawValue) }
        }
    }

    /// The verb `holdshort manifest explain`.
    struct Explain: Verb {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "Say what gate an action would meet, and which line decided each part.",
            discussion: """
                Example:
                  holdshort manifest explain refund --arguments '{"amount":6000}' --risk 0.4
                """
        )

        @Argument(help: "The action's name.", completion: LiveCompletion.actions)
        var action: String
        @Option(help: "The manifest; the service's own when left out.")
        var file: String?
        @Option(help: ArgumentHelp("The arguments proposed.", valueName: "json|@file"))
        var arguments = "{}"
        @Option(help: "The agent's estimate, 0 to 1.")
        var risk: Double?
        @Option(help: "The agent's name.")
        var agent = ""
        @Option(help: "How many steps of the workflow are exposed.")
        var depth = 0
        @ArgumentParser.Flag(help: "As a service in single-user mode would have it.")
        var singleUser = false
        @OptionGroup var service: ServiceOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard risk.map({ (0...1).contains($0) }) ?? true else {
                throw ValidationError("--risk is not within 0…1.")
            }
            guard depth >= 0 else { throw ValidationError("--depth is less than 0.") }
        }

        func perform(_ out: Output) async throws {
            let loaded = try ManifestFile.load(file, service)
            guard let manifest = loaded.manifest else {
                throw CommandFailure("bad_manifest", loaded.report, data: loaded.json)
            }
            let request = GateRequest(
                action: action,
                arguments: try ArgumentValue.object(arguments),
                risk: risk,
                agent: agent,
                depth: depth,
                provenAt: [:],
                now: .system,
                separation: singleUser ? .none : .enforced
            )
            let explanation: ManifestExplanation
            do {
                explanation = try ManifestExplanation(of: request, under: manifest)
            } catch .unlistedAction {
                throw CommandFailure(
                    "unlisted_action",
                    "The manifest does not list \(action), and refuses what it does not list."
                )
            }
            try out.data(explanation.json, plain: ManifestFile.shown(explanation.text))
        }
    }
}

/// A manifest's file, as the verbs read it.
enum ManifestFile {
    static func load(
        _ file: String?,
        _ service: ServiceOptions
    ) throws(CommandFailure) -> LoadedManifest {
        let path: String
        if let file { path = file } else { path = try service.paths().manifest }
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: ManifestLoader.bytesMax + 1)
        else {
            throw CommandFailure(
                "no_manifest",
                "The manifest \(path) cannot be read.",
                data: ["file": .string(path)]
            )
        }
        return ManifestLoader.load(Array(data), file: path)
    }

    /// Manifests come from elsewhere too, so what is quoted of them is filtered.
    static func shown(_ text: String) -> String {
        SafeText(untrusted: text, pane: .prose, limits: .full).plain
    }
}
