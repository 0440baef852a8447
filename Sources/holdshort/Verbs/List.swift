public import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
public import HoldWire

extension WireItemState: ExpressibleByArgument {}
extension WireSort: ExpressibleByArgument {}

/// The verb `holdshort list`.
struct List: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List pending items, the most urgent first.",
        discussion: """
            Example:
              holdshort list --sort risk --limit 20
            """
    )

    @Option(help: "Only items that stand so; may be repeated. The pending ones when left out.")
    var state: [WireItemState] = []
    @Option(help: "Only items of this queue.")
    var queue: String?
    @Option(help: "Only items of this workflow.", completion: LiveCompletion.workflows)
    var workflow: String?
    @Option(help: "Whose workflow, where several accounts have one of this id.")
    var user: String?
    @Option(
        help: """
            Only items with these words in them; fields too: action: agent: wf: queue: tier: by: \
            state: risk:>0.8 left:<2m claimed:me, and -word for what must not be there.
            """
    )
    var text: String?
    @Option(help: "The order.")
    var sort: WireSort = .urgency
    @Option(help: "How many at most, 1 to 1000.")
    var limit = 100
    @Option(help: "How many to pass over first.")
    var offset = 0
    @ArgumentParser.Flag(help: "Also those that you snoozed.")
    var snoozed = false
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let window = try await service.reviewer().list(
            QueueQuery(
                states: state.isEmpty ? nil : state,
                queue: queue,
                account: user,
                workflow: workflow,
                text: text,
                sort: sort,
                offset: offset,
                limit: limit,
                snoozed: snoozed ? true : nil
            )
        )
        try out.data(
            window.items,
            plain: QueueText.text(window.items, at: .system, isHeaded: out.isForPeople)
        )
        let end = offset + window.items.count
        if !out.isJSON, end < window.total {
            out.note("\(end) of \(window.total); the next: --offset \(end)")
        }
        let hidden = window.counts["snoozed"] ?? 0
        if !out.isJSON, !snoozed, hidden > 0 {
            out.note("\(hidden) snoozed by you; with them: --snoozed")
        }
    }
}
