import ArgumentParser
import HoldClient

/// The verb `holdshort status`.
struct Status: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Show what runs, with what store and manifest, and what to know about it.",
        discussion: """
            Example:
              holdshort status
            """
    )

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let status = try await service.reviewer().status()
        try out.data(status, plain: StatusText.text(status))
    }
}
