public import HoldCore
internal import Synchronization

/// A journal that lasts as long as its process: for simulations, tests and demonstrations.
///
/// It keeps every law but durability, and answers lists by looking at everything.
public final class MemoryJournal: Journal {
    /// Nothing is checked: what is in memory is what was appended.
    public let checksHashes = false
    private let contents = Mutex(Contents())

    /// An empty journal.
    public init() {}

    /// Makes a batch part of the journal, or says that it is not.
    public func append(_ batch: Batch) -> AppendOutcome {
        contents.withLock { $0.append(batch) }
    }

    /// Does nothing: there is nothing behind this journal that could be opened anew.
    public func reopen() throws(JournalFault) {}

    /// The end of the chain.
    public func head() throws(JournalFault) -> JournalHead {
        contents.withLock { $0.head }
    }

    /// The events of one workflow after a version, in order.
    public func entries(
        of workflow: WorkflowKey,
        after version: Int
    ) throws(JournalFault) -> [Entry] {
        contents.withLock { contents in
            (contents.places[workflow] ?? []).dropFirst(max(version, 0)).map {
                contents.entries[$0]
            }
        }
    }

    /// The events after a sequence number, in order, at most `limit` (1…10,000).
    public func entries(after seq: Int64, limit: Int) throws(JournalFault) -> [Entry] {
        contents.withLock { contents in
            let start = Int(min(max(seq, 0), Int64(contents.entries.count)))
            return Array(contents.entries.dropFirst(start).prefix(min(max(limit, 1), 10_000)))
        }
    }

    /// The events that an audit asks for, and how far it has come.
    public func entries(_ query: EntryQuery) throws(JournalFault) -> EntryWindow {
        contents.withLock { contents in
            let end = Int64(contents.entries.count)
            let time = { (seq: Int64) in contents.entries[Int(seq) - 1].at }
            guard let range = query.range(end: end, time: time) else {
                return EntryWindow(entries: [], reached: nil)
            }
            let places = Int(range.lowerBound) - 1..<Int(range.upperBound)
            let found = contents.entries[places].filter(query.matches)
            let ordered = query.isNewestFirst ? found.reversed() : found
            return query.window(
                Array(ordered.prefix(query.windowLimit + 1)),
                in: range,
                end: end,
                time: time
            )
        }
    }

    /// A stored blob; nil when there is none of this digest.
    public func blob(_ digest: Digest) throws(JournalFault) -> [UInt8]? {
        contents.withLock { $0.blobs[digest] }
    }

    /// A window of the queue.
    public func queue(_ query: QueueQuery) throws(JournalFault) -> QueueWindow {
        contents.withLock { $0.window(of: query) }
    }

    /// What is taken on or put off at this time, at most `limit` (1…1,000) of each.
    public func courtesies(
        at now: Instant,
        limit: Int
    ) throws(JournalFault) -> CourtesyWindow {
        contents.withLock { $0.courtesies(at: now, limit: min(max(limit, 1), 1000)) }
    }

    /// The item of this number.
    public func item(number: Int64) throws(JournalFault) -> ItemReference? {
        contents.withLock { contents in
            contents.items[number].map { ItemReference(workflow: $0.workflow, step: $0.step) }
        }
    }

    /// The rows of these items, as far as there are any.
    public func rows(
        of items: Set<ItemReference>
    ) throws(JournalFault) -> [ItemReference: ItemRow] {
        contents.withLock { contents in
            var rows: [ItemReference: ItemRow] = [:]
            for row in contents.items.values {
                let reference = ItemReference(workflow: row.workflow, step: row.step)
                if items.contains(reference) { rows[reference] = row }
            }
            return rows
        }
    }

    /// The workflows that agents call so, of whatever account, in the order of their keys.
    public func workflows(named text: String) throws(JournalFault) -> [WorkflowRow] {
        contents.withLock { contents in
            contents.workflows.values.filter { $0.workflow.text.isSame(as: text) }
                .sorted { $0.workflow < $1.workflow }
        }
    }

