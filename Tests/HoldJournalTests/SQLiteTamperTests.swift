import Foundation
import GRDB
import HoldCore
import HoldJournal
import HoldJournalSQLite
import TestAccounts
import Testing

/// What the record shows when somebody has changed it behind the journal's back (I14).
struct SQLiteTamperTests {
    private let scratch = Scratch()

    /// A journal of ten workflows with three events each, and a way to its tables.
    private func journal() throws -> (journal: SQLiteJournal, raw: DatabaseQueue) {
        let journal = try SQLiteJournal(path: scratch.database)
        for number in 0..<10 {
            var batch = Sample.batch("w\(number)", events: 3)
            batch.items = [Sample.item(Int64(number) + 1)]
            try journal.appendDurably(batch)
        }
        return (journal, try DatabaseQueue(path: scratch.database))
    }

    private func change(_ raw: DatabaseQueue, _ sql: String) throws {
        try raw.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    DROP TRIGGER events_are_appended; DROP TRIGGER events_stay;
                    DROP TRIGGER events_stand;
                    """
            )
            try db.execute(sql: sql)
        }
    }

    static let edits: [(sql: String, firstBad: Int64)] = [
        ("UPDATE events SET data = replace(data, 'loader', 'LOADER') WHERE seq = 7", 7),
        ("UPDATE events SET data = data || ' ' WHERE seq = 7", 7),
        ("UPDATE events SET data = 'nothing' WHERE seq = 7", 7),
        ("UPDATE events SET at = at + 1 WHERE seq = 1", 1),
        ("UPDATE events SET account = '0@test' WHERE seq = 30", 30),
        ("UPDATE events SET user = NULL WHERE seq = 12", 12),
        ("UPDATE events SET actor = 'reviewer' WHERE seq = 12", 12),
        ("UPDATE events SET actor = 'nobody' WHERE seq = 12", 12),
        ("UPDATE events SET type = 'item_decided' WHERE seq = 2", 2),
        ("UPDATE events SET version = 9 WHERE seq = 3", 3),
        ("UPDATE events SET workflow = 'x' WHERE seq = 4", 4),
        ("UPDATE events SET manifest = zeroblob(32) WHERE seq = 5", 5),
        ("UPDATE events SET manifest = x'00' WHERE seq = 5", 5),
        ("UPDATE events SET hash = zeroblob(32) WHERE seq = 5", 5),
        ("UPDATE events SET previous = zeroblob(32) WHERE seq = 5", 5),
        ("DELETE FROM events WHERE seq = 6", 6),
        ("DELETE FROM events WHERE seq = 1", 1),
        ("DELETE FROM events WHERE seq > 28", 29),
        ("UPDATE events SET seq = 99 WHERE seq = 8", 8),
        (
            """
            UPDATE events SET seq = -1 WHERE seq = 8; UPDATE events SET seq = 8 WHERE seq = 9;
            UPDATE events SET seq = 9 WHERE seq = -1
            """, 8
        ),
        (
            """
            INSERT INTO events SELECT 31, 'new', 1, type, at, actor, user, account, manifest, data,
            previous, hash FROM events WHERE seq = 30
            """, 31
        ),
    ]

    @Test(arguments: edits)
    func `every change is found, and the first bad event is named`(
        sql: String,
        firstBad: Int64
    ) throws {
        let (journal, raw) = try journal()

        try change(raw, sql)

        let result = try AuditVerifier.verify(journal)
        #expect(result.ok == false)
        #expect(result.firstBad == firstBad)
        #expect(result.events == Int(firstBad) - 1)
    }

    @Test func `an untouched journal holds`() throws {
        let (journal, _) = try journal()

        let result = try AuditVerifier.verify(journal)
        #expect(result == AuditVerifier.Result(events: 30, ok: true, firstBad: nil))
    }

    @Test func `a change with hashes worked out anew is found where the chain breaks`() throws {
        let (journal, raw) = try journal()
        let all = try journal.allEntries()
        let forged = try Entry(
            seq: 4,
            version: 1,
            draft: EventDraft(
                workflow: WorkflowKey("w1"),
                event: Sample.saved("w1").event,
                at: Sample.noon,
                actor: .service,
                manifest: Sample.manifest
            ),
            previous: all[2].hash
        )

        try change(raw, "UPDATE events SET type = type")
        try raw.write { db in
            try db.execute(
                sql: """
                    UPDATE events SET type = ?, data = ?, actor = 'service', user = NULL,
                    account = NULL, hash = ? WHERE seq = 4
                    """,
                arguments: [forged.type, forged.data.canonicalText, Data(forged.hash.bytes)]
            )
        }

        #expect(try journal.entries(after: 0, limit: 4).last == forged)
        let fault = #expect(throws: JournalFault.self) {
            try journal.entries(after: 0, limit: 10)
        }
        #expect(fault?.context.contains("event 5 ") == true)
        #expect(try AuditVerifier.verify(journal).firstBad == 5)
    }

    @Test func `one workflow's events are checked as they are read`() throws {
        let (journal, raw) = try journal()
        try change(raw, "UPDATE events SET at = 0 WHERE seq = 5")

        let fault = #expect(throws: JournalFault.self) {
            try journal.entries(of: WorkflowKey("w1"), after: 0)
        }

        #expect(fault?.code == .corrupt)
        #expect(fault?.context.contains("event 5 ") == true)
        #expect(try journal.entries(of: WorkflowKey("w2"), after: 0).count == 3)
    }

    @Test func `a gap in one workflow's events is found`() throws {
        let (journal, raw) = try journal()
        try change(raw, "DELETE FROM events WHERE seq = 5")

        let fault = #expect(throws: JournalFault.self) {
            try journal.entries(of: WorkflowKey("w1"), after: 0)
        }
        #expect(fault?.code == .corrupt)
    }

    @Test func `a cut at the end is found when the store is opened anew`() throws {
        let (journal, raw) = try journal()
        try change(raw, "DELETE FROM events WHERE seq > 20")

        let fault = #expect(throws: JournalFault.self) { try journal.reopen() }

        #expect(fault?.code == .corrupt)
        #expect(fault?.context.contains("event 21 is missing") == true)
    }

    @Test func `a changed end keeps the store from opening`() throws {
        let (journal, raw) = try journal()
        try change(raw, "UPDATE events SET at = 0 WHERE seq = 29")
        journal.close()

        #expect(throws: JournalFault.self) { try journal.reopen() }
    }

    @Test(arguments: [
        "UPDATE events SET at = 0 WHERE seq = 3", "DELETE FROM events WHERE seq = 30",
        """
        INSERT INTO events SELECT 40, 'new', 1, type, at, actor, user, account, manifest, data, previous,
        hash FROM events WHERE seq = 30
        """,
    ])
    func `the file itself refuses changes, deletions and gaps`(sql: String) throws {
        let (journal, raw) = try journal()

        #expect(throws: DatabaseError.self) { try raw.write { try $0.execute(sql: sql) } }
        #expect(try AuditVerifier.verify(journal).ok)
    }

    @Test func `an event that a stranger appended stops the journal`() throws {
        let (journal, raw) = try journal()
        try change(
            raw,
            """
            INSERT INTO events SELECT 31, 'new', 1, type, at, actor, user, account, manifest, data,
            previous, hash FROM events WHERE seq = 30
            """
        )

        #expect(journal.append(Sample.batch("z")).fault?.code == .corrupt)
        #expect(try journal.entries(of: WorkflowKey("z"), after: 0).isEmpty)
    }

    @Test func `a changed blob is refused`() throws {
        let (journal, raw) = try journal()
        var batch = Sample.batch("b")
        batch.blobs = [Digest(of: [1, 2]): [1, 2]]
        try journal.appendDurably(batch)
        try raw.write { try $0.execute(sql: "UPDATE blobs SET content = x'0103'") }

        let fault = #expect(throws: JournalFault.self) { try journal.blob(Digest(of: [1, 2])) }
        #expect(fault?.code == .corrupt)
    }

    @Test func `a row that says what none can say is an error, not a crash`() throws {
        let (journal, raw) = try journal()
        try raw.write { try $0.execute(sql: "UPDATE items SET state = 'odd' WHERE number = 3") }

        let fault = #expect(throws: JournalFault.self) {
            try journal.queue(QueueQuery(now: Sample.noon))
        }
        #expect(fault?.code == .corrupt)
        #expect(fault?.context.contains("item 3") == true)
    }
}
