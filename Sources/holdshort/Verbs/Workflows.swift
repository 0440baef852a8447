public import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
public import HoldWire

extension WireWorkflowStatus: ExpressibleByArgument {}

/// The verb `holdshort workflows`.
struct Workflows: Verb {
    static let configuration = CommandConfiguration(
        commandName: "workflows",
        abstract: "List workflows: async depth against its limit, pending items, status.",
        discussion: """
            Example:
              holdshort workflows --status stuck
            """
    )

    @Option(help: "Only workflows of this status.")
    var status: WireWorkflowStatus?
    @Option(help: "How many at most, 1 to 1000.")
    var limit = 100
    @Option(help: "How many to pass over first.")
    var offset = 0
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let reply = try await service.reviewer().workflows(
            status: status,
            offset: offset,
            limit: limit
        )
        try out.data(
            reply.workflows,
            plain: WorkflowText.list(reply.workflows, isHeaded: out.isForPeople)
        )
        let end = offset + reply.workflows.count
        if !out.isJSON, end < reply.total {
            out.note("\(end) of \(reply.total); the next: --offset \(end)")
        }
    }
}
