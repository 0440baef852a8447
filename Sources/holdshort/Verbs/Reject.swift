import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// The verb `holdshort reject`.
struct Reject: Verb {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Reject items; what was done meanwhile is undone, newest first.",
        discussion: """
            Shows what the rejection undoes, how old that is and when its undo was last proven. On a \
            terminal, and without --digest, it asks then. With --json, each item is one line: the answer, and the item it is about.

            Example:
              holdshort undo preview wf-918
              holdshort reject 4826 --reason "wrong region"
            """
    )

    @Argument(help: "The items' numbers, or WORKFLOW:STEP.")
    var items: [ItemName]
    @Option(help: "Why; the agent and the record get it.")
    var reason: String
    @Option(help: "What was seen; for one item, and without a question.")
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
                let detail = try await client.item(name)
                let item = detail.summary
                if !out.isJSON {
                    Output.write(UndoText.preview(detail.wouldUndo, of: item) + "\n", to: 2)
                }
                if digest == nil, Person.isThere { try ask(about: item) }
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

    private func ask(about item: WireItem) throws {
        let answer = Person.ask("Reject \(item.number)? Type yes to reject, anything else not to:")
        guard answer == "yes" else {
            throw CommandFailure("not_rejected", "not rejected: nothing was sent")
        }
    }
}
