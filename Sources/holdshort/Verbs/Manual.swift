import ArgumentParser

/// The verb `holdshort manual`.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the manual page, made of the command definitions.",
        discussion: """
            Example:
              holdshort manual > holdshort.1 && man -l holdshort.1
            """
    )

    func run() throws {
        let out = Output(isJSON: false)
        do {
            Output.write(try ManualPage.text(), to: 1)
        } catch {
            out.fail(error)
            throw ExitCode(error.status.rawValue)
        }
    }
}
