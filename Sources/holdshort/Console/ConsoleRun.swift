import ArgumentParser
import Foundation
import HoldClient
import HoldConsole
import HoldCore
import HoldService
import HoldSettings
import HoldTerminal
import HoldThemes
import HoldWire

/// One run of the console: opens the terminal, connects, and gives both back at the end.
struct ConsoleRun {
    var paths: RuntimePaths
    /// What the command line says instead of the settings.
    var theme: String?
    var color: String?
    var glyphs: String?
    /// What stands in the status row as the service's place.
    var place = ""
    /// Whether there will be a next time with this service, worth remembering this one for.
    var remembers = true

    /// Runs the console, or plain mode on a terminal that cannot draw.
    ///
    /// - Throws: `CommandFailure` when there is no terminal to run on, or no theme of that name.
    func run() async throws {
        do {
            if let problem = ConsoleRun.knownProblem { throw problem }
            try await draw()
        } catch let error as TerminalError {
            switch error {
            case .unknownTerminal, .noScreen:
                let why = SafeText.foreign(error.description)
                try await PlainRun(paths: paths, reason: "Plain mode: \(why).").run()
            case .notATerminal, .alreadyOpen, .system:
                throw CommandFailure("no_terminal", error.description)
            }
        }
    }

    /// What is wrong with a terminal that need not be tried: trying would write to it.
    private static var knownProblem: TerminalError? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return .notATerminal }
        let name = ProcessInfo.processInfo.environment["TERM"] ?? ""
        if name.isEmpty { return .unknownTerminal(name) }
        return name == "dumb" ? .noScreen(name) : nil
    }

    /// Runs the console on a thread of its own, which alone touches the terminal.
    private func draw() async throws {
        let environment = ProcessInfo.processInfo.environment
        let settings = try settings(environment: environment)
        // Asked first and looked at last: the terminal answers while everything else begins.
        let question = TerminalQuestion(asksGround: settings.theme.followsGround)
        let client = WireParty(name: "console", version: Holdshort.version)
        let connection = HoldClient.Connection.start(
            ConnectionOptions(path: paths.reviewSocket, client: client)
        )
        let library = ThemeLibrary(environment: environment)
        let session =
            settings.restore && remembers
            ? SessionFile(socket: paths.reviewSocket, environment: environment) : nil
        let memory = session?.read()
        let answers = question.answered()
        let settled = settings.theme.name(isLight: answers.mode == .light)
        // A theme that was chosen by hand the last time may be gone by now.
        let remembered =
            theme == nil ? memory?.theme.flatMap { library.theme(named: $0).theme } : nil
        let start = try remembered ?? named(settled, in: library)
        try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Void, any Error>) in
            let thread = Thread { [self] in
                do {
                    let waker = try Waker()
                    var options = Terminal.Options()
                    options.wantsDirect = settings.color == .direct
                    options.escapeDelay = .milliseconds(settings.escapeDelay)
                    options.isSynchronised = answers.isSynchronised
                    var terminal = try Terminal(options, waker: waker)
                    if settings.mouse { terminal.setMouse(true) }
                    let level = ColorLevel.choose(
                        colors: terminal.colors,
                        takesDirect: terminal.takesDirect,
                        choice: settings.color,
                        noColor: environment["NO_COLOR"],
                        terminal: terminal.name
                    )
                    var model = Model(
                        size: terminal.size,
                        address: paths.reviewSocket,
                        theme: start,
                        settingsTheme: settled,
                        glyphs: terminal.isUTF8
                            ? GlyphSet.choose(settings.glyphs, environment: environment) : .ascii,
                        keymap: settings.keymap,
                        times: settings.times,
                        columns: settings.columns,
                        now: ConsoleLoop.now()
                    )
                    model.isMouseOurs = settings.mouse
                    let notifying = Notifying(
                        settings.notifications.way,
                        passesTmux: settings.notifications.passesTmux,
                        environment: environment
                    )
                    model.rules = settings.notifications.rules(
                        desktop: NotificationRules.Desktop(notifying.way)
                    )
                    if let memory { model.restore(memory) }
                    let inbox = Inbox(waker: waker)
                    let link = ConsoleLink(connection: connection, inbox: inbox, place: place)
                    var loop = ConsoleLoop(
                        terminal: terminal,
                        model: model,
                        inbox: inbox,
                        link: link,
                        level: level,
                        pulse: Pulse(path: paths.reviewSocket, client: client),
                        notifying: notifying
                    )
                    // The others are for changing to: reading them must not delay the screen.
                    let reading = Task(priority: .low) {
                        try? await Task.rest(for: .milliseconds(120))
                        if Task.isCancelled { return }
                        let themes = library.names.compactMap { library.theme(named: $0).theme }
                        inbox.put(.themesLoaded(themes))
                    }
                    loop.run()
                    session?.write(loop.memory)
                    reading.cancel()
                    link.close()
                    continuation.resume()
                } catch {
                    connection.close()
                    continuation.resume(throwing: error)
                }
            }
            thread.stackSize = 8 * 1024 * 1024
            thread.start()
        }
    }

    /// What the person's file says, and over it what the command line says.
    ///
    /// - Throws: `CommandFailure` with every problem of a file that is wrong: a keymap that is not
    ///   what was meant is no place to guess.
    private func settings(environment: [String: String]) throws -> Settings {
        var settings = Settings.standard
        if let path = SettingsFile.path(environment: environment),
            FileManager.default.fileExists(atPath: path)
        {
            let reading = SettingsFile.read(path)
            guard let read = reading.settings else {
                let problems = reading.problems.map(\.description).joined(separator: "\n")
                throw CommandFailure.usage(problems)
            }
            settings = read
        }
        if let color {
            guard let choice = ColorLevel.Choice(rawValue: color) else {
                throw CommandFailure.usage("--color \(color): auto, always, direct or never")
            }
            settings.color = choice
        }
        if let glyphs {
            guard let choice = GlyphSet.Choice(rawValue: glyphs) else {
                throw CommandFailure.usage("--glyphs \(glyphs): auto, unicode or ascii")
            }
            settings.glyphs = choice
        }
        if let theme {
            settings.theme =
                theme == ThemeLibrary.followingName ? Settings.standard.theme : .named(theme)
        }
        return settings
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

extension TerminalQuestion? {
    /// Longer than this nobody waits for a terminal that does not answer.
    private static let patience = Duration.milliseconds(80)

    /// What the terminal answered; nothing where it was not asked.
    fileprivate consuming func answered() -> TerminalQuestion.Answers {
        guard let question = self else { return TerminalQuestion.Answers() }
        return question.answers(within: Self.patience)
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

extension NotificationRules.Desktop {
    /// What becomes of a notification that is sent in this way.
    fileprivate init(_ way: NotificationWay) {
        switch way {
        case .off: self = .off
        case .bell: self = .bell
        case .osc9: self = .osc9
        case .osc777: self = .osc777
        case .osc99: self = .osc99
        case .auto: self = .unknown
        }
    }
}
