import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// The verb `holdshort manifest drill`.
struct ManifestDrill: Verb {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Prove an undo now, without an incident.",
        discussion: """
            The service runs the operation's drill command, which does for show what the undo \
            takes back, then the undo. The outcome stands in the record with its date, and \
            undo_drill_days counts from it. Ends with 1 when the undo is not proven.

            Example:
              holdshort manifest drill destroy_environment
            """
    )

    @Argument(
        help: "The operation, as the manifest names it.",
        completion: LiveCompletion.operations
    )
    var operation: String
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let client = try await service.reviewer()
        let drill = try await client.drill(operation)
        try out.data(drill, plain: ManifestDrill.text(drill).plain)
        if !drill.passed { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    static func text(_ drill: UndoDrill.Reply) -> SafeText {
        let seconds = (drill.endedAt - drill.startedAt).seconds
        let name = SafeText.foreign(drill.operation)
        let took: SafeText = "after \(SafeText(ascii: "\(seconds)")) s"
        guard let error = drill.error else {
            let said: SafeText = drill.detail.map { " ┊ \(SafeText.foreign($0))" } ?? ""
            return "\(name)  drill passed \(took): proven at \(SafeText(drill.endedAt))" + said
        }
        let standing: SafeText =
            drill.provenAt.map { "last proven \(SafeText($0))" } ?? "never proven"
        return "\(name)  drill FAILED \(took), \(standing) ┊ \(SafeText.foreign(error))"
    }
}