    /// What figures are worked out from.
    public func figures(_ query: FigureQuery) throws(JournalFault) -> FigureSource {
        contents.withLock { $0.figures(query) }
    }

    /// A window of the list of workflows.
    public func workflows(_ query: WorkflowQuery) throws(JournalFault) -> WorkflowWindow {
        contents.withLock { contents in
            let rows = contents.workflows.values
                .filter { query.status == nil || $0.status == query.status }
                .sorted { $0.precedes($1) }
            let window = Array(
                rows.dropFirst(max(query.offset, 0)).prefix(min(max(query.limit, 1), 1000))
            )
            return WorkflowWindow(
                rows: window,
                total: rows.count,
                waiting: contents.waiting(in: Set(window.map(\.workflow)))
            )
        }
    }

    /// The workflows in which something is due by this time, the longest due first.
    public func due(by now: Instant) throws(JournalFault) -> DueWork {
        contents.withLock { contents in
            var due: [(at: Instant, workflow: WorkflowKey)] = []
            var next: Instant?
            for row in contents.workflows.values {
                guard let wake = row.nextWake else { continue }
                if wake <= now {
                    due.append((wake, row.workflow))
                } else {
                    next = min(next ?? wake, wake)
                }
            }
            due.sort { ($0.at, $0.workflow) < ($1.at, $1.workflow) }
            return DueWork(workflows: due.map(\.workflow), next: next)
        }
    }

    /// The workflows whose undo chain is running or stuck, in the order of their ids.
    public func unwinding() throws(JournalFault) -> [WorkflowKey] {
        contents.withLock { contents in
            contents.workflows.values.filter { $0.phase.isUnwinding }.map(\.workflow)
                .sorted()
        }
    }

    /// How many items of this account wait for a decision.
    public func openItems(of account: Account) throws(JournalFault) -> Int {
        contents.withLock {
            $0.open.values.count { $0.workflow.account == account && $0.state.isPending }
        }
    }

    /// When each operation last undid something for certain.
    public func proofs() throws(JournalFault) -> [String: Instant] {
        contents.withLock { $0.proofs }
    }

    /// A setting of the store; nil when never set.
    public func setting(_ name: String) throws(JournalFault) -> [UInt8]? {
        contents.withLock { $0.settings[name] }
    }

    /// Keeps a setting as long as the journal lives.
    public func keep(_ value: [UInt8], as name: String) throws(JournalFault) {
        contents.withLock { $0.settings[name] = value }
    }

    /// How large events and blobs are, in bytes.
    public func size() throws(JournalFault) -> Int64 {
        contents.withLock { contents in
            let blobs = contents.blobs.values.reduce(0) { $0 + $1.count }
            return Int64(contents.entries.reduce(blobs) { $0 + $1.data.canonical.count })
        }
    }
}

extension MemoryJournal {
    /// Everything there is, and how it changes.
    private struct Contents {
        var entries: [Entry] = []
        /// Where in `entries` the events of a workflow stand.
        var places: [WorkflowKey: [Int]] = [:]
        var blobs: [Digest: [UInt8]] = [:]
        var items: [Int64: ItemRow] = [:]
        /// The open ones of `items`.
        var open: [Int64: ItemRow] = [:]
        var lastItemNumber: Int64 = 0
        var workflows: [WorkflowKey: WorkflowRow] = [:]
        /// The deepest that each has stood.
        var deepest: [WorkflowKey: Int] = [:]
        var proofs: [String: Instant] = [:]
        var settings: [String: [UInt8]] = [:]

        var head: JournalHead {
            JournalHead(
                seq: Int64(entries.count),
                hash: entries.last?.hash ?? Entry.origin,
                at: entries.last?.at,
                nextItemNumber: lastItemNumber + 1
            )
        }

