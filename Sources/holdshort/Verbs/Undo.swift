import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// The verb `holdshort undo`.
struct Undo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "See what a rejection would undo; steer a stuck undo chain.",
        discussion: """
            Example:
              holdshort undo preview wf-918
            """,
        subcommands: [Preview.self, Retry.self, Skip.self, Resolve.self]
    )

    /// The verb `holdshort undo preview`.
    struct Preview: Verb {
        static let configuration = CommandConfiguration(
            commandName: "preview",
            abstract: "Show what a rejection would undo now, item by item.",
            discussion: """
                Example:
                  holdshort undo preview wf-918
                """
        )

        @Argument(help: "The workflow's id.", completion: LiveCompletion.workflows)
        var workflow: String
        @Argument(help: "The step whose item would be rejected; each pending one when left out.")
        var step: String?
        @Option(help: "Whose workflow, where several accounts have one of this id.")
        var user: String?
        @OptionGroup var service: ServiceOptions
        @OptionGroup var output: OutputOptions

        func perform(_ out: Output) async throws {
            let client = try await service.reviewer()
            let items: [WireItem]
            if let step {
                let item = WireItemReference(account: user, workflow: workflow, step: step)
                items = [try await client.item(item).summary]
            } else {
                items = try await client.workflow(workflow, of: user).items.filter {
                    $0.state == .pendingReview || $0.state == .modified
                }
            }
            if items.isEmpty, !out.isJSON {
                out.note("nothing is pending, so nothing can be rejected")
            }
            var previews: [JSONValue] = []
            for item in items {
                let preview = try await client.undoPreview(item.reference)
                if out.isJSON {
                    previews.append(try Preview.json(preview, of: item))
                } else {
                    out.line(UndoText.preview(preview, of: item))
                }
            }
            if out.isJSON { out.line(JSONValue.array(previews).asciiText) }
        }

        /// The preview, and which item it is about.
        static func json(_ preview: WireUndoPreview, of item: WireItem) throws -> JSONValue {
            guard case .object(var members) = try JSONValue(encoding: preview) else { return .null }
            members["number"] = .integer(Int64(item.number))
            members["workflow"] = .string(item.workflow)
            members["step"] = .string(item.step)
            return .object(members)
        }
    }

    /// The verb `holdshort undo retry`.
    struct Retry: SteeringVerb {
        static let configuration = CommandConfiguration(
            commandName: "retry",
            abstract: "Try the undo again at which a chain is stuck.",
            discussion: """
                Example:
                  holdshort undo retry wf-918 --reason "the host is back"
                """
        )

        @OptionGroup var link: StuckLink
        @OptionGroup var service: ServiceOptions
        @OptionGroup var output: OutputOptions

        func steer(
            _ client: ReviewClient,
            _ order: UndoSteer
        ) async throws(ClientError) -> UndoChainReply {
            try await client.retryUndo(order)
        }
    }

    /// The verb `holdshort undo skip`.
    struct Skip: SteeringVerb {
        static let configuration = CommandConfiguration(
            commandName: "skip",
            abstract: "Leave out the undo at which a chain is stuck; takes two people.",
            discussion: """
                Example:
                  holdshort undo skip wf-918 --reason "the environment no longer exists"
                """
        )

        @OptionGroup var link: StuckLink
        @OptionGroup var service: ServiceOptions
        @OptionGroup var output: OutputOptions

        func steer(
            _ client: ReviewClient,
            _ order: UndoSteer
        ) async throws(ClientError) -> UndoChainReply {
            try await client.skipUndo(order)
        }
    }

    /// The verb `holdshort undo resolve`.
    struct Resolve: SteeringVerb {
        static let configuration = CommandConfiguration(
            commandName: "resolve",
            abstract: "Say that the undo at which a chain is stuck was done by hand.",
            discussion: """
                The reason is the evidence: what was done, and where that can be seen.

                Example:
                  holdshort undo resolve wf-918 --reason "deleted by hand, see ticket OPS-77"
                """
        )

        @OptionGroup var link: StuckLink
        @OptionGroup var service: ServiceOptions
        @OptionGroup var output: OutputOptions

        func steer(
            _ client: ReviewClient,
            _ order: UndoSteer
        ) async throws(ClientError) -> UndoChainReply {
            try await client.resolveUndo(order)
        }
    }
}

/// A verb that moves a stuck chain on, and prints how the chain stands then.
protocol SteeringVerb: Verb {
    var link: StuckLink { get }
    var service: ServiceOptions { get }

    /// Gives the order.
    func steer(
        _ client: ReviewClient,
        _ order: UndoSteer
    ) async throws(ClientError) -> UndoChainReply
}

extension SteeringVerb {
    func perform(_ out: Output) async throws {
        let client = try await service.reviewer()
        let reply = try await steer(client, try await link.order(client))
        let heading: SafeText = "\(SafeText.foreign(reply.workflow))  \(SafeText(reply.status))"
        try out.data(reply, plain: heading.plain + "\n" + UndoText.chain(reply.undoChain))
    }
}

/// The link at which a chain is stuck, and why it is steered.
struct StuckLink: ParsableArguments {
    @Argument(help: "The workflow's id.", completion: LiveCompletion.workflows)
    var workflow: String
    @Argument(help: "The step; the one at which the chain is stuck when left out.")
    var step: String?
    @Option(help: "Whose workflow, where several accounts have one of this id.")
    var user: String?
    @Option(help: "Why.")
    var reason: String

    func order(_ client: ReviewClient) async throws -> UndoSteer {
        if let step {
            return UndoSteer(account: user, workflow: workflow, step: step, reason: reason)
        }
        let summary = try await client.workflow(workflow, of: user).summary
        guard let stuck = summary.stuckUndo else {
            throw CommandFailure(
                "not_stuck",
                "The undo chain of \(workflow) is not stuck.",
                data: ["status": .string(summary.status.rawValue)]
            )
        }
        return UndoSteer(account: user, workflow: workflow, step: stuck.step, reason: reason)
    }
}
