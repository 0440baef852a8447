import HoldClient
import HoldConsole
import HoldCore
import HoldWire
import Synchronization

/// The console's side of the service: what the model asks goes out, what comes back are messages.
final class ConsoleLink: ConsoleRequests {
    /// How long the service lets the journal's next event be waited for.
    private static let journalWait = 3_600.0
    /// The shortest time between two looks at the journal: meters move four times a second at most.
    private static let journalPause = Duration.milliseconds(250)
    /// Who is so many events behind goes on with the newest: nobody can read the rest.
    private static let journalLag = 2_000
    /// How many workflows the depth pane is given.
    private static let workflowsMax = 200
    /// How many answers are asked for at the start until one tells something.
    private static let journalParts = 4

    /// The shortest time between two readings of the queue's far end.
    private static let endPause = Duration.seconds(1)

    /// Who is typing has not pressed a key for less than this.
    private static let typingRest = Duration.milliseconds(250)

    /// A held key repeats sooner than this.
    private static let keysRest = Duration.milliseconds(40)

    /// What goes out behind the frame that a key leads to, so as not to compete with it.
    private struct Later {
        /// The part of the queue to follow from now on.
        var query: HoldConsole.QueueQuery?
        /// Items that are shown as they are known; read anew all the same.
        var known: [ItemReference: ItemDetail] = [:]
        /// Items that the next key may come to.
        var expected: [ItemReference] = []
    }

