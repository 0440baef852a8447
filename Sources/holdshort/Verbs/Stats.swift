import ArgumentParser
import HoldClient
import HoldCore
import HoldWire

/// The verb `holdshort stats`.
struct Stats: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Show counts, outcomes and waiting times by action, reviewer, hour and more.",
        discussion: """
            Signs that decisions were made without reading are shown to whom they concern alone.

            Example:
              holdshort stats --since 3h
            """
    )

    @Option(
        help: "Only items opened from then on: 3h, 7d, or a time such as 2026-11-21T00:00:00.000Z."
    )
    var since: SinceArgument?
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let stats = try await service.reviewer().stats(since: since?.instant)
        try out.data(stats, plain: StatsText.text(stats))
    }
}
