internal import GRDB
internal import HoldCore
internal import HoldJournal

/// What is counted along with every change, so that no list has to count the whole store.
struct Counters {
    private var changes: [String: Int64] = [:]

    static func open(_ urgency: Int, queue: String) -> String { "open:\(urgency):\(queue)" }
    static func risk(_ rank: Int) -> String { "risk:\(rank)" }
    static func state(_ state: String) -> String { "state:\(state)" }
    static func account(_ account: String) -> String { "account:\(account)" }
    static func status(_ status: String) -> String { "status:\(status)" }

    mutating func add(_ change: Int64, to name: String) { changes[name, default: 0] += change }

    /// Counts an item's columns, as ``ItemColumns/indexed(_:)`` orders them, in or out.
    mutating func add(_ change: Int64, item columns: [DatabaseValue]) {
        guard columns.count == ItemColumns.indexed.count,
            let queue = String.fromDatabaseValue(columns[2]),
            let account = String.fromDatabaseValue(columns[ItemColumns.accountIndex]),
            let rank = Int.fromDatabaseValue(columns[5]),
            let urgency = Int.fromDatabaseValue(columns[9]),
            let state = String.fromDatabaseValue(columns[ItemColumns.stateIndex])
        else { return }
        add(change, to: Counters.state(state))
        if ItemState(rawValue: state)?.isPending == true {
            add(change, to: Counters.account(account))
        }
        guard Int.fromDatabaseValue(columns[8]) == 1 else { return }
        add(change, to: Counters.open(urgency, queue: queue))
        add(change, to: Counters.risk(rank))
    }

    func write(_ db: Database) throws {
        let upsert = try db.cachedStatement(
            sql: """
                INSERT INTO counters (name, value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET value = value + excluded.value
                """
        )
        for (name, change) in changes where change != 0 {
            try upsert.execute(arguments: [name, change])
        }
    }

    /// The open items of an urgency, in one queue or in all of them.
    static func readOpen(_ db: Database, _ urgency: Int, queue: String?) throws -> Int {
        if let queue { return try read(db, open(urgency, queue: queue)) }
        let statement = try db.cachedStatement(
            sql: """
                SELECT coalesce(sum(value), 0) FROM counters
                WHERE name >= 'open:' || ?1 || ':' AND name < 'open:' || ?1 || ';'
                """
        )
        return try Int.fetchOne(statement, arguments: [urgency]) ?? 0
    }

    static func read(_ db: Database, _ name: String) throws -> Int {
        let statement = try db.cachedStatement(sql: "SELECT value FROM counters WHERE name = ?")
        return try Int.fetchOne(statement, arguments: [name]) ?? 0
    }
}
