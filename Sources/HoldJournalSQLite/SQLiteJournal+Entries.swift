internal import Foundation
internal import GRDB
public import HoldCore
public import HoldJournal
internal import Synchronization

extension SQLiteJournal {
    /// The events of one workflow after a version, in order, each checked against the one before it in
    /// the journal.
    public func entries(
        of workflow: WorkflowKey,
        after version: Int
    ) throws(JournalFault) -> [Entry] {
        try read("reading a workflow's events") { db in
            try EntryPage.entries(of: workflow, after: max(version, 0), in: db)
        }
    }

    /// The events after a sequence number, in order, at most `limit` (1…10,000), each checked.
    public func entries(after seq: Int64, limit: Int) throws(JournalFault) -> [Entry] {
        let start = max(seq, 0)
        let count = min(max(limit, 1), 10_000)
        let durable = durableSeq.load(ordering: .acquiring)
        let page = try read("reading events after \(start)") { db in
            try EntryPage.entries(after: start, limit: count, in: db)
        }
        let last = page.last?.seq ?? start
        guard page.count == count || last >= durable else { throw EntryColumns.missing(last + 1) }
        return page
    }

    /// The events that an audit asks for, each checked, and how far it has come.
    public func entries(_ query: EntryQuery) throws(JournalFault) -> EntryWindow {
        try read("searching events") { db in
            let end = try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT coalesce(max(seq), 0) FROM events")
            )
            let time = { try EntryPage.time(of: $0, in: db) }
            guard let end, let range = try query.range(end: end, time: time) else {
                return EntryWindow(entries: [], reached: nil)
            }
            return try query.window(
                EntryPage.entries(query, in: range, of: db),
                in: range,
                end: end,
                time: time
            )
        }
    }

    /// A stored blob, checked against its digest; nil when there is none.
    public func blob(_ digest: Digest) throws(JournalFault) -> [UInt8]? {
        try read("reading a blob") { db in
            let statement = try db.cachedStatement(
                sql: "SELECT content FROM blobs WHERE digest = ?"
            )
            guard let data = try Data.fetchOne(statement, arguments: [Data(digest.bytes)]) else {
                return nil
            }
            let bytes = [UInt8](data)
            guard Digest(of: bytes) == digest else {
                throw JournalFault(.corrupt, "blob \(digest) is not what was written")
            }
            return bytes
        }
    }
}

/// Events read from the file and checked on the way (I14).
enum EntryPage {
    static func entries(after seq: Int64, limit: Int, in db: Database) throws -> [Entry] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(EntryColumns.read) FROM events AS e
                WHERE e.seq > ? ORDER BY e.seq LIMIT ?
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [seq, limit])
        var page: [Entry] = []
        var last = seq
        var previous: Digest?
        while let row = try rows.next() {
            let found: Int64 = try row.value(0)
            guard found == last + 1 else { throw EntryColumns.missing(last + 1) }
            let entry = try EntryColumns.entry(row)
            let before = try previous ?? hash(of: seq, in: db)
            guard let before else { throw EntryColumns.missing(seq) }
            guard entry.previous == before else { throw EntryColumns.changed(entry.seq) }
            last = entry.seq
            previous = entry.hash
            page.append(entry)
        }
        return page
    }

    static func entries(
        of workflow: WorkflowKey,
        after version: Int,
        in db: Database
    ) throws -> [Entry] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(EntryColumns.read), (SELECT p.hash FROM events AS p WHERE p.seq = e.seq - 1)
                FROM events AS e WHERE e.workflow = ? AND e.version > ? ORDER BY e.version
                """
        )
        let rows = try Row.fetchCursor(
            statement,
            arguments: [StoredText.stored(workflow.written), version]
        )
        var entries: [Entry] = []
        var last = version
        while let row = try rows.next() {
            let entry = try EntryColumns.entry(row)
            let before: Digest? =
                if entry.seq == 1 { Entry.origin } else {
                    try EntryColumns.digest(row, EntryColumns.readCount)
                }
            guard entry.version == last + 1, entry.previous == before else {
                throw EntryColumns.changed(entry.seq)
            }
            last = entry.version
            entries.append(entry)
        }
        return entries
    }

    /// What a search finds within a range, and one more than its limit where there are so many.
    static func entries(
        _ query: EntryQuery,
        in range: ClosedRange<Int64>,
        of db: Database
    ) throws -> [Entry] {
        var sql = """
            SELECT \(EntryColumns.read), (SELECT p.hash FROM events AS p WHERE p.seq = e.seq - 1)
            FROM events AS e WHERE \(query.workflow == nil ? "" : "+")e.seq BETWEEN ? AND ?
            """
        var arguments: [DatabaseValue] = [
            range.lowerBound.databaseValue, range.upperBound.databaseValue,
        ]
        func narrow(_ condition: String, _ values: [DatabaseValue]) {
            sql += " AND \(condition)"
            arguments += values
        }
        func marks(_ count: Int) -> String {
            Array(repeating: "?", count: count).joined(separator: ", ")
        }
        if let workflow = query.workflow {
            narrow("e.workflow = ?", [StoredText.stored(workflow.written).databaseValue])
        }
        if let types = query.types {
            narrow("e.type IN (\(marks(types.count)))", types.sorted().map(\.databaseValue))
        }
        if let kinds = query.kinds {
            let words = kinds.map(\.rawValue).sorted()
            narrow("e.actor IN (\(marks(kinds.count)))", words.map(\.databaseValue))
        }
        if let user = query.user {
            narrow("e.user = ?", [StoredText.stored(user).databaseValue])
        }
        if let since = query.since { narrow("e.at >= ?", [since.milliseconds.databaseValue]) }
        // The order within a workflow is that of the journal.
        sql += " ORDER BY e.\(query.workflow == nil ? "seq" : "version")"
        sql += (query.isNewestFirst ? " DESC" : "") + " LIMIT ?"
        arguments.append((query.windowLimit + 1).databaseValue)
        let statement = try db.makeStatement(sql: sql)
        let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
        var found: [Entry] = []
        while let row = try rows.next() {
            let entry = try EntryColumns.entry(row)
            let before =
                entry.seq == 1 ? Entry.origin : try EntryColumns.digest(row, EntryColumns.readCount)
            guard entry.previous == before else { throw EntryColumns.changed(entry.seq) }
            found.append(entry)
        }
        return found
    }

    /// When an event happened.
    static func time(of seq: Int64, in db: Database) throws -> Instant {
        let statement = try db.cachedStatement(sql: "SELECT at FROM events WHERE seq = ?")
        guard let at = try Int64.fetchOne(statement, arguments: [seq]) else {
            throw EntryColumns.missing(seq)
        }
        return Instant(milliseconds: at)
    }

    /// The hash of an event; of nothing at all before the first; nil when it is missing.
    static func hash(of seq: Int64, in db: Database) throws -> Digest? {
        guard seq > 0 else { return Entry.origin }
        let statement = try db.cachedStatement(sql: "SELECT hash FROM events WHERE seq = ?")
        let data = try Data.fetchOne(statement, arguments: [seq])
        return data.flatMap { Digest(bytes: [UInt8]($0)) }
    }
}
