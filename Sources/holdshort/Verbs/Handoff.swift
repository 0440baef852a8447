import ArgumentParser
import HoldClient
import HoldCore

/// The verb `holdshort handoff`.
struct Handoff: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Show what a shift hands to the next; leave a note for it.",
        discussion: """
            What is pending, claimed, snoozed, being undone and stuck, and what people wrote for \
            whoever comes next.

            Example:
              holdshort handoff --note "4826 waits for the database owner, who is back at 9"
            """
    )

    @Option(help: "Leave this note first, at most 4096 bytes.")
    var note: String?
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let client = try await service.reviewer()
        if let note { _ = try await client.leaveHandoff(note) }
        let handoff = try await client.handoff()
        try out.data(handoff, plain: HandoffText.text(handoff, at: .system))
    }
}
