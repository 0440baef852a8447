package import HoldConsole
package import HoldThemes

/// What came of reading `console.yaml`.
package struct SettingsReading: Hashable, Sendable {
    /// The settings; nil when a problem is an error.
    package let settings: Settings?
    /// Every problem, in the order of the file.
    package let problems: [FileProblem]

    package init(settings: Settings?, problems: [FileProblem]) {
        self.settings = settings
        self.problems = problems
    }
}
