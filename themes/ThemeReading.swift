package import HoldConsole

/// What came of reading a theme file.
package struct ThemeReading: Hashable, Sendable {
    /// The theme; nil when a problem is an error.
    package let theme: Theme?
    /// Every problem, in the order of the file.
    package let problems: [FileProblem]

    package init(theme: Theme?, problems: [FileProblem]) {
        self.theme = theme
        self.problems = problems
    }
}
