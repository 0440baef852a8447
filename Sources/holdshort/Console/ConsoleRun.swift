import ArgumentParser
import Foundation
import HoldClient
import HoldConsole
import HoldCore
import HoldService
import HoldTerminal
import HoldThemes
import HoldWire

/// One run of the console: opens the terminal, connects, and gives both back at the end.
struct ConsoleRun {
    var paths: RuntimePaths
    var theme: String?
    var color: String
    var glyphs: String
    /// What stands in the status row as the service's place.
    var place = ""

    /// Runs the console on a thread of its own, which alone touches the terminal.
    ///
    /// - Throws: `CommandFailure` when there is no terminal to run on, or no theme of that name.
    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let colorChoice = ColorLevel.Choice(rawValue: color) else {
            throw CommandFailure.usage("--color \(color): auto, always, direct or never")
        }
        guard let glyphChoice = GlyphSet.Choice(rawValue: glyphs) else {
            throw CommandFailure.usage("--glyphs \(glyphs): auto, unicode or ascii")
        }
        let library = ThemeLibrary(environment: environment)
        let chosen = try named(theme ?? ThemeLibrary.usualName, in: library)
        let themes = library.names.compactMap { library.theme(named: $0).theme }
        let connection = HoldClient.Connection.start(
            ConnectionOptions(
                path: paths.reviewSocket,
                client: WireParty(name: "console", version: Holdshort.version)
            )
        )
        try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Void, any Error>) in
            let thread = Thread { [self] in
                do {
                    let waker = try Waker()
                    var options = Terminal.Options()
                    options.wantsDirect = colorChoice == .direct
                    let terminal = try Terminal(options, waker: waker)
                    let level = ColorLevel.choose(
                        colors: terminal.colors,
                        takesDirect: terminal.takesDirect,
                        choice: colorChoice,
                        noColor: environment["NO_COLOR"],
                        terminal: terminal.name
                    )
                    let model = Model(
                        size: terminal.size,
                        address: paths.reviewSocket,
                        theme: chosen,
                        themes: themes,
                        glyphs: terminal.isUTF8
                            ? GlyphSet.choose(glyphChoice, environment: environment) : .ascii,
                        now: ConsoleLoop.now()
                    )
                    let inbox = Inbox(waker: waker)
                    let link = ConsoleLink(connection: connection, inbox: inbox, place: place)
                    var loop = ConsoleLoop(
                        terminal: terminal,
                        model: model,
                        inbox: inbox,
                        link: link,
                        level: level
                    )
                    loop.run()
                    link.close()
                    continuation.resume()
                } catch let error as TerminalError {
                    connection.close()
                    continuation.resume(
                        throwing: CommandFailure("no_terminal", error.description)
                    )
                } catch {
                    connection.close()
                    continuation.resume(throwing: error)
                }
            }
            thread.stackSize = 8 * 1024 * 1024
            thread.start()
        }
    }

    private func named(_ name: String, in library: ThemeLibrary) throws -> Theme {
        let reading = library.theme(named: name)
        guard let theme = reading.theme else {
            let problems = reading.problems.map(\.description).joined(separator: "\n")
            throw CommandFailure(
                "theme",
                problems.isEmpty ? "There is no theme \(name)." : problems
            )
        }
        return theme
    }
}

extension GlyphSet {
    /// The set for this environment's locale, terminal and language.
    static func choose(_ choice: Choice, environment: [String: String]) -> GlyphSet {
        let locale =
            [environment["LC_ALL"], environment["LC_CTYPE"], environment["LANG"]]
            .compactMap { $0 }.first { !$0.isEmpty } ?? ""
        return choose(
            choice,
            locale: locale,
            terminal: environment["TERM"] ?? "",
            language: environment["LANGUAGE"] ?? locale
        )
    }
}
