import ArgumentParser
import Foundation
import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// The verb `holdshort modify`.
struct Modify: Verb {
    static let configuration = CommandConfiguration(
        commandName: "modify",
        abstract: "Approve an item with other arguments.",
        discussion: """
            Without --arguments it opens $EDITOR (only on a terminal), shows what changed and \
            asks. Where the manifest says `modify: reapprove`, another person approves the change.

            Example:
              holdshort modify 4826 --arguments '{"env":"staging-42","size":"s"}' --reason budget
            """
    )

    @Argument(help: "The item's number, or WORKFLOW:STEP.")
    var item: ItemName
    @Option(help: ArgumentHelp("All arguments to run instead.", valueName: "json|@file"))
    var arguments: String?
    @Option(help: "Why.")
    var reason: String?
    @Option(help: "What was seen; else whatever the item says now is modified.")
    var digest: Digest?
    @Option(help: "The action's name, where the manifest wants it typed; else y.")
    var confirm: String?
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let given = try arguments.map { try ArgumentValue.object($0) }
        guard given != nil || Person.isThere else {
            throw CommandFailure.usage("Nobody can edit here: give --arguments.")
        }
        let client = try await service.reviewer()
        let detail = try await client.item(item)
        var review = ItemReview(
            item: detail.summary.reference,
            decision: .modify,
            digest: digest ?? detail.summary.digest,
            reason: reason,
            arguments: given,
            confirm: confirm
        )
        if given == nil {
            review.arguments = try edit(detail)
            if detail.summary.confirm == .type { review.confirm = try confirmed(detail) }
            if detail.summary.confirm == .key { review.confirm = confirm ?? "y" }
        }
        var reviewing = Reviewing(out)
        try await reviewing.item(item) { try await client.decide(review) }
        try reviewing.end()
    }

    /// Lets the person edit the arguments, shows the difference and asks.
    private func edit(_ detail: WireItemDetail) throws -> JSONValue {
        let before = ArgumentsText.ascii(detail.arguments)
        let about = "the arguments of item \(detail.summary.number)"
        let text = try Editor.edit(EditorText.frame(before, about: about))
        let content = EditorText.content(of: text)
        let edited = try ArgumentValue.object(content)
        guard edited != detail.arguments else {
            throw CommandFailure("not_modified", "nothing was changed, so nothing was sent")
        }
        let lines = LineDiff.lines(from: before, to: ArgumentsText.ascii(edited))
        for line in lines { Output.write(Modify.shown(line).plain + "\n", to: STDERR_FILENO) }
        guard Person.ask("Send this? Type yes to send, anything else not to:") == "yes" else {
            throw CommandFailure("not_modified", "nothing was sent")
        }
        return edited
    }

    private func confirmed(_ detail: WireItemDetail) throws -> String {
        let action = detail.summary.action
        let answer = Person.ask("This has to be confirmed: type \(SafeText.foreign(action))")
        guard answer == action else {
            throw CommandFailure("not_modified", "not confirmed: nothing was sent")
        }
        return action
    }

    /// A line of the difference.
    static func shown(_ line: DiffLine) -> SafeText {
        let text = SafeText(untrusted: line.text, pane: .action)
        return switch line.kind {
        case .same: "  \(text)"
        case .removed: "- \(text)"
        case .added: "+ \(text)"
        }
    }
}
