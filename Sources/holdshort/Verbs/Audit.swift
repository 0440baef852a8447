import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// The verb `holdshort audit`.
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read the journal, and check its hash chain.",
        subcommands: [ListEvents.self, Verify.self]
    )

    /// The verb `holdshort audit list`.
    struct ListEvents: Verb {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Print events in the journal's order, a line each.",
            discussion: """
                Example:
                  holdshort audit list --json > journal.jsonl
                """
        )

        @Option(help: "Only events after this one.")
        var after = 0
        @Option(help: "How many at most; all when left out.")
        var limit: Int?
        @Option(help: "Only events of this workflow.")
        var workflow: String?
        @OptionGroup var service: ServiceOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard after >= 0 else { throw ValidationError("--after is less than 0.") }
            guard limit ?? 1 >= 1 else { throw ValidationError("--limit is less than 1.") }
        }

        func perform(_ out: Output) async throws {
            let client = try await service.reviewer()
            var last = after
            var left = limit ?? .max
            while left > 0 {
                let page = try await client.audit(
                    AuditList.Params(after: last, limit: min(left, 500), workflow: workflow)
                )
                for event in page.events {
                    try out.data(event, plain: EventText.line(event).plain)
                }
                guard let newest = page.events.map(\.seq).max() else { return }
                last = newest
                left -= page.events.count
            }
        }
    }

    /// The verb `holdshort audit verify`.
    struct Verify: Verb {
        static let configuration = CommandConfiguration(
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
