import Foundation
import GRDB
import HoldCore
import HoldJournal
import HoldJournalSQLite
import Testing

/// The log beside the file: cut, taken away, kept long by a stranger.
struct SQLiteLogTests {
    private let scratch = Scratch()

    /// A store that a kill left with so many batches of two events in its log.
    private func killed(batches: Int) throws -> (path: String, log: Int) {
        let journal = try SQLiteJournal(path: scratch.database)
        for number in 0..<batches {
            var batch = Sample.batch("w\(number)")
            batch.items = [Sample.item(Int64(number) + 1)]
            try journal.appendDurably(batch)
        }
        let target = scratch.path + "/killed-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: target,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        for suffix in ["", "-wal", "-shm"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.database + suffix))
            let path = target + "/journal.db" + suffix
            try bytes.write(to: URL(fileURLWithPath: path))
            chmod(path, 0o600)
        }
        let log = try Data(contentsOf: URL(fileURLWithPath: target + "/journal.db-wal")).count
        return (target + "/journal.db", log)
    }

    @Test(arguments: ["removed", "emptied", "torn", "of another store"])
    func `an index of the log that is not its own does no harm`(_ how: String) throws {
        let (path, _) = try killed(batches: 10)
        let index = path + "-shm"
        switch how {
        case "removed": unlink(index)
        case "emptied": truncate(index, 0)
        case "torn": truncate(index, 1000)
        default:
            var noise = SeededRandom(seed: 7)
            let bytes = (0..<32_768).map { _ in UInt8.random(in: 0...255, using: &noise) }
            try Data(bytes).write(to: URL(fileURLWithPath: index))
            chmod(index, 0o600)
        }

        let journal = try SQLiteJournal(path: path)

        #expect(try journal.head().seq == 20)
        #expect(try AuditVerifier.verify(journal).ok)
        try journal.appendDurably(Sample.batch("after"))
    }

    @Test func `a log taken away or cut leaves whole batches and a store that goes on`() throws {
        let (path, log) = try killed(batches: 10)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
        let file = try Data(contentsOf: URL(fileURLWithPath: path))
        for cut in [nil, 0, 31, log / 3, log / 2, log - 1, log] as [Int?] {
            unlink(path + "-shm")
            unlink(path + "-wal")
            try file.write(to: URL(fileURLWithPath: path))
            chmod(path, 0o600)
            if let cut {
                try bytes.prefix(cut).write(to: URL(fileURLWithPath: path + "-wal"))
                chmod(path + "-wal", 0o600)
            }

            let journal = try SQLiteJournal(path: path)

            let head = try journal.head().seq
            #expect(head % 2 == 0 && (cut != log || head == 20))
            #expect(try journal.queue(QueueQuery(now: Sample.noon)).total == Int(head / 2))
            #expect(try AuditVerifier.verify(journal).ok)
            try journal.appendDurably(Sample.batch("after"))
        }
    }

    @Test func `a stranger's long snapshot is complained of, and then the log is emptied`() throws {
        let journal = try SQLiteJournal(path: scratch.database)
        try journal.appendDurably(Sample.batch("a"))
        let stranger = try DatabaseQueue(path: scratch.database)
        try stranger.inDatabase { db in
            try db.beginTransaction(.deferred)
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM events") == 2)
            for number in 0..<10 {
                var batch = Sample.batch("large\(number)")
                let content = [UInt8](repeating: UInt8(number), count: 8 << 20)
                batch.blobs = [Digest(of: content): content]
                try journal.appendDurably(batch)
            }
            #expect(journal.complaints.count == 1)
            #expect(journal.obstacle == nil)
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM events") == 2)
            try db.commit()
        }

        // Its end lets the log start anew, and what outgrew its bound is given back.
        for number in 0..<3 { try journal.appendDurably(Sample.batch("after\(number)")) }
        #expect(journal.complaints.isEmpty)
        #expect(try journal.head().seq == 28)
    }
}
