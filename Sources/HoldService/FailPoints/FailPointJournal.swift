#if FAILPOINTS
    import HoldCore
    import HoldJournal

    /// A journal beside whose commits the service can die.
    final class FailPointJournal: Journal {
        let failPoints: FailPoints
        private let journal: any Journal

        init(_ journal: any Journal, _ failPoints: FailPoints) {
            self.journal = journal
            self.failPoints = failPoints
        }

        func append(_ batch: Batch) -> AppendOutcome {
            let isHit = failPoints.isHit(by: batch)
            if isHit { failPoints.willCommit() }
            let outcome = journal.append(batch)
            if isHit, case .durable = outcome { failPoints.didCommit() }
            return outcome
        }

        // MARK: - All the rest is the journal's

        var checksHashes: Bool { journal.checksHashes }
        func reopen() throws(JournalFault) { try journal.reopen() }
        func head() throws(JournalFault) -> JournalHead { try journal.head() }

        func entries(
            of workflow: WorkflowKey,
            after version: Int
        ) throws(JournalFault) -> [Entry] {
            try journal.entries(of: workflow, after: version)
        }

        func entries(after seq: Int64, limit: Int) throws(JournalFault) -> [Entry] {
            try journal.entries(after: seq, limit: limit)
        }

        func entries(_ query: EntryQuery) throws(JournalFault) -> EntryWindow {
            try journal.entries(query)
        }
        func rows(
            of items: Set<ItemReference>
        ) throws(JournalFault) -> [ItemReference: ItemRow] {
            try journal.rows(of: items)
        }
        func figures(_ query: FigureQuery) throws(JournalFault) -> FigureSource {
            try journal.figures(query)
        }
        func blob(_ digest: Digest) throws(JournalFault) -> [UInt8]? { try journal.blob(digest) }

        func queue(_ query: QueueQuery) throws(JournalFault) -> QueueWindow {
            try journal.queue(query)
        }

        func courtesies(at now: Instant, limit: Int) throws(JournalFault) -> CourtesyWindow {
            try journal.courtesies(at: now, limit: limit)
        }

        func item(number: Int64) throws(JournalFault) -> ItemReference? {
            try journal.item(number: number)
        }

        func workflows(_ query: WorkflowQuery) throws(JournalFault) -> WorkflowWindow {
            try journal.workflows(query)
        }

        func workflows(named text: String) throws(JournalFault) -> [WorkflowRow] {
            try journal.workflows(named: text)
        }

        func due(by now: Instant) throws(JournalFault) -> DueWork { try journal.due(by: now) }
        func unwinding() throws(JournalFault) -> [WorkflowKey] { try journal.unwinding() }
        func openItems(of account: Account) throws(JournalFault) -> Int {
            try journal.openItems(of: account)
        }
        func proofs() throws(JournalFault) -> [String: Instant] { try journal.proofs() }
        func setting(_ name: String) throws(JournalFault) -> [UInt8]? { try journal.setting(name) }

        func keep(_ value: [UInt8], as name: String) throws(JournalFault) {
            try journal.keep(value, as: name)
        }

        func size() throws(JournalFault) -> Int64 { try journal.size() }
    }
#endif
