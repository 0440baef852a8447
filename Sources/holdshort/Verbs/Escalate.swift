import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// The verb `holdshort escalate`.
struct Escalate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "escalate",
        abstract: "Hand an item to the next tier; its time begins anew.",
        discussion: """
            Example:
              holdshort escalate 4826 --reason "needs the database owner"
            """
    )

    @Argument(help: "The item's number, or WORKFLOW:STEP.")
    var item: ItemName
    @Option(help: "Why.")
    var reason: String?
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let client = try await service.reviewer()
        let found = try await client.item(item).summary
        let reply = try await client.escalate(found.reference, reason: reason)
        let text: SafeText =
            "\(found.number)  asks \(SafeText.foreign(reply.tier)) until \(SafeText(reply.deadline))"
        try out.data(reply, plain: text.plain)
    }
}
