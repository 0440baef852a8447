import ArgumentParser
import HoldClient
import HoldCore
import HoldWire

/// The verb `holdshort reject`.
struct Reject: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Reject items; what was done meanwhile is undone, newest first.",
        discussion: """
            With --json, each item is one line: the answer, and the item it is about.

            Example:
              holdshort undo preview wf-918
              holdshort reject 4826 --reason "wrong region"
            """
    )

    @Argument(help: "The items' numbers, or WORKFLOW:STEP.")
    var items: [ItemName]
    @Option(help: "Why; the agent and the record get it.")
    var reason: String
    @Option(help: "What was seen, for one item; else whatever it says now is rejected.")
    var digest: Digest?
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard digest == nil || items.count == 1 else {
            throw ValidationError("--digest is for one ITEM: every item has its own.")
        }
    }

    func perform(_ out: Output) async throws {
        let client = try await service.reviewer()
        var reviewing = Reviewing(out)
        for name in items {
            try await reviewing.item(name) {
                let item = try await client.item(name).summary
                return try await client.decide(
                    ItemReview(
                        item: item.reference,
                        decision: .reject,
                        digest: digest ?? item.digest,
                        reason: reason
                    )
                )
            }
        }
        try reviewing.end()
    }
}
