internal import Foundation
internal import GRDB
public import HoldCore
public import HoldJournal

extension SQLiteJournal {
    /// A window of the list of workflows.
    public func workflows(_ query: WorkflowQuery) throws(JournalFault) -> WorkflowWindow {
        try read("listing workflows") { db in
            let wanted = query.status.map { [$0] } ?? Workflow.Status.allCases
            let total = try wanted.reduce(0) {
                try $0 + Counters.read(db, Counters.status($1.rawValue))
            }
            let statement = try db.cachedStatement(
                sql: """
                    SELECT \(WorkflowColumns.read) FROM workflows
                    \(query.status == nil ? "" : "WHERE status = ?")
                    ORDER BY rank, share DESC, updated DESC, workflow LIMIT ? OFFSET ?
                    """
            )
            let window = [min(max(query.limit, 1), 1000), max(query.offset, 0)]
            let rows = try Row.fetchCursor(
                statement,
                arguments: StatementArguments(
                    (query.status.map { [$0.rawValue.databaseValue] } ?? [])
                        + window.map(\.databaseValue)
                )
            )
            var found: [WorkflowRow] = []
            while let row = try rows.next() { found.append(try WorkflowColumns.row(row)) }
            return WorkflowWindow(rows: found, total: total, waiting: try waiting(in: found, db))
        }
    }

    /// The workflows that agents call so, of whatever account, in the order of their keys.
    public func workflows(named text: String) throws(JournalFault) -> [WorkflowRow] {
        try read("looking up a workflow") { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT \(WorkflowColumns.read) FROM workflows INDEXED BY workflows_by_name
                    WHERE name = ? ORDER BY workflow
                    """
            )
            return try Row.fetchAll(statement, arguments: [StoredText.stored(text)])
                .map { try WorkflowColumns.row($0) }
        }
    }

    private func waiting(
        in rows: [WorkflowRow],
        _ db: Database
    ) throws -> [WorkflowKey: WaitingItems] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT number, created, deadline FROM items INDEXED BY open_by_workflow
                WHERE open = 1 AND workflow = ? AND state IN ('pending_review', 'modified')
                """
        )
        var waiting: [WorkflowKey: WaitingItems] = [:]
        for row in rows {
            let id = StoredText.stored(row.workflow.written)
            let items = try Row.fetchCursor(statement, arguments: [id])
            while let item = try items.next() {
                let found = WaitingItem(
                    number: try item.value(0),
                    createdAt: try item.instant(1),
                    deadline: try item.instant(2)
                )
                if waiting[row.workflow]?.add(found) == nil {
                    waiting[row.workflow] = WaitingItems(found)
                }
            }
        }
        return waiting
    }

    /// The workflows in which something is due by this time, the longest due first.
    public func due(by now: Instant) throws(JournalFault) -> DueWork {
        try read("looking for what is due") { db in
            let due = try db.cachedStatement(
                sql: """
                    SELECT workflow FROM workflows WHERE next_wake <= ?
                    ORDER BY next_wake, workflow
                    """
            )
            let next = try db.cachedStatement(
                sql: """
                    SELECT next_wake FROM workflows WHERE next_wake > ?
                    ORDER BY next_wake LIMIT 1
                    """
            )
            return DueWork(
                workflows: try Row.fetchAll(due, arguments: [now.milliseconds])
                    .map { try $0.workflow(0) },
                next: try Int64.fetchOne(next, arguments: [now.milliseconds])
                    .map(Instant.init(milliseconds:))
            )
        }
    }

    /// The workflows whose undo chain is running or stuck, in the order of their ids.
    public func unwinding() throws(JournalFault) -> [WorkflowKey] {
        try read("looking for running undo chains") { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT workflow FROM workflows
                    WHERE phase IN ('quiescing', 'unwinding', 'stuck') ORDER BY workflow
                    """
            )
            return try Row.fetchAll(statement).map { try $0.workflow(0) }
        }
    }

    /// A setting of the store; nil when never set.
    public func setting(_ name: String) throws(JournalFault) -> [UInt8]? {
        try read("reading the setting \(name)") { db in
            let statement = try db.cachedStatement(
                sql: "SELECT value FROM settings WHERE name = ?"
            )
            return try Data.fetchOne(statement, arguments: [StoredText.stored(name)])
                .map { [UInt8]($0) }
        }
    }
}
