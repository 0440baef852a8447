import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// The verb `holdshort claim`.
struct ClaimVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "claim",
        abstract: "Tell colleagues that you are on an item.",
        discussion: """
            A claim keeps nobody from deciding. It ends by itself, at the latest with the item's \
            deadline; claiming again makes it last longer.

            Example:
              holdshort claim 4826 --minutes 5
            """
    )

    @Argument(help: "The item's number, or WORKFLOW:STEP.")
    var item: ItemName
    @Option(help: "For how long, above 0; ten when left out.")
    var minutes: Double?
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (minutes ?? 1) > 0 else { throw ValidationError("--minutes is not above 0.") }
    }

    func perform(_ out: Output) async throws {
        let client = try await service.reviewer()
        let found = try await client.item(item).summary
        let claim = try await client.claim(found.reference, seconds: minutes.map { $0 * 60 })
        try out.data(claim, plain: ClaimVerb.sentence(found.number, claim).plain)
    }

    static func sentence(_ number: Int, _ claim: WireClaim) -> SafeText {
        guard let by = claim.claimedBy, let until = claim.claimedUntil else {
            return "\(number) is claimed by nobody."
        }
        return "\(number) is claimed by \(SafeText.foreign(by)) until \(SafeText(until))."
    }
}

/// The verb `holdshort release`.
struct ReleaseVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Give your claim on an item up.",
        discussion: """
            Example:
              holdshort release 4826
            """
    )

    @Argument(help: "The item's number, or WORKFLOW:STEP.")
    var item: ItemName
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let client = try await service.reviewer()
        let found = try await client.item(item).summary
        let claim = try await client.release(found.reference)
        try out.data(claim, plain: ClaimVerb.sentence(found.number, claim).plain)
    }
}

/// The verb `holdshort snooze`.
struct SnoozeVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "snooze",
        abstract: "Put an item out of your own sight for a while.",
        discussion: """
            It comes back two minutes before its deadline at the latest, and at once when it is \
            edited or handed to the next tier. Colleagues see it all the time.

            Example:
              holdshort snooze 4826 --minutes 15
            """
    )

    @Argument(help: "The item's number, or WORKFLOW:STEP.")
    var item: ItemName
    @Option(help: "For how long; 0 brings it back.")
    var minutes: Double
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard minutes >= 0 else { throw ValidationError("--minutes is less than 0.") }
    }

    func perform(_ out: Output) async throws {
        let client = try await service.reviewer()
        let found = try await client.item(item).summary
        let reply = try await client.snooze(found.reference, seconds: minutes * 60)
        let sentence: SafeText =
            minutes == 0
            ? "\(found.number) is back in your sight."
            : "\(found.number) is out of your sight until \(SafeText(reply.until))."
        try out.data(reply, plain: sentence.plain)
    }
}

/// The verb `holdshort note`.
struct NoteVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: "Write something to an item, for whoever looks at it next.",
        discussion: """
            Example:
              holdshort note 4826 "the index is unused since March, see OPS-77"
            """
    )

    @Argument(help: "The item's number, or WORKFLOW:STEP.")
    var item: ItemName
    @Argument(help: "What to write, at most 4096 bytes.")
    var text: String
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let client = try await service.reviewer()
        let found = try await client.item(item).summary
        let noted = try await client.note(found.reference, text: text)
        let sentence: SafeText = "\(found.number) has your note of \(SafeText(noted.at))."
        try out.data(noted, plain: sentence.plain)
    }
}
