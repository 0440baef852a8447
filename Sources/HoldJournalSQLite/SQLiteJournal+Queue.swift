internal import Foundation
internal import GRDB
public import HoldCore
public import HoldJournal

extension SQLiteJournal {
    /// A window of the queue.
    public func queue(_ query: QueueQuery) throws(JournalFault) -> QueueWindow {
        try read("listing the queue") { db in
            let soon = try QueueList.soonCount(db, now: query.now)
            let putOff = try PutOff(db, query)
            let list = QueueList(
                query,
                putOff: putOff,
                claims: query.filter.asksForClaims
                    ? try ItemColumns.claims(db, at: query.now) : [:]
            )
            var entries: [QueueEntry] = []
            var total = 0
            if QueueSearch.answers(query) {
                let found = try QueueSearch(list: list).numbers(db)
                entries = try QueuePage.entries(db, of: found.window)
                total = found.total
            } else {
                var offset = query.windowOffset
                var room = query.windowLimit
                for segment in try list.segments(db, soon: soon) {
                    let take = min(room, max(segment.count - offset, 0))
                    if take > 0 {
                        try segment.read(db, offset: offset, limit: take, into: &entries)
                    }
                    offset = max(offset - segment.count, 0)
                    room -= take
                    total += segment.count
                }
            }
            // The pages come as sets; their order is the rule's, not the planner's.
            entries.sort { query.precedes($0.item, $1.item) }
            let seq = try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT max(seq) FROM events")
            )
            return QueueWindow(
                entries: entries,
                total: total,
                counts: try QueueList.counts(db, soon: soon, putOff: putOff),
                seq: seq ?? 0
            )
        }
    }

    /// The item of this number.
    public func item(number: Int64) throws(JournalFault) -> ItemReference? {
        try read("looking up an item") { db in
            let statement = try db.cachedStatement(
                sql: "SELECT workflow, step FROM items WHERE number = ?"
            )
            guard let row = try Row.fetchOne(statement, arguments: [number]) else { return nil }
            return ItemReference(
                workflow: try row.workflow(0),
                step: StepID(try row.text(1))
            )
        }
    }

    /// The rows of these items, as far as there are any.
    public func rows(
        of items: Set<ItemReference>
    ) throws(JournalFault) -> [ItemReference: ItemRow] {
        try read("looking up items") { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT \(ItemColumns.read) FROM items AS i INDEXED BY items_by_step
                    WHERE i.workflow = ? AND i.step = ?
                    """
            )
            var rows: [ItemReference: ItemRow] = [:]
            for item in items {
                let arguments: StatementArguments = [
                    StoredText.stored(item.workflow.written), StoredText.stored(item.step.text),
                ]
                let row = try Row.fetchOne(statement, arguments: arguments)
                rows[item] = try row.map { try ItemColumns.row($0) }
            }
            return rows
        }
    }

    /// How many items of this account wait for a decision.
    public func openItems(of account: Account) throws(JournalFault) -> Int {
        try read("counting an account's items") { db in
            try Counters.read(db, Counters.account(account.text))
        }
    }

    /// When each operation last undid something for certain.
    public func proofs() throws(JournalFault) -> [String: Instant] {
        try read("reading proofs") { db in
            var proofs: [String: Instant] = [:]
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: "SELECT operation, at FROM proofs")
            )
            while let row = try rows.next() { proofs[try row.text(0)] = try row.instant(1) }
            return proofs
        }
    }
}
