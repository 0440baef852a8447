import ArgumentParser
import HoldClient
import HoldCore
import HoldWire

/// The verb `holdshort halt`.
struct Halt: Verb {
    static let configuration = CommandConfiguration(
        commandName: "halt",
        abstract: "Press the stop button: nothing may start until resumed.",
        discussion: """
            Pending reviews and undoing go on. It survives restarts of the service.

            Example:
              holdshort halt --all --reason "incident 42"
            """
    )

    @OptionGroup var scope: HaltScope
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let halts = try await service.reviewer().halt(scope.order)
        try out.data(HaltReply(halts: halts), plain: StatusText.halts(halts))
    }
}

/// The verb `holdshort resume`.
struct Resume: Verb {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Release the stop button.",
        discussion: """
            Example:
              holdshort resume --all --reason "incident 42 is over"
            """
    )

    @OptionGroup var scope: HaltScope
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func perform(_ out: Output) async throws {
        let halts = try await service.reviewer().resume(scope.order)
        try out.data(HaltReply(halts: halts), plain: StatusText.halts(halts))
    }
}

/// How much is stopped or resumed, and why.
struct HaltScope: ParsableArguments {
    @Option(help: "One workflow, by its id.", completion: LiveCompletion.workflows)
    var workflow: String?
    @Option(help: "One agent, by its name.", completion: LiveCompletion.agents)
    var agent: String?
    @Option(help: "Every agent of one account; with --workflow, whose workflow.")
    var user: String?
    @ArgumentParser.Flag(help: "Everything.")
    var all = false
    @Option(help: "Why.")
    var reason: String

    func validate() throws {
        let isAccount = workflow == nil && user != nil
        let given = [workflow != nil, agent != nil, isAccount, all].filter { $0 }
        guard given.count == 1 else {
            throw ValidationError("Give one of --workflow, --agent, --user and --all.")
        }
    }

    var order: HaltOrder {
        if let workflow {
            return HaltOrder(scope: .workflow, id: workflow, account: user, reason: reason)
        }
        if let user { return HaltOrder(scope: .agent, account: user, reason: reason) }
        if let agent { return HaltOrder(scope: .agent, id: agent, reason: reason) }
        return HaltOrder(scope: .all, reason: reason)
    }
}
