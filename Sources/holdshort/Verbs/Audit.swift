public import ArgumentParser
import HoldClient
import HoldConsole
public import HoldCore
import HoldWire

extension Actor.Kind: ExpressibleByArgument {}

/// The verb `holdshort audit`.
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Read the journal, and check its hash chain.",
        discussion: """
            Example:
              holdshort audit verify
            """,
        subcommands: [ListEvents.self, Verify.self]
    )

    /// The verb `holdshort audit list`.
    struct ListEvents: Verb {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Print events, a line each.",
            discussion: """
                Example:
                  holdshort audit list --json > journal.jsonl
                  holdshort audit list --newest --limit 20 --kind reviewer --since 8h
                """
        )

        @Option(help: "Only events after this one.")
        var after = 0
        @Option(help: "Only events before this one.")
        var before: Int?
        @Option(help: "How many at most; all when left out.")
        var limit: Int?
        @Option(help: "Only events of this workflow.", completion: LiveCompletion.workflows)
        var workflow: String?
        @Option(help: "Whose workflow, where several accounts have one of this id.")
        var account: String?
        @Option(help: "Only events of this name, such as item_decided; may be repeated.")
        var type: [String] = []
        @Option(
            help: "Only events that an agent, a reviewer or the service caused; may be repeated."
        )
        var kind: [Actor.Kind] = []
        @Option(help: "Only events that this account caused.")
        var user: String?
        @Option(help: "Only events with these words in them or in their item.")
        var text: String?
        @Option(help: "Only events from then on: 3h, 7d, or a time.")
        var since: SinceArgument?
        @Flag(help: "The newest first.")
        var newest = false
        @OptionGroup var service: ServiceOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard after >= 0 else { throw ValidationError("--after is less than 0.") }
            guard before ?? 0 >= 0 else { throw ValidationError("--before is less than 0.") }
            guard limit ?? 1 >= 1 else { throw ValidationError("--limit is less than 1.") }
        }

        func perform(_ out: Output) async throws {
            let client = try await service.reviewer()
            var params = AuditList.Params(
                after: after,
                before: before,
                account: account,
                workflow: workflow,
                types: type.isEmpty ? nil : type,
                kinds: kind.isEmpty ? nil : kind,
                user: user,
                text: text,
                since: since?.instant,
                order: newest ? .newest : nil,
                // What is exported is what the hashes cover, and nothing more.
                withItems: out.isJSON ? nil : true
            )
            var left = limit ?? .max
            while left > 0 {
                params.limit = min(left, 500)
                let page = try await client.audit(params)
                for event in page.events {
                    try out.data(event, plain: EventText.line(event).plain)
                }
                guard let reached = page.reached else { return }
                if newest { params.before = reached } else { params.after = reached }
                left -= page.events.count
            }
        }
    }

    /// The verb `holdshort audit verify`.
    struct Verify: Verb {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Check every event against the hash chain.",
            discussion: """
                Ends with 1 and names the first bad event if there is one.

                Example:
                  holdshort audit verify
                """
        )

        @OptionGroup var service: ServiceOptions
        @OptionGroup var output: OutputOptions

        func perform(_ out: Output) async throws {
            let found = try await service.reviewer().verifyAudit()
            try out.data(found, plain: Verify.text(found).plain)
            if !found.ok { throw ExitCode(ExitStatus.failed.rawValue) }
        }

        static func text(_ found: AuditVerify.Reply) -> SafeText {
            guard !found.ok else { return "\(found.events) events, all as they were written" }
            let place = found.firstBad.map { SafeText($0) } ?? "unknown"
            let problem = found.problem.map { ": \(SafeText.foreign($0))" as SafeText } ?? ""
            return "BAD at event \(place)\(problem)"
        }
    }
}
