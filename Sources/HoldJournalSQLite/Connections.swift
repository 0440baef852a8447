internal import GRDB
internal import HoldCore
internal import HoldJournal

/// The two connections of an open store, and the end of the chain that they found.
struct Connections {
    let writer: DatabaseQueue
    let reader: DatabaseQueue
    let head: JournalHead
    /// The file that they have open.
    let identity: StoreFiles.Identity?

    /// How many events at the end are checked before the store counts as open.
    private static let tailEvents: Int64 = 64
    /// Pages in the log before they move into the file: about 16 MiB.
    private static let checkpointPages = 4000
    static let logBytesMax = 64 * 1024 * 1024

    /// Opens the file.
    ///
    /// - Parameters:
    ///   - files: Where it is.
    ///   - options: How it is used.
    ///   - known: What was durable for certain when it was last open; nil at first.
    ///   - isIndexKept: Whether another connection has kept the log's index since then. A commit that
    ///     failed is not in that index, so nobody reads it, and the next one takes its place.
    /// - Throws: `JournalFault` when it cannot be opened, written, or is not what it was.
    init(
        files: StoreFiles,
        options: SQLiteJournal.Options,
        known: JournalHead?,
        isIndexKept: Bool = false
    ) throws(JournalFault) {
        try files.prepareDatabase()
        identity = files.identity
        do {
            writer = try DatabaseQueue(
                path: files.database,
                configuration: Connections.writing(options)
            )
            head = try writer.inDatabase { db in
                try Schema.prepare(db)
                try db.execute(sql: "PRAGMA wal_autocheckpoint = \(Connections.checkpointPages)")
                try db.execute(sql: "PRAGMA journal_size_limit = \(Connections.logBytesMax)")
                if !isIndexKept { try Connections.settle(db) }
                // Says at once when nothing could be appended. SQLite opens a file that may only be
                // read, and begins such a transaction on it, without a word: only a write tells.
                try db.beginTransaction(.immediate)
                try db.execute(sql: "DELETE FROM settings WHERE false")
                try db.rollback()
                return try Connections.head(db, known: known)
            }
            reader = try DatabaseQueue(
                path: files.database,
                configuration: Connections.reading(options)
            )
            // From its first look on it keeps the log's index.
            _ = try reader.inDatabase { try Int.fetchOne($0, sql: "SELECT max(seq) FROM events") }
        } catch {
            let fault = JournalFault(error, while: "opening \(files.database)")
            if let error = error as? DatabaseError, error.resultCode == .SQLITE_NOTADB {
                throw JournalFault(.foreign, fault.context)
            }
            throw fault
        }
    }

    private static func common(_ options: SQLiteJournal.Options) -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(options.busySeconds)
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -8192;
                    """
            )
        }
        return configuration
    }

    private static func writing(_ options: SQLiteJournal.Options) -> Configuration {
        var configuration = common(options)
        configuration.label = "journal.writer"
        // A failed rollback is told as an unknown outcome, not by a trap.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            if let pages = options.pagesMax {
                try db.execute(sql: "PRAGMA max_page_count = \(max(pages, 1))")
            }
        }
        return configuration
    }

    private static func reading(_ options: SQLiteJournal.Options) -> Configuration {
        var configuration = common(options)
        configuration.label = "journal.reader"
        // A search passes over the index of everything open: at 100,000 items that is about 20 MiB, which
        // stays at hand from one key to the next. A reader that lists little never takes that much.
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA cache_size = -24576") }
        configuration.readonly = true
        configuration.allowsUnsafeTransactions = true
        return configuration
    }

    /// Moves the log into the file, so that what the log's new index shows is on the disk for certain,
    /// also after a sync that failed: a page that the system kept in memory proves nothing.
    private static func settle(_ db: Database) throws {
        do { try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") } catch let error
            as DatabaseError where error.resultCode == .SQLITE_FULL
        {
            // A full disk loses nothing that was written.
        }
    }

    /// The end of the chain, the last events before it checked.
    private static func head(_ db: Database, known: JournalHead?) throws -> JournalHead {
        let last = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM events") ?? 0
        if let known, known.seq > 0 {
            guard last >= known.seq else { throw EntryColumns.missing(last + 1) }
            let hash = try EntryPage.hash(of: known.seq, in: db)
            guard hash == known.hash else { throw EntryColumns.changed(known.seq) }
        }
        let tail = try EntryPage.entries(after: max(last - tailEvents, 0), limit: 64, in: db)
        let number = try Int64.fetchOne(db, sql: "SELECT max(number) FROM items") ?? 0
        return JournalHead(
            seq: last,
            hash: tail.last?.hash ?? Entry.origin,
            at: tail.last?.at,
            nextItemNumber: number + 1
        )
    }
}
