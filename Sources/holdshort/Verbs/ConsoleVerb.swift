import ArgumentParser
import Foundation
import HoldClient
import HoldConsole
import HoldCore
import HoldService
import HoldTerminal
import HoldThemes
import HoldWire

/// `holdshort`: the console; starts the service if none answers.
struct ConsoleVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "Open the console (the default); starts the service if none answers.",
        discussion: """
            With --plain it speaks in lines instead of drawing: a list with numbers, questions and \
            answers, no control sequences at all; for screen readers, for terminals that cannot \
            draw, and for pipes. It does so by itself where the terminal cannot draw.

            Example:
              holdshort --theme high-contrast
              holdshort --plain
            """
    )

    @OptionGroup var service: ServiceOptions

    @Flag(name: .customLong("no-start"), help: "Do not start a service; fail if none answers.")
    var noStart = false

    @Flag(help: "Speak in lines; for screen readers and terminals that cannot draw.")
    var plain = false

    @Option(
        help: "The theme; `holdshort theme list` names them; auto suits the terminal's ground.",
        completion: LiveCompletion.themes
    )
    var theme: String?

    @Option(help: "auto, always, direct or never; NO_COLOR is honoured.")
    var color: String?

    @Option(help: "auto, unicode or ascii.")
    var glyphs: String?

    func run() async throws {
        do {
            let paths = try service.paths()
            let starter = ServiceStarter(paths: paths)
            // One look is enough where somebody answers: the console's own line tells the rest.
            let isThere = Pulse.answers(at: paths.reviewSocket)
            if !isThere, noStart {
                try await starter.requireAnswer()
            } else if !isThere {
                try await starter.startIfNeeded()
            }
            guard !plain else { return try await PlainRun(paths: paths).run() }
            try await ConsoleRun(paths: paths, theme: theme, color: color, glyphs: glyphs).run()
        } catch {
            let failure = CommandFailure(error)
            Output(isJSON: false).fail(failure)
            throw ExitCode(failure.status.rawValue)
        }
    }
}
