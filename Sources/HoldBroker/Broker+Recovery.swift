import HoldCore
import HoldJournal

/// Finding out what became of an append that nobody knows the outcome of (I1).
extension Broker {
    /// Reads everything anew if an append left a doubt, and does what its commit would have led to:
    /// publishes what turns out to be there, answers who waited for it, runs the undos it started.
    ///
    /// - Throws: `JournalFault` as long as the journal cannot be read: then nothing may be decided.
    mutating func recover() throws(JournalFault) -> [Effect] {
        guard isInDoubt else { return [] }
        try journal.reopen()
        try readAnew()
        let seq = publishedSeq
        let publication = try unpublished()
        var effects: [Effect] = []
        for change in publication?.changes ?? [] {
            effects += waiters.release(in: change.workflow).map {
                .answer($0, .done(change.workflow, events: []))
            }
        }
        if let publication, publication.seq > seq { effects.append(.publish(publication)) }
        for change in publication?.changes ?? [] {
            if change.events.contains(where: \.startsDrill),
                let drill = change.workflow.drillToRun(isInDoubt: false)
            {
                effects.append(.runDrill(drill))
            }
            guard let call = change.workflow.runningUndo else { continue }
            effects.append(.runUndo(call, owner: change.workflow.id.account))
        }
        publishedSeq = publication?.seq ?? seq
        isInDoubt = false
        return effects
    }

    /// Forgets what is in memory, and reads what a start reads.
    mutating func readAnew() throws(JournalFault) {
        cache.dropAll()
        openItems = [:]
        nextItemNumber = try journal.head().nextItemNumber
        provenAt = try journal.proofs()
        let control = try Broker.fold(Workflow.control, from: journal)
        (halts, drills) = (control.halts, control.drills)
    }

    /// What is durable and was not published yet; nil when nothing is.
    private mutating func unpublished() throws(JournalFault) -> Publication? {
        var entries: [Entry] = []
        var page: [Entry]
        repeat {
            page = try journal.entries(after: entries.last?.seq ?? publishedSeq, limit: 10_000)
            entries += page
        } while page.count == 10_000
        guard let last = entries.last else { return nil }
        var order: [WorkflowKey] = []
        var happened: [WorkflowKey: [Event]] = [:]
        for entry in entries {
            if happened[entry.workflow] == nil { order.append(entry.workflow) }
            happened[entry.workflow, default: []].append(try Broker.event(of: entry))
        }
        var changes: [Publication.Change] = []
        for id in order {
            changes.append(
                Publication.Change(workflow: try load(id), events: happened[id] ?? [])
            )
        }
        return Publication(seq: last.seq, entries: entries, changes: changes)
    }

    /// The event that an entry holds.
    static func event(of entry: Entry) throws(JournalFault) -> Event {
        do {
            return try Event(type: entry.type, data: entry.data)
        } catch {
            throw JournalFault(
                .foreign,
                "event \(entry.seq) (\(entry.type)) cannot be read: \(error)"
            )
        }
    }
}
