import ArgumentParser
import HoldClient

/// The verb `holdshort workflow`.
struct WorkflowVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "workflow",
        abstract: "Show one workflow: its steps, items, undo chain and events.",
        discussion: """
            Example:
              holdshort workflow wf-918
            """
    )

    @Argument(help: "The workflow's id.", completion: LiveCompletion.workflows)
    var id: String
    @Option(help: "Whose workflow, where several accounts have one of this id.")
    var user: String?
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let detail = try await service.reviewer().workflow(id, of: user)
        try out.data(detail, plain: WorkflowText.text(detail))
    }
}
