public import HoldCore
public import HoldWire

/// A reviewer's side of a service: lists, decides, steers.
public struct ReviewClient: Sendable {
    /// What it talks through.
    public let connection: Connection

    /// Talks through this connection, which must be one of the review socket.
    public init(_ connection: Connection) { self.connection = connection }

    // MARK: - The queue

    /// A window of the queue as it stands.
    public func list(_ query: QueueQuery) async throws(ClientError) -> QueueWindow {
        try await connection.call(QueueList.self, query)
    }

    /// The window, and its new content after every change, for as long as somebody reads.
    ///
    /// It survives reconnects: each begins with the window as it then stands. Who reads slowly gets
    /// the newest window and none of those between. A second subscription ends the first.
    ///
    /// - Throws: ``ClientError`` when the service refuses the query.
    public func subscribe(
        _ query: QueueQuery
    ) async throws(ClientError) -> AsyncStream<QueueWindow> {
        let params = try Connection.checked(QueueSubscribe.self, query)
        let subscription = QueueSubscription()
        let stream = subscription.stream
        connection.follow(subscription, params)
        switch await subscription.began.value {
        case .success: return stream
        case .failure(let error): throw error
        }
    }

    // MARK: - One item

    /// Everything about one item.
    public func item(_ item: WireItemReference) async throws(ClientError) -> WireItemDetail {
        try await connection.call(ItemGet.self, ItemParams(item: item))
    }

    /// Says what a person says about an item.
    ///
    /// Sent once, ever: when the connection ends before the answer, this throws
    /// ``ClientError/unconfirmed(_:)``, and ``item(_:)`` tells what became of it.
    public func decide(
        _ review: ItemReview,
        timeout: Duration? = Connection.usualTimeout
    ) async throws(ClientError) -> ItemDecideReply {
        try await connection.call(ItemDecide.self, review, timeout: timeout)
    }

    /// Says what a person says about many items; all of it is recorded together.
    public func decide(
        _ reviews: [ItemReview],
        timeout: Duration? = Connection.usualTimeout
    ) async throws(ClientError) -> [ItemsDecideResult] {
        let params = ItemsDecide.Params(decisions: reviews)
        return try await connection.call(ItemsDecide.self, params, timeout: timeout).results
    }

    /// Hands an item to the next tier.
    public func escalate(
        _ item: WireItemReference,
        reason: String? = nil
    ) async throws(ClientError) -> ItemEscalate.Reply {
        let params = ItemEscalate.Params(item: item, reason: reason)
        return try await connection.call(ItemEscalate.self, params)
    }

    /// Tells colleagues that this person is on an item: a courtesy, never a lock on deciding.
    ///
    /// - Parameters:
    ///   - item: Which one.
    ///   - seconds: For how long, above 0; ten minutes when nil. Never past the item's deadline.
    /// - Throws: ``ClientError/refused(_:)`` with `conflict` while a colleague holds it.
    /// - Returns: The claim as it now stands.
    public func claim(
        _ item: WireItemReference,
        seconds: Double? = nil
    ) async throws(ClientError) -> WireClaim {
        try await connection.call(ItemClaim.self, ItemClaim.Params(item: item, seconds: seconds))
    }

    /// Gives one's claim on an item up; does nothing when there is none.
    public func release(_ item: WireItemReference) async throws(ClientError) -> WireClaim {
        try await connection.call(ItemRelease.self, ItemParams(item: item))
    }

    /// Puts an item out of this person's sight for so many seconds; 0 brings it back.
    public func snooze(
        _ item: WireItemReference,
        seconds: Double
    ) async throws(ClientError) -> ItemSnooze.Reply {
        try await connection.call(ItemSnooze.self, ItemSnooze.Params(item: item, seconds: seconds))
    }

    /// Writes something to an item for whoever looks at it next.
    public func note(
        _ item: WireItemReference,
        text: String
    ) async throws(ClientError) -> WireNoted {
        try await connection.call(ItemNote.self, ItemNote.Params(item: item, text: text))
    }

