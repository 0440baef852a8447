import HoldClient
import HoldConsole
import HoldCore
import HoldWire
import Synchronization

/// The console's side of the service: what the model asks goes out, what comes back are messages.
final class ConsoleLink: ConsoleRequests {
    /// How often the service is asked whether it is alive while nothing else is heard of it.
    private static let heartbeat = Duration.seconds(1)
    /// How many workflows the depth pane is given.
    private static let workflowsMax = 200
    /// How much of the journal is shown as activity at the start.
    private static let activityAtStart = 60

    private let connection: HoldClient.Connection
    private let client: ReviewClient
    private let inbox: Inbox
    private let place: String
    private let subscription = Mutex<Task<Void, Never>?>(nil)
    private let tasks = Mutex<[Task<Void, Never>]>([])

    init(connection: HoldClient.Connection, inbox: Inbox, place: String) {
        self.connection = connection
        client = ReviewClient(connection)
        self.inbox = inbox
        self.place = place
    }

    func follow() {
        tasks.withLock { tasks in
            tasks.append(Task { await followLink() })
            tasks.append(Task { await beat() })
            tasks.append(Task { await followJournal() })
        }
    }

    /// Lets the service go.
    func close() {
        subscription.withLock { $0?.cancel() }
        tasks.withLock { tasks in tasks.forEach { $0.cancel() } }
        connection.close()
    }

    // MARK: - What is heard

    private func followLink() async {
        var wasLive = false
        for await state in connection.linkStates() {
            switch state {
            case .connecting, .closed: break
            case .live(let opened):
                wasLive = true
                inbox.put(
                    .connected(
                        HoldConsole.Connection(
                            place: place,
                            user: opened.peer.user,
                            separation: opened.separation ?? .enforced
                        )
                    )
                )
                await loadWorkflows()
            case .down(let cause, _, let next):
                if wasLive { inbox.put(.disconnected(cause: cause)) }
                wasLive = false
                inbox.put(
                    .retryFailed(
                        cause: cause,
                        next: Span(seconds: next.map { $0 / .seconds(1) } ?? 0)
                    )
                )
            }
        }
    }

    /// A line that says nothing may be dead: asking is the only way to know.
    private func beat() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: ConsoleLink.heartbeat)
            guard connection.link.isLive else { continue }
            guard let status = try? await client.status(timeout: .seconds(5)) else { continue }
            inbox.put(
                .heard(serviceTime: status.startedAt + Span(seconds: status.uptimeSeconds))
            )
        }
    }

    /// Follows the journal: each event is a line of activity, and may change a workflow's depth.
    private func followJournal() async {
        var reader = ActivityReader()
        while !Task.isCancelled {
            do {
                if reader.after == nil {
                    let newest = try await client.audit(AuditList.Params(after: 0, limit: 1)).seq
                    reader.after = max(0, (newest ?? 0) - ConsoleLink.activityAtStart)
                }
                let page = try await client.audit(
                    AuditList.Params(after: reader.after, limit: 500, waitSeconds: 20)
                )
                let lines = reader.lines(of: page.events)
                inbox.put(.heard(serviceTime: nil))
                if !lines.isEmpty { inbox.put(.activityHappened(lines)) }
                if !page.events.isEmpty { await loadWorkflows() }
            } catch {
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    private func loadWorkflows() async {
        guard
            let reply = try? await client.workflows(limit: ConsoleLink.workflowsMax)
        else { return }
        inbox.put(.workflowsLoaded(reply.workflows.map { WorkflowLine($0) }))
    }

    // MARK: - What is asked

    func perform(_ request: Request) {
        switch request {
        case .subscribe(let query): subscribe(query)
        case .loadDetail(let item): load(item)
        case .decide(let verdict): decide(verdict)
        case .escalate(let verdict): escalate(verdict)
        case .halt(let workflow, let reason): halt(workflow, reason)
        case .askOutcome(let id, let item): askOutcome(id, of: item)
        case .retryConnection: connection.retryNow()
        case .openEditor, .openPager, .flushInput, .redraw, .bell, .setTitle, .suspend, .quit:
            break
        }
    }

    private func subscribe(_ query: HoldConsole.QueueQuery) {
        let task = Task { [client, inbox] in
            let wire = HoldWire.QueueQuery(
                text: query.text,
                offset: query.offset,
                limit: max(1, min(query.limit, 1000))
            )
            do {
                for await window in try await client.subscribe(wire) {
                    guard !Task.isCancelled else { return }
                    inbox.put(.queueChanged(HoldConsole.QueueWindow(window, for: query)))
                }
            } catch {
                if !Task.isCancelled { inbox.put(.requestFailed("\(error)")) }
            }
        }
        subscription.withLock { standing in
            standing?.cancel()
            standing = task
        }
    }

    private func load(_ item: ItemReference) {
        Task { [client, inbox] in
            do {
                let detail = try await client.item(WireItemReference(item))
                inbox.put(.detailLoaded(ItemDetail(detail)))
            } catch {
                inbox.put(.detailFailed(item, "\(error)"))
            }
        }
    }

    private func decide(_ verdict: Verdict) {
        Task { [client, inbox] in
            let review = ItemReview(
                item: WireItemReference(verdict.target.reference),
                decision: WireVerdict(verdict.kind),
                digest: verdict.target.digest,
                reason: verdict.reason,
                arguments: verdict.arguments,
                confirm: verdict.confirm
            )
            do throws(ClientError) {
                let reply = try await client.decide(review)
                inbox.put(
                    .recorded(
                        verdict.id,
                        Recorded(
                            state: ItemState(reply.state),
                            decision: reply.decision.map { DecisionLine($0) }
                        )
                    )
                )
            } catch {
                inbox.put(ConsoleLink.failure(error, of: verdict.id))
            }
        }
    }

    private func escalate(_ verdict: Verdict) {
        Task { [client, inbox] in
            do throws(ClientError) {
                let reply = try await client.escalate(
                    WireItemReference(verdict.target.reference),
                    reason: verdict.reason
                )
                inbox.put(
                    .recorded(
                        verdict.id,
                        Recorded(
                            state: .pendingReview,
                            tier: reply.tier,
                            deadline: reply.deadline
                        )
                    )
                )
            } catch {
                inbox.put(ConsoleLink.failure(error, of: verdict.id))
            }
        }
    }

    /// A refusal is an answer; anything else leaves open what became of it.
    private static func failure(_ error: ClientError, of id: DecisionID) -> Message {
        guard case .refused(let refusal) = error else { return .noAnswer(id) }
        let standing = refusal.data?["decision"].flatMap { try? $0.decode(WireDecision.self) }
        return .refused(
            id,
            Turned(
                code: refusal.refusalCode?.rawValue ?? "error",
                message: refusal.message,
                state: refusal.data?["state"]?.text.flatMap { ItemState(rawValue: $0) },
                decision: standing.map { DecisionLine($0) }
            )
        )
    }

    private func halt(_ workflow: WorkflowID, _ reason: String) {
        Task { [client, inbox] in
            do {
                _ = try await client.halt(
                    HaltOrder(scope: .workflow, id: workflow.text, reason: reason)
                )
            } catch {
                inbox.put(.requestFailed("\(error)"))
            }
        }
    }

    private func askOutcome(_ id: DecisionID, of item: ItemReference) {
        Task { [client, inbox] in
            do {
                let detail = try await client.item(WireItemReference(item))
                inbox.put(.outcomeKnown(id, ItemDetail(detail)))
            } catch {
                inbox.put(.noAnswer(id))
            }
        }
    }
}
