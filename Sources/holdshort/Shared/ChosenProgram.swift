import Foundation

/// A program that the person chose by an environment variable.
struct ChosenProgram {
    /// What the variable says: a command, perhaps with options.
    let command: String

    /// The first of these variables that says something; else a program that every system has.
    private init(_ names: [String], else usual: String) {
        command = Self.chosen(names) ?? usual
    }

    /// The editor.
    static var editor: ChosenProgram { ChosenProgram(editorNames, else: "vi") }
    /// What shows long texts page by page.
    static var pager: ChosenProgram { ChosenProgram(["PAGER"], else: "less") }
    /// Whether an editor was chosen at all.
    static var hasEditor: Bool { chosen(editorNames) != nil }

    private static let editorNames = ["VISUAL", "EDITOR"]

    private static func chosen(_ names: [String]) -> String? {
        let environment = ProcessInfo.processInfo.environment
        return names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }

    /// What to run, to open a file with it.
    ///
    /// As git does it: the variable may hold options and quotes, so a shell takes it apart; the
    /// file's name is no part of what the shell reads.
    func arguments(opening path: String) -> [String] {
        ["/bin/sh", "-c", command + " \"$@\"", command, path]
    }
}