    /// What a rejection of the item would undo now.
    public func undoPreview(
        _ item: WireItemReference
    ) async throws(ClientError) -> WireUndoPreview {
        try await connection.call(UndoPreview.self, ItemParams(item: item))
    }

    // MARK: - The shift

    /// What this shift hands to the next; notes only after `since`.
    public func handoff(since: Instant? = nil) async throws(ClientError) -> WireHandoff {
        try await connection.call(HandoffGet.self, HandoffGet.Params(since: since))
    }

    /// Leaves a note for whoever comes next.
    public func leaveHandoff(_ text: String) async throws(ClientError) -> WireNoted {
        try await connection.call(HandoffNote.self, HandoffNote.Params(text: text))
    }

    // MARK: - Workflows

    /// The workflows, the newest change first.
    public func workflows(
        status: WireWorkflowStatus? = nil,
        offset: Int? = nil,
        limit: Int? = nil
    ) async throws(ClientError) -> WorkflowList.Reply {
        let params = WorkflowList.Params(status: status, offset: offset, limit: limit)
        return try await connection.call(WorkflowList.self, params)
    }

    /// Everything about one workflow; `account` says whose, where several accounts have one.
    public func workflow(
        _ id: String,
        of account: String? = nil
    ) async throws(ClientError) -> WireWorkflowDetail {
        let params = WorkflowGet.Params(account: account, workflow: id)
        return try await connection.call(WorkflowGet.self, params)
    }

    /// Tries the link again at which an undo chain is stuck.
    public func retryUndo(_ order: UndoSteer) async throws(ClientError) -> UndoChainReply {
        try await connection.call(UndoRetry.self, order)
    }

    /// Leaves the link out at which an undo chain is stuck; takes two people.
    public func skipUndo(_ order: UndoSteer) async throws(ClientError) -> UndoChainReply {
        try await connection.call(UndoSkip.self, order)
    }

    /// Says that the link at which an undo chain is stuck was undone by hand.
    public func resolveUndo(_ order: UndoSteer) async throws(ClientError) -> UndoChainReply {
        try await connection.call(UndoResolve.self, order)
    }

    /// Proves an operation's undo without an incident; takes as long as it takes.
    public func drill(_ operation: String) async throws(ClientError) -> UndoDrill.Reply {
        let params = UndoDrill.Params(operation: operation)
        return try await connection.call(UndoDrill.self, params, timeout: nil)
    }

    // MARK: - The stop button

    /// Presses the stop button; tells every one that is pressed now.
    public func halt(_ order: HaltOrder) async throws(ClientError) -> [WireHalt] {
        try await connection.call(ControlHalt.self, order).halts
    }

    /// Releases the stop button; tells every one that is still pressed.
    public func resume(_ order: HaltOrder) async throws(ClientError) -> [WireHalt] {
        try await connection.call(ControlResume.self, order).halts
    }

    // MARK: - The record

    /// A stretch of the journal.
    public func audit(_ params: AuditList.Params) async throws(ClientError) -> AuditList.Reply {
        let wait = Duration.seconds(min(params.waitSeconds ?? 0, 86_400))
        return try await connection.call(
            AuditList.self,
            params,
            timeout: wait + Connection.usualTimeout
        )
    }

    /// Checks the whole journal; takes as long as it takes.
    public func verifyAudit() async throws(ClientError) -> AuditVerify.Reply {
        try await connection.call(AuditVerify.self, WireNothing(), timeout: nil)
    }

    /// Counts, outcome shares and latencies of the items opened since a time; of all when left out.
    public func stats(since: Instant? = nil) async throws(ClientError) -> StatsGet.Reply {
        try await connection.call(StatsGet.self, StatsGet.Params(since: since))
    }

    /// What runs, with what.
    public func status(
        timeout: Duration? = Connection.usualTimeout
    ) async throws(ClientError) -> ServiceStatus.Reply {
        try await connection.call(ServiceStatus.self, WireNothing(), timeout: timeout)
    }
}
