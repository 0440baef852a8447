import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// The verb `holdshort approve`.
struct Approve: Verb {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approve items.",
        discussion: """
            An approval is for what was seen: give the digest that `show` printed, or let this \
            command show the item and ask. It asks only on a terminal. With --json, each item is \
            one line: the answer, and the item it is about.

            Example:
              holdshort list
              holdshort approve 1 --reason "checked with the owner"
            """
    )

    @Argument(help: "The items' numbers, or WORKFLOW:STEP.")
    var items: [ItemName]
    @Option(help: "Why.")
    var reason: String?
    @Option(help: "What was seen; for one item, and without a question.")
    var digest: Digest?
    @Option(help: "The action's name, where the manifest wants it typed; else y.")
    var confirm: String?
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard digest == nil || items.count == 1 else {
            throw ValidationError("--digest is for one ITEM: every item has its own.")
        }
    }

    func perform(_ out: Output) async throws {
        guard digest != nil || Person.isThere else {
            throw CommandFailure.usage(
                "Nobody can be asked here: give --digest with what was seen, as `show` prints it."
            )
        }
        let client = try await service.reviewer()
        var reviewing = Reviewing(out)
        for name in items {
            try await reviewing.item(name) {
                let detail = try await client.item(name)
                var review = ItemReview(
                    item: detail.summary.reference,
                    decision: .approve,
                    digest: digest ?? detail.summary.digest,
                    reason: reason,
                    confirm: confirm
                )
                if digest == nil { review.confirm = try ask(about: detail, out) }
                return try await client.decide(review)
            }
        }
        try reviewing.end()
    }

    /// Shows the item and asks; what the person typed to confirm, if anything was wanted.
    private func ask(about detail: WireItemDetail, _ out: Output) throws -> String? {
        Output.write(ItemText.text(detail, at: .system) + "\n\n", to: 2)
        let item = detail.summary
        let wanted = item.confirm == .type ? item.action : "yes"
        let answer = Person.ask(
            "Approve \(item.number)? Type \(SafeText.foreign(wanted)) to approve, anything else not to:"
        )
        guard answer == wanted else {
            throw CommandFailure("not_approved", "not approved: nothing was sent")
        }
        switch item.confirm {
        case .none: return confirm
        case .key: return confirm ?? "y"
        case .type: return wanted
        }
    }
}
