import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// The verb `holdshort status`.
struct Status: Verb {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what runs, with what store and manifest, and what to know about it.",
        discussion: """
            With --format it prints one line with the figures that are asked for, within 200 ms: \
            {pending} {urgent} {stuck} {next_expiry} {next_item} {unwinding} {halted} {health}. \
            Without a service it prints holdshort: off, and ends with 69. For tmux, in \
            ~/.tmux.conf: set -g status-right "#(holdshort status --format '{pending} wait, \
            {urgent} urgent, next {next_expiry}')" and set -g status-interval 5.

            Example:
              holdshort status
              holdshort status --format '{pending} waiting, {urgent} urgent, next {next_expiry}'
            """
    )

    @Option(help: ArgumentHelp("One line: text with fields in braces.", valueName: "text"))
    var format: String?
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    /// Before this time is over the line is there, with a little kept for the process itself.
    private static let patience = Duration.milliseconds(120)

    func validate() throws {
        guard format == nil || !output.json else {
            throw ValidationError("--format and --json are two ways to print: give one.")
        }
    }

    func perform(_ out: Output) async throws {
        if let format { return try await printLine(try StatusFormat(format), out) }
        let status = try await service.reviewer().status()
        try out.data(status, plain: StatusText.text(status))
    }

    private func printLine(_ format: StatusFormat, _ out: Output) async throws {
        let options = service
        let figures = await Hurry.value(within: Status.patience) {
            try await Status.figures(try await options.reviewer())
        }
        guard let figures else {
            out.line(StatusFormat.off.plain)
            throw ExitCode(ExitStatus.noService.rawValue)
        }
        out.line(format.line(figures).plain)
    }

    private static func figures(_ client: ReviewClient) async throws -> StatusFormat.Figures {
        async let window = client.list(QueueQuery(limit: 1))
        async let unwinding = client.workflows(status: .unwinding, offset: 0, limit: 1).total
        async let status = client.status()
        return try await StatusFormat.Figures(
            window: window,
            unwinding: unwinding,
            status: status,
            now: .system
        )
    }
}
