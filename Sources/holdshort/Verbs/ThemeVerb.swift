import ArgumentParser
import Foundation
import HoldConsole
import HoldCore
import HoldThemes

/// The verb `holdshort theme`.
struct ThemeVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "theme",
        abstract: "List, show and check the console's themes.",
        discussion: """
            Example:
              holdshort theme list
            """,
        subcommands: [ListThemes.self, ShowTheme.self, Check.self]
    )

    private static var library: ThemeLibrary {
        ThemeLibrary(environment: ProcessInfo.processInfo.environment)
    }

    /// A theme by its name, or in a file when the name has a slash or the ending `.yaml`.
    private static func read(_ name: String) -> ThemeReading {
        name.contains("/") || name.hasSuffix(".yaml")
            ? ThemeLibrary.theme(at: name) : library.theme(named: name)
    }

    /// The verb `holdshort theme list`.
    struct ListThemes: Verb {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the themes there are.",
            discussion: """
                Example:
                  holdshort theme list
                """
        )

        @OptionGroup var output: OutputOptions

        func perform(_ out: Output) async throws {
            let names = library.names
            let text = names.map { SafeText.foreign($0).plain }.joined(separator: "\n")
            try out.data(names, plain: text)
        }
    }

    /// The verb `holdshort theme show`.
    struct ShowTheme: Verb {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show the colours of a theme, role by role.",
            discussion: """
                Example:
                  holdshort theme show harbor-dark
                """
        )

        @Argument(help: "The theme's name, or its file.", completion: LiveCompletion.themes)
        var name: String
        @OptionGroup var output: OutputOptions

        func perform(_ out: Output) async throws {
            let reading = read(name)
            guard let theme = reading.theme else { throw ThemeVerb.failure(reading) }
            try out.data(ThemeVerb.json(theme), plain: ThemeVerb.text(theme))
        }
    }

    /// The verb `holdshort theme check`.
    struct Check: Verb {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Check a theme's file, and the contrast of every text on every ground.",
            discussion: """
                Ends with 1 when a theme has errors or cannot be read well.

                Example:
                  holdshort theme check high-contrast
                """
        )

        @Argument(
            help: "The themes' names, or their files; all when left out.",
            completion: LiveCompletion.themes
        )
        var names: [String] = []
        @OptionGroup var output: OutputOptions

        func perform(_ out: Output) async throws {
            var isGood = true
            var reports: [JSONValue] = []
            for name in names.isEmpty ? library.names : names {
                let reading = read(name)
                let faint = reading.theme.map(ThemeCheck.problems) ?? []
                let isOne = reading.theme != nil && faint.isEmpty
                isGood = isGood && isOne
                let problems = reading.problems.map(\.description) + faint.map(\.description)
                reports.append([
                    "theme": .string(name), "valid": .bool(isOne),
                    "problems": .array(problems.map { .string($0) }),
                ])
                if !out.isJSON {
                    for problem in problems {
                        out.line(SafeText.foreign("\(name): \(problem)").plain)
                    }
                    if isOne { out.line("\(SafeText.foreign(name).plain): good") }
                }
            }
            if out.isJSON { out.line(JSONValue.array(reports).asciiText) }
            if !isGood { throw ExitCode(ExitStatus.failed.rawValue) }
        }
    }

    private static func failure(_ reading: ThemeReading) -> CommandFailure {
        CommandFailure(
            "bad_theme",
            reading.problems.map(\.description).joined(separator: "\n"),
            data: ["problems": .array(reading.problems.map { .string($0.description) })]
        )
    }

    private static func words(_ color: Theme.Color) -> String {
        switch color {
        case .standard: "default"
        case .rgb(let rgb): "#" + Hex.text([rgb.red, rgb.green, rgb.blue])
        }
    }

    static func json(_ theme: Theme) -> JSONValue {
        let roles = Role.allCases.map {
            ($0.rawValue, JSONValue.string(words(theme.color(of: $0))))
        }
        return [
            "name": .string(theme.name), "mode": .string(theme.mode.rawValue),
            "roles": .object(Dictionary(uniqueKeysWithValues: roles)),
        ]
    }

    static func text(_ theme: Theme) -> String {
        var table = Table([.init("ROLE"), .init("COLOUR")])
        for role in Role.allCases {
            table.add([SafeText(role), SafeText(ascii: words(theme.color(of: role)))])
        }
        let heading: SafeText = "\(SafeText.foreign(theme.name)), \(SafeText(theme.mode))"
        return heading.plain + "\n" + table.text(isHeaded: false)
    }
}
