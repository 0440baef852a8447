import ArgumentParser
import HoldClient
import HoldConsole
import HoldCore
import HoldWire

/// The verb `holdshort watch`.
struct Watch: Verb {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Print events as they happen, a line each.",
        discussion: """
            It goes on over restarts of the service, and misses nothing in between. A line begins \
            with the event's sequence number: --after takes the last one seen.

            Example:
              holdshort watch --after 0
            """
    )

    @Option(help: "Print the events after this one first; those from now on when left out.")
    var after: Int?
    @Option(help: "Only events of this workflow.", completion: LiveCompletion.workflows)
    var workflow: String?
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard after ?? 0 >= 0 else { throw ValidationError("--after is less than 0.") }
    }

    func perform(_ out: Output) async throws {
        let client = try await service.reviewer(reconnecting: .always)
        let links = client.connection.linkStates()
        let telling = Task { await Watch.tell(links, out) }
        defer { telling.cancel() }
        var last: Int
        if let after {
            last = after
        } else {
            last = try await client.audit(AuditList.Params(limit: 1)).seq ?? 0
        }
        while !Task.isCancelled {
            let params = AuditList.Params(
                after: last,
                limit: 500,
                workflow: workflow,
                waitSeconds: 25
            )
            for event in try await Watch.page(params, client) {
                try out.data(event, plain: EventText.line(event).plain)
                last = max(last, event.seq)
            }
        }
    }

    /// The next events; none when none came, or the service is away for long.
    private static func page(
        _ params: AuditList.Params,
        _ client: ReviewClient
    ) async throws(ClientError) -> [WireAuditEvent] {
        do {
            return try await client.audit(params).events
        } catch {
            switch error {
            // The connection goes on trying, and what happens meanwhile is in the journal.
            case .noService, .timedOut: return []
            case .refused, .protocolBroken, .unconfirmed, .cancelled: throw error
            }
        }
    }

    /// Tells on standard error when the service goes and comes.
    private static func tell(_ links: AsyncStream<LinkState>, _ out: Output) async {
        var isAway = false
        for await link in links {
            switch link {
            case .down(let cause, _, _) where !isAway:
                isAway = true
                out.note("holdshort: \(SafeText.foreign(cause)); waiting for the service")
            case .live where isAway:
                isAway = false
                out.note("holdshort: the service is back")
            case .connecting, .live, .down, .closed: break
            }
        }
    }
}
