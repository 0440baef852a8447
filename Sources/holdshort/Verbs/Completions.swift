public import ArgumentParser

extension CompletionShell: @retroactive ExpressibleByArgument {
    /// What can be typed.
    public static var allValueStrings: [String] { allCases.map(\.rawValue) }

    /// Reads the shell's name.
    public init?(argument: String) { self.init(rawValue: argument) }
}

/// The verb `holdshort completions`.
struct Completions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the completion script for a shell.",
        discussion: """
            Verbs, options, and what is there at the moment: numbers of items, ids of workflows, \
            themes, operations. An id that a shell could take for more than a word is not offered. \
            Put it where your shell looks, for bash ~/.bashrc: source <(holdshort completions bash)

            Example:
              holdshort completions bash > holdshort.bash
            """
    )

    @Argument(help: "bash, zsh or fish.")
    var shell: CompletionShell

    func run() {
        let script = Holdshort.completionScript(for: shell)
        Output(isJSON: false).line(script)
    }
}
