import ArgumentParser
import Foundation

/// `holdshort demo`: real agents on real files, and the console on top.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Try it: a service in a scratch directory, four agents, the console on top.",
        discussion: """
            Four agent processes work on real files: one waits with something irreversible, one goes on \
            until its async depth is used up, one has its work undone when you reject it, one asks nobody.

            Example:
              holdshort demo --headless
            """
    )

    @Flag(help: "Play the reviewer from a script; print what happened; exit 0 when all was right.")
    var headless = false

    @Flag(help: "Keep the scratch directory.")
    var keep = false

    @Flag(help: "Speak in lines, as holdshort --plain does.")
    var plain = false

    @Option(help: "The console's theme.", completion: LiveCompletion.themes)
    var theme: String?

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let folder = try DemoFolder()
        let crew = DemoCrew(folder: folder, isHeadless: headless)
        defer {
            crew.dismiss()
            if !keep { folder.remove() }
        }
        do {
            let paths = try folder.paths()
            try await crew.startService()
            try crew.startAgents()
            if headless {
                try await DemoScript(folder: folder, paths: paths).play()
            } else if plain {
                try await PlainRun(paths: paths).run()
            } else {
                try await ConsoleRun(paths: paths, theme: theme, place: "demo", remembers: false)
                    .run()
                print("The demo is over. holdshort serve --manifest FILE runs it for real.")
            }
        } catch let error as ExitCode {
            throw error
        } catch {
            let failure = CommandFailure(error)
            Output(isJSON: false).fail(failure)
            throw ExitCode(failure.status.rawValue)
        }
    }
}
