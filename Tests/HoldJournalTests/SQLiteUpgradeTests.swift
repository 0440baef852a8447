import Foundation
import GRDB
import HoldCore
import HoldJournal
import Testing

@testable import HoldJournalSQLite

/// A new version takes over an old file: whole steps only, whatever happens in between.
struct SQLiteUpgradeTests {
    private let scratch = Scratch()

    /// The steps of versions to come: tables, data moved, one too large for a single page.
    private static let later =
        Schema.migrations + [
            "ALTER TABLE proofs ADD COLUMN note TEXT;",
            """
            CREATE TABLE copies (seq INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT;
            INSERT INTO copies SELECT seq, data FROM events;
            INSERT INTO copies
                WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 1400)
                SELECT i, printf('%0200d', i) FROM n;
            """,
            "CREATE INDEX copies_by_data ON copies (data);",
        ]

    /// The tables and indexes as a version's steps make them.
    private func shape(_ db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY 1")
    }

    private func shapes() throws -> [[String]] {
        try (Schema.migrations.count...Self.later.count).map { count in
            try DatabaseQueue(path: scratch.path + "/shape-\(count)").inDatabase { db in
                try Schema.prepare(db, steps: Array(Self.later.prefix(count)))
                return try shape(db)
            }
        }
    }

    /// Copies the file as a process killed at this moment leaves it.
    private func snapshot(_ place: Int) throws -> String {
        let target = scratch.path + "/killed-\(place).db"
        for suffix in ["", "-wal"] {
            let source = URL(fileURLWithPath: scratch.database + suffix)
            guard let bytes = try? Data(contentsOf: source) else { continue }
            try bytes.write(to: URL(fileURLWithPath: target + suffix))
        }
        return target
    }

    @Test func `an upgrade killed at any moment leaves whole versions, and goes on`() throws {
        let journal = try SQLiteJournal(path: scratch.database)
        for number in 0..<20 { try journal.appendDurably(Sample.batch("w\(number)")) }
        let head = try journal.head()
        journal.close()
        let shapes = try shapes()

        // A moment after every so many steps of SQLite's machine, in every statement.
        let queue = try DatabaseQueue(path: scratch.database)
        var killed: [String] = []
        try queue.inDatabase { db in
            db.trace(options: .statement) { _ in
                if let path = try? snapshot(killed.count) { killed.append(path) }
            }
            try Schema.prepare(db, steps: Self.later)
            db.trace()
        }
        killed.append(try snapshot(killed.count))

        #expect(killed.count > 10)
        var seen: Set<Int> = []
        for path in killed {
            try DatabaseQueue(path: path).inDatabase { db in
                let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                seen.insert(version)
                #expect(try shape(db) == shapes[version - Schema.migrations.count])
                #expect(try Int64.fetchOne(db, sql: "SELECT max(seq) FROM events") == head.seq)
                // The next start goes on where this one was killed.
                try Schema.prepare(db, steps: Self.later)
                #expect(try shape(db) == shapes.last)
                let copies = try Int.fetchOne(db, sql: "SELECT count(*) FROM copies")
                #expect(copies == Int(head.seq) + 401)
            }
        }
        #expect(seen == Set(Schema.migrations.count...Self.later.count))
    }

    @Test func `a log torn anywhere during an upgrade leaves whole versions`() throws {
        let journal = try SQLiteJournal(path: scratch.database)
        for number in 0..<20 { try journal.appendDurably(Sample.batch("w\(number)")) }
        let head = try journal.head()
        journal.close()
        let shapes = try shapes()
        let queue = try DatabaseQueue(path: scratch.database)
        try queue.inDatabase { try Schema.prepare($0, steps: Self.later) }
        let log = try Data(contentsOf: URL(fileURLWithPath: scratch.database + "-wal"))
        let file = try Data(contentsOf: URL(fileURLWithPath: scratch.database))

        for (place, cut) in stride(from: 0, through: log.count, by: 4120 + 7).enumerated() {
            let path = scratch.path + "/torn-\(place).db"
            try file.write(to: URL(fileURLWithPath: path))
            try log.prefix(cut).write(to: URL(fileURLWithPath: path + "-wal"))
            try DatabaseQueue(path: path).inDatabase { db in
                let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                #expect(try shape(db) == shapes[version - Schema.migrations.count])
                #expect(try Int64.fetchOne(db, sql: "SELECT max(seq) FROM events") == head.seq)
            }
        }
    }

    @Test func `items of an older file are found and counted like new ones`() throws {
        let rows = Sample.items(60, seed: 71)
        let old = try DatabaseQueue(path: makeDirectory() + "/journal.db")
        try old.inDatabase { db in
            try Schema.prepare(db, steps: Array(Schema.migrations.prefix(1)))
            // As the first format wrote them: the columns of today that it had.
            let names = ItemColumns.indexed + ItemColumns.rest + ["number"]
            let known = try Set(db.columns(in: "items").map(\.name))
            for row in rows {
                let values =
                    ItemColumns.indexed(row) + (try ItemColumns.rest(row))
                    + [row.number.databaseValue]
                let pairs = zip(names, values).filter { known.contains($0.0) }
                let marks = Array(repeating: "?", count: pairs.count).joined(separator: ", ")
                try db.execute(
                    sql: """
                        INSERT INTO items (\(pairs.map(\.0).joined(separator: ", ")))
                        VALUES (\(marks))
                        """,
                    arguments: StatementArguments(pairs.map(\.1))
                )
            }
            try Schema.prepare(db)
            let stored = try Row.fetchAll(
                db,
                sql: "SELECT number, search, names FROM items ORDER BY number"
            )
            #expect(stored.map { $0["search"] } == rows.map { SearchText.words(of: $0) })
            #expect(stored.map { $0["names"] } == rows.map { SearchText.names(of: $0) })
        }
    }

    @Test func `an older version refuses a newer file and leaves it as it is`() throws {
        let queue = try DatabaseQueue(path: makeDirectory() + "/journal.db")
        try queue.inDatabase { try Schema.prepare($0, steps: Self.later) }
        try queue.close()
        chmod(scratch.database, 0o600)
        let before = try Data(contentsOf: URL(fileURLWithPath: scratch.database))

        #expect(throws: JournalFault.self) { try SQLiteJournal(path: scratch.database) }

        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.database)) == before)
    }

    private func makeDirectory() throws -> String {
        try FileManager.default.createDirectory(
            atPath: scratch.path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        return scratch.path
    }
}