        mutating func append(_ batch: Batch) -> AppendOutcome {
            let loser = batch.loser(nextItemNumber: lastItemNumber + 1) { places[$0]?.count ?? 0 }
            if let loser { return .lostRace(loser) }
            var versions: [WorkflowKey: Int] = [:]
            let added: [Entry]
            do {
                added = try batch.entries(after: head) { workflow in
                    let version = (versions[workflow] ?? places[workflow]?.count ?? 0) + 1
                    versions[workflow] = version
                    return version
                }
            } catch {
                return .refused(error)
            }
            for entry in added {
                places[entry.workflow, default: []].append(entries.count)
                entries.append(entry)
            }
            blobs.merge(batch.blobs) { standing, _ in standing }
            for row in batch.items {
                items[row.number] = row
                open[row.number] = row.isOpen ? row : nil
                lastItemNumber = max(lastItemNumber, row.number)
            }
            for row in batch.workflows {
                workflows[row.workflow] = row
                deepest[row.workflow] = max(deepest[row.workflow] ?? 0, row.depth)
            }
            proofs.merge(batch.proofs) { _, later in later }
            return .durable(added)
        }

        func window(of query: QueueQuery) -> QueueWindow {
            let candidates = query.isOfOpen ? open : items
            let rows = candidates.values.filter { query.matches($0) }
                .sorted { query.precedes($0, $1) }
            var counts = QueueCounts()
            for row in open.values { counts.add(row, now: query.now, viewer: query.viewer) }
            return QueueWindow(
                entries: rows.dropFirst(query.windowOffset).prefix(query.windowLimit).map(entry),
                total: rows.count,
                counts: counts,
                seq: Int64(entries.count)
            )
        }

        func waiting(in listed: Set<WorkflowKey>) -> [WorkflowKey: WaitingItems] {
            var waiting: [WorkflowKey: WaitingItems] = [:]
            for row in open.values where row.state.isPending && listed.contains(row.workflow) {
                let item = WaitingItem(
                    number: row.number,
                    createdAt: row.createdAt,
                    deadline: row.deadline
                )
                if waiting[row.workflow]?.add(item) == nil {
                    waiting[row.workflow] = WaitingItems(item)
                }
            }
            return waiting
        }

        func figures(_ query: FigureQuery) -> FigureSource {
            let limit = min(max(query.limit, 1), FigureQuery.recordsMax)
            let wanted = items.values.filter { row in
                query.since.map { row.createdAt >= $0 } ?? true
            }.sorted { ($1.createdAt, $1.number) < ($0.createdAt, $0.number) }
            let standing = workflows.values.filter { $0.status != .finished }
            let changed = workflows.values.filter { row in
                query.since.map { row.updatedAt >= $0 } ?? true
            }
            return FigureSource(
                records: wanted.prefix(limit).map { ItemRecord($0) },
                isCut: wanted.count > limit,
                depth: workflows.values.map(\.depth).max() ?? 0,
                depthMax: changed.compactMap { deepest[$0.workflow] }.max() ?? 0,
                depthMean: standing.isEmpty
                    ? 0 : Double(standing.reduce(0) { $0 + $1.depth }) / Double(standing.count)
            )
        }

        func courtesies(at now: Instant, limit: Int) -> CourtesyWindow {
            let claimed = open.values.compactMap { row in
                row.claim(at: now).map { (until: $0.until, row: row) }
            }.sorted { ($0.until, $0.row.number) < ($1.until, $1.row.number) }
            let snoozed = open.values.flatMap { row in
                row.snoozes.filter { $0.stands(at: now) }.map { (snooze: $0, row: row) }
            }.sorted {
                ($0.snooze.until, $0.row.number, $0.snooze.uid)
                    < ($1.snooze.until, $1.row.number, $1.snooze.uid)
            }
            return CourtesyWindow(
                claimed: claimed.prefix(limit).map { entry(for: $0.row) },
                claimedTotal: claimed.count,
                snoozed: snoozed.prefix(limit).map {
                    SnoozedEntry(snooze: $0.snooze, entry: entry(for: $0.row))
                },
                snoozedTotal: snoozed.count
            )
        }

        private func entry(for row: ItemRow) -> QueueEntry {
            let workflow = workflows[row.workflow]
            return QueueEntry(
                item: row,
                depth: workflow?.depth ?? 0,
                depthLimit: workflow?.depthLimit ?? 0,
                provenAt: row.undoOperation.flatMap { proofs[$0] }
            )
        }
    }
}
