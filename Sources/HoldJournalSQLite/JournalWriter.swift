internal import Foundation
internal import GRDB
internal import HoldCore
internal import HoldJournal

/// The one writing connection, and the end of the chain as it knows it.
struct JournalWriter {
    /// nil when it is closed.
    var connection: DatabaseQueue?
    /// The last end of the chain that was durable for certain.
    var head: JournalHead
    /// The file that was opened last.
    var identity: StoreFiles.Identity?
    var reserve: Reserve
    /// Whether nobody knows what became of the last append: nothing is appended before a reopening.
    var isUncertain = false
    /// Whether it was closed for good.
    var isClosed = false

    /// Makes a batch durable, or says that it is not.
    mutating func append(_ batch: Batch) -> AppendOutcome {
        guard let connection else { return .refused(.closed) }
        if !batch.isOfTime, let fault = makeRoom() { return .refused(fault) }
        guard !isUncertain else {
            return .refused(
                JournalFault(.io, "the last append's outcome is not known: reopen the store first")
            )
        }
        let head = head
        let (outcome, next) = connection.inDatabase { db in
            JournalWriter.append(batch, after: head, to: db)
        }
        switch outcome {
        case .durable:
            self.head = next
            reserve.restore()
        case .unknown: isUncertain = true
        case .lostRace, .refused: break
        }
        return outcome
    }

    /// While the space kept back is used up, only time decides: what is opened now could not time out.
    private mutating func makeRoom() -> JournalFault? {
        guard !reserve.stands else { return nil }
        reserve.restore()
        guard !reserve.stands else { return nil }
        return JournalFault(
            .full,
            "the space kept back for timeouts is used up, and there is no more"
        )
    }

