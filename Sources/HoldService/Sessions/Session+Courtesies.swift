import HoldBroker
import HoldCore
import HoldJournal
import HoldWire

/// What reviewers tell each other: claims, snoozes, notes, and the hand-off between shifts.
extension Session {
    /// The most entries in each list of a hand-off.
    private static let handoffMax = 100

    func claimItem(_ call: Call) throws(RPCError) {
        let params = try call.params(of: ItemClaim.self)
        let span = params.seconds.map { Span(seconds: $0) }
        say({ .claim($0, span) }, of: params.item, call) { session, item in
            session.reply(
                call,
                to: ItemClaim.self,
                WireClaim(item.claim(at: session.house.clock.now()))
            )
        }
    }

    func releaseItem(_ call: Call) throws(RPCError) {
        let params = try call.params(of: ItemRelease.self)
        say({ .release($0) }, of: params.item, call) { session, item in
            session.reply(
                call,
                to: ItemRelease.self,
                WireClaim(item.claim(at: session.house.clock.now()))
            )
        }
    }

    func snoozeItem(_ call: Call) throws(RPCError) {
        let params = try call.params(of: ItemSnooze.self)
        let span = Span(seconds: params.seconds)
        say({ .snooze($0, span) }, of: params.item, call) { session, item in
            let now = session.house.clock.now()
            let until = item.snooze(of: session.peer.uid, at: now)?.until
            session.reply(call, to: ItemSnooze.self, ItemSnooze.Reply(until: until ?? now))
        }
    }

    func noteItem(_ call: Call) throws(RPCError) {
        let params = try call.params(of: ItemNote.self)
        say({ .note($0, params.text) }, of: params.item, call) { session, item in
            session.reply(
                call,
                to: ItemNote.self,
                WireNoted(at: item.notes.newest(of: session.peer) ?? session.house.clock.now())
            )
        }
    }

    /// Has one thing said of an item, and hands on the item as it then stands.
    private func say(
        _ command: @escaping @Sendable (StepID) -> Command,
        of item: WireItemReference,
        _ call: Call,
        then: @escaping @Sendable (Session, Item) -> Void
    ) {
        resolve(item, call) { session, reference in
            session.ask(
                .command(command(reference.step)),
                in: reference.workflow,
                by: .reviewer(session.peer),
                call
            ) { session, workflow, _ throws(RPCError) in
                guard let item = workflow.step(reference.step)?.item else {
                    throw RPCError(.unknownItem(reference.step))
                }
                then(session, item)
            }
        }
    }

    // MARK: - Between shifts

    func noteHandoff(_ call: Call) throws(RPCError) {
        let params = try call.params(of: HandoffNote.self)
        ask(.command(.noteShift(params.text)), in: Workflow.control, by: .reviewer(peer), call) {
            session,
            control,
            _ in
            session.reply(
                call,
                to: HandoffNote.self,
                WireNoted(
                    at: control.shiftNotes.newest(of: session.peer) ?? session.house.clock.now()
                )
            )
        }
    }

    func getHandoff(_ call: Call) throws(RPCError) {
        let since = try call.params(of: HandoffGet.self).since
        ask(.peek, in: Workflow.control, by: .reviewer(peer), call) { session, control, _ in
            let notes = control.shiftNotes.filter { note in since.map { $0 < note.at } ?? true }
            let viewer = session.viewer
            session.house.read(
                { journal throws(JournalFault) in
                    try WireHandoff(notes, from: journal, to: viewer, limit: Session.handoffMax)
                },
                then: session.later { session, result in
                    session.answer(call, HandoffGet.self, result) { $0 }
                }
            )
        }
    }
}

extension WireClaim {
    fileprivate init(_ claim: Claim?) {
        self.init(claimedBy: claim?.by, claimedUntil: claim?.until)
    }
}

extension [Note] {
    /// When this person wrote last.
    fileprivate func newest(of peer: Peer) -> Instant? { last { $0.uid == peer.uid }?.at }
}

extension WireHandoff {
    fileprivate init(
        _ notes: [Note],
        from journal: any Journal,
        to viewer: Viewer,
        limit: Int
    ) throws(JournalFault) {
        let counts = try journal.queue(QueueQuery(limit: 1, now: viewer.now)).counts
        let courtesies = try journal.courtesies(at: viewer.now, limit: limit)
        let stuck = try journal.workflows(WorkflowQuery(status: .stuck, limit: limit))
        let unwinding = try journal.workflows(WorkflowQuery(status: .unwinding, limit: limit))
        self.init(
            notes: notes.reversed().map { WireNote(by: $0.by, text: $0.text, at: $0.at) },
            pending: counts.open - counts.stuck,
            urgent: counts.urgent,
            claimed: courtesies.claimed.map { WireItem($0, to: viewer) },
            snoozed: courtesies.snoozed.map {
                WireSnoozed(
                    by: $0.snooze.by,
                    until: $0.snooze.until,
                    item: WireItem($0.entry, to: viewer)
                )
            },
            stuck: try stuck.rows.map { row throws(JournalFault) in
                try WireWorkflow(row, waiting: stuck.waiting[row.workflow], from: journal)
            },
            unwinding: unwinding.rows.map {
                WireWorkflow($0, waiting: unwinding.waiting[$0.workflow])
            },
            oldest: counts.oldest,
            counts: [
                "notes": notes.count, "claimed": courtesies.claimedTotal,
                "snoozed": courtesies.snoozedTotal, "stuck": stuck.total,
                "unwinding": unwinding.total,
            ]
        )
    }
}
