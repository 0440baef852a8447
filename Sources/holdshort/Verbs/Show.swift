import ArgumentParser
import HoldClient
import HoldCore

/// The verb `holdshort show`.
struct Show: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show everything about one item.",
        discussion: """
            The system's facts come first; what an agent wrote stands behind a dotted line, and \
            every hidden or look-alike character in it is shown as a mark.

            Example:
              holdshort show $(holdshort list --limit 1 --json | grep -o '"number":[0-9]*' | cut -d: -f2)
            """
    )

    @Argument(help: "The item's number, or WORKFLOW:STEP.")
    var item: ItemName
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let detail = try await service.reviewer().item(item)
        try out.data(detail, plain: ItemText.text(detail, at: .system))
    }
}