    /// Moves the log into the file unless the file would grow by more than so many bytes: growing
    /// half the way would only use up room.
    func emptyLog(growing most: Int64, from bytes: Int64) {
        try? connection?.inDatabase { db in
            let pages = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            let pageBytes = try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 4096
            guard pages * pageBytes - bytes <= most else { return }
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// Keeps a setting.
    mutating func keep(_ value: [UInt8], as name: String) throws(JournalFault) {
        guard let connection else { throw .closed }
        if let fault = makeRoom() { throw fault }
        do {
            try connection.inDatabase { db in
                try db.inTransaction(.immediate) {
                    try db.execute(
                        sql: """
                            INSERT INTO settings (name, value) VALUES (?, ?)
                            ON CONFLICT (name) DO UPDATE SET value = excluded.value
                            """,
                        arguments: [StoredText.stored(name), Data(value)]
                    )
                    return .commit
                }
            }
        } catch { throw JournalFault(error, while: "keeping the setting \(name)") }
    }

    private static func append(
        _ batch: Batch,
        after head: JournalHead,
        to db: Database
    ) -> (AppendOutcome, JournalHead) {
        let doing = "appending after event \(head.seq)"
        do {
            // Left open by something that failed twice.
            if db.isInsideTransaction { try db.rollback() }
            try db.cachedStatement(sql: "BEGIN IMMEDIATE TRANSACTION").execute()
        } catch {
            let fault = JournalFault(error, while: doing)
            // A connection that is stuck in a transaction does not get out of it by itself.
            return (db.isInsideTransaction ? .unknown(fault) : .refused(fault), head)
        }
        let entries: [Entry]
        var next = head
        do {
            let loser = try batch.loser(nextItemNumber: head.nextItemNumber) {
                try version(of: $0, in: db)
            }
            if let loser {
                try db.rollback()
                return (.lostRace(loser), head)
            }
            entries = try write(batch, after: head, to: db)
            if let last = entries.last {
                next = JournalHead(
                    seq: last.seq,
                    hash: last.hash,
                    at: last.at,
                    nextItemNumber: head.nextItemNumber
                )
            }
            for row in batch.items where row.number >= next.nextItemNumber {
                next.nextItemNumber = row.number + 1
            }
        } catch {
            let fault = JournalFault(error, while: doing)
            do { try db.rollback() } catch {
                return (.unknown(JournalFault(error, while: "undoing after \(fault)")), head)
            }
            return (.refused(fault), head)
        }
        do { try db.cachedStatement(sql: "COMMIT TRANSACTION").execute() } catch {
            let fault = JournalFault(error, while: "committing after event \(head.seq)")
            // A second failure says nothing more: nobody knows, either way.
            try? db.rollback()
            return (.unknown(fault), head)
        }
        return (.durable(entries), next)
    }

    private static func version(of workflow: WorkflowKey, in db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: "SELECT max(version) FROM events WHERE workflow = ?"
        )
        return try Int.fetchOne(statement, arguments: [StoredText.stored(workflow.written)]) ?? 0
    }

    private static func write(
        _ batch: Batch,
        after head: JournalHead,
        to db: Database
    ) throws -> [Entry] {
        var versions: [WorkflowKey: Int] = [:]
        let entries = try batch.entries(after: head) { workflow throws(JournalFault) in
            do {
                let standing = try versions[workflow] ?? version(of: workflow, in: db)
                versions[workflow] = standing + 1
                return standing + 1
            } catch { throw JournalFault(error, while: "looking up a workflow's version") }
        }
        let insert = try db.cachedStatement(sql: EntryColumns.insert)
        for entry in entries {
            try insert.execute(arguments: StatementArguments(EntryColumns.values(entry)))
        }
        for (digest, content) in batch.blobs {
            let insert = try db.cachedStatement(
                sql: "INSERT OR IGNORE INTO blobs (digest, content) VALUES (?, ?)"
            )
            try insert.execute(arguments: [Data(digest.bytes), Data(content)])
        }
        for (operation, at) in batch.proofs {
            let upsert = try db.cachedStatement(
                sql: """
                    INSERT INTO proofs (operation, at) VALUES (?, ?)
                    ON CONFLICT (operation) DO UPDATE SET at = excluded.at
                    """
            )
            try upsert.execute(arguments: [StoredText.stored(operation), at.milliseconds])
        }
        var counters = Counters()
        for row in batch.items { try write(row, to: db, counting: &counters) }
        for row in batch.workflows { try write(row, to: db, counting: &counters) }
        try counters.write(db)
        return entries
    }

    private static func write(
        _ item: ItemRow,
        to db: Database,
        counting counters: inout Counters
    ) throws {
        let number = item.number.databaseValue
        let indexed = ItemColumns.indexed(item)
        let rest = try ItemColumns.rest(item)
        let select = try db.cachedStatement(sql: ItemColumns.selectStanding)
        let standing = try Row.fetchOne(select, arguments: [number])
            .map { Array($0.databaseValues) }
        let before = standing.map { Array($0.dropLast()) }
        counters.add(1, item: indexed)
        let (sql, values): (String, [DatabaseValue])
        if let before {
            counters.add(-1, item: before)
            (sql, values) =
                before == indexed
                ? (ItemColumns.updateRest, rest)
                : (ItemColumns.updateAll, indexed + rest)
        } else {
            (sql, values) = (ItemColumns.insert, indexed + rest)
        }
        try db.cachedStatement(sql: sql).execute(
            arguments: StatementArguments(values + [number])
        )
        if (standing?.last ?? .null) != rest.last {
            try SnoozeTable.write(item, to: db, isKnown: standing != nil)
        }
    }

    private static func write(
        _ workflow: WorkflowRow,
        to db: Database,
        counting counters: inout Counters
    ) throws {
        let select = try db.cachedStatement(sql: "SELECT status FROM workflows WHERE workflow = ?")
        let id = StoredText.stored(workflow.workflow.written)
        let before = try String.fetchOne(select, arguments: [id])
        if before != workflow.status.rawValue {
            if let before { counters.add(-1, to: Counters.status(before)) }
            counters.add(1, to: Counters.status(workflow.status.rawValue))
        }
        let sql = before == nil ? WorkflowColumns.insert : WorkflowColumns.update
        try db.cachedStatement(sql: sql).execute(
            arguments: StatementArguments(WorkflowColumns.values(workflow))
        )
    }
}

extension JournalFault {
    static var closed: JournalFault { JournalFault(.io, "the store is closed") }
}

extension Batch {
    /// Whether nobody but time decided anything in it.
    var isOfTime: Bool {
        !events.isEmpty && events.allSatisfy { $0.actor.kind == .service }
    }
}