    private let connection: HoldClient.Connection
    let client: ReviewClient
    let inbox: Inbox
    private let place: String
    private let details = DetailShelf()
    private let windows = WindowShelf()
    private let later = Mutex(Later())
    private let expecting = Mutex<Task<Void, Never>?>(nil)
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
            tasks.append(Task { await followJournal() })
        }
    }

    /// Lets the service go.
    func close() {
        subscription.withLock { $0?.cancel() }
        expecting.withLock { $0?.cancel() }
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
                details.clear()
                windows.clear()
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

    /// Asks the service whether it is alive, where no ``Pulse`` can.
    func beat(at now: Moment) {
        guard connection.link.isLive else { return }
        Task { [client, inbox] in
            guard let status = try? await client.status(timeout: .seconds(5)) else { return }
            let serviceTime = status.startedAt + Span(seconds: status.uptimeSeconds)
            inbox.put(.answered(serviceTime: serviceTime, asked: now))
            inbox.put(.shift(.health(ServiceHealth(status))))
        }
    }

    /// Follows the journal: each event is a line of activity, and may change a workflow's depth.
    private func followJournal() async {
        var reader = ActivityReader()
        while !Task.isCancelled {
            do {
                if reader.after == nil { try await beginActivity(&reader) }
                let page = try await client.audit(
                    AuditList.Params(
                        after: reader.after,
                        limit: 500,
                        waitSeconds: ConsoleLink.journalWait
                    )
                )
                details.drop(
                    Set(page.events.map { WorkflowKey(account: $0.account, text: $0.workflow) })
                )
                let lines = reader.lines(of: page.events)
                inbox.put(.heard(serviceTime: nil))
                if !lines.isEmpty { inbox.put(.activityHappened(lines)) }
                guard !page.events.isEmpty else { continue }
                await loadWorkflows()
                if let head = page.seq, let last = reader.after,
                    head - last > ConsoleLink.journalLag
                {
                    // As at the start: what people have to know of may lie far back in it.
                    reader.after = nil
                    details.clear()
                }
                try await Task.rest(for: ConsoleLink.journalPause)
            } catch {
                try? await Task.rest(for: .milliseconds(500))
            }
        }
    }

    /// Tells what happened last, also where machines' small steps have filled the journal since.
    private func beginActivity(_ reader: inout ActivityReader) async throws(ClientError) {
        var question = ActivityReader.lately
        for _ in 0..<ConsoleLink.journalParts {
            let page = try await client.audit(question)
            let lines = reader.begin(with: page)
            if !lines.isEmpty { return inbox.put(.activityHappened(lines)) }
            guard let reached = page.reached else { return }
            question.before = reached
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
        case .loadWorkflow(let workflow): loadWorkflow(workflow)
        case .steer(let order): steer(order)
        case .loadHistory(let query): loadHistory(query)
        case .checkHistory: checkHistory()
        case .retryConnection: connection.retryNow()
        case .expectDetails(let items): later.withLock { $0.expected = items }
        case .shift(let request): perform(request)
        case .decideAll(let verdicts): decideAll(verdicts)
        case .findNumber(let number): find(number)
        case .openEditor, .openPager, .flushInput, .redraw, .bell, .setTitle, .notify, .mouse,
            .copy, .suspend, .quit:
            break
        }
    }

    private func subscribe(_ query: HoldConsole.QueueQuery) {
        if let known = windows.window(for: query) { inbox.put(.queueChanged(known)) }
        later.withLock { $0.query = query }
    }

    private func follow(_ query: HoldConsole.QueueQuery) {
        let task = Task { [client, inbox, details] in
            do {
                for await window in try await client.subscribe(HoldWire.QueueQuery(query)) {
                    guard !Task.isCancelled else { return }
                    let window = HoldConsole.QueueWindow(window, for: query)
                    details.compare(window)
                    inbox.put(.queueChanged(window))
                    keep(window)
                }
            } catch {
                if !Task.isCancelled { inbox.put(.queueFailed(query, "\(error)")) }
            }
        }
        subscription.withLock { standing in
            standing?.cancel()
            standing = task
        }
    }

    /// Keeps both ends of the queue at hand, with the item that a leap there comes to.
    private func keep(_ window: HoldConsole.QueueWindow) {
        if window.query.offset == 0, let first = window.items.first {
            details.keep(first.reference, at: .first)
            Task(priority: .low) { await expect(first.reference, as: .first) }
        }
        guard windows.take(window) else { return }
        Task { [client, windows, details] in
            // Who types a filter asks for another list with each letter: those come first.
            try? await Task.rest(for: ConsoleLink.typingRest)
            while let end = windows.endToRead() {
                let last = try? await client.list(HoldWire.QueueQuery(end))
                windows.putLast(last.map { HoldConsole.QueueWindow($0, for: end) })
                if let item = last?.items.last.map({ QueueItem($0).reference }) {
                    details.keep(item, at: .last)
                    await expect(item, as: .last)
                }
                // In a storm the end moves with every window, which is too often to follow it.
                try? await Task.rest(for: ConsoleLink.endPause)
            }
        }
    }

    private func load(_ item: ItemReference) {
        if let known = details.detail(of: item) {
            inbox.put(.detailLoaded(known))
            later.withLock { $0.known[item] = known }
        } else {
            load(item, known: nil)
        }
    }

    private func load(_ item: ItemReference, known: ItemDetail?) {
        let reading = details.begin(item)
        Task { [client, inbox, details] in
            do {
                let detail = ItemDetail(try await client.item(WireItemReference(item)))
                details.end(reading, with: detail)
                if let end = details.end(at: item) { inbox.expect(detail, as: end) }
                if detail != known { inbox.put(.detailLoaded(detail)) }
            } catch {
                details.end(reading, with: nil)
                inbox.put(.detailFailed(item, "\(error)"))
            }
        }
    }

    /// Starts what may compete with a frame for the processor, now that the frame is out.
    func drawn() {
        let later = later.withLock { later in
            defer { later = Later() }
            return later
        }
        if let query = later.query { follow(query) }
        for (item, detail) in later.known { load(item, known: detail) }
        if !later.expected.isEmpty { expect(later.expected) }
    }

    /// Reads ahead, one after another; a newer expectation takes the place of an older one.
    private func expect(_ items: [ItemReference]) {
        let task = Task(priority: .low) {
            for (index, item) in items.enumerated() {
                // The likeliest at once; the others when the keys rest.
                if index == 1 { try? await Task.rest(for: ConsoleLink.keysRest) }
                if Task.isCancelled { return }
                if index == 0 { await expect(item, as: .step) } else { await read(item) }
            }
        }
        expecting.withLock { standing in
            standing?.cancel()
            standing = task
        }
    }

    /// Reads an item, and has its texts made.
    private func expect(_ item: ItemReference, as place: ReadAhead) async {
        await read(item)
        if let detail = details.detail(of: item) { inbox.expect(detail, as: place) }
    }

    private func read(_ item: ItemReference) async {
        guard let reading = details.beginIfMissing(item) else { return }
        // A task of its own, that goes on when this one is cancelled: the next expectation may name
        // the same item, and leaves it to the reading under way.
        let answer = Task { [client] in try? await client.item(WireItemReference(item)) }
        details.end(reading, with: await answer.value.map { ItemDetail($0) })
    }

    private func decide(_ verdict: Verdict) {
        Task { [client, inbox] in
            do throws(ClientError) {
                let reply = try await client.decide(ItemReview(verdict))
                inbox.put(.recorded(verdict.id, Recorded(reply)))
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
    static func failure(_ error: ClientError, of id: DecisionID) -> Message {
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

    private func halt(_ workflow: WorkflowKey, _ reason: String) {
        Task { [client, inbox] in
            do {
                _ = try await client.halt(
                    HaltOrder(
                        scope: .workflow,
                        id: workflow.text,
                        account: workflow.account.text,
                        reason: reason
                    )
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
