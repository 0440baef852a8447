import Foundation
import GRDB
import HoldCore
import HoldJournal
import HoldJournalSQLite
import TestAccounts
import TestDisks
import Testing

/// What is left after a crash, and what goes on when the disk is full.
struct SQLiteCrashTests {
    private let scratch = Scratch()

    /// Copies the file and so many bytes of its log, as a killed process would leave them.
    private func copy(logBytes: Int? = nil) throws -> String {
        let target = scratch.path + "/copy-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: target,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        for suffix in ["", "-wal"] {
            var bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.database + suffix))
            if suffix == "-wal", let logBytes { bytes = bytes.prefix(logBytes) }
            let path = target + "/journal.db" + suffix
            try bytes.write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600],
                ofItemAtPath: path
            )
        }
        return target + "/journal.db"
    }

    @Test func `what was durable is there after a kill`() throws {
        let journal = try SQLiteJournal(path: scratch.database)
        for number in 0..<20 {
            var batch = Sample.batch("w\(number)")
            batch.items = [Sample.item(Int64(number) + 1)]
            try journal.appendDurably(batch)
            let killed = try SQLiteJournal(path: try copy())
            #expect(try killed.head() == journal.head())
            #expect(try killed.queue(QueueQuery(now: Sample.noon)).total == number + 1)
        }
    }

    @Test func `a log cut anywhere leaves whole batches only`() throws {
        let journal = try SQLiteJournal(path: scratch.database)
        for number in 0..<6 {
            var batch = Sample.batch("w\(number)", events: 3)
            batch.items = [Sample.item(Int64(number) + 1)]
            try journal.appendDurably(batch)
        }
        let log = try Data(contentsOf: URL(fileURLWithPath: scratch.database + "-wal")).count
        var found: Set<Int64> = []

        // Never at the end of a frame, but for the whole of it.
        for cut in Array(stride(from: 0, to: log, by: 3 * 4120 + 7)) + [log] {
            let killed = try SQLiteJournal(path: try copy(logBytes: cut))
            let head = try killed.head()
            found.insert(head.seq)
            #expect(head.seq % 3 == 0)
            #expect(head.nextItemNumber == head.seq / 3 + 1)
            #expect(try killed.queue(QueueQuery(now: Sample.noon)).counts.open == head.seq / 3)
            #expect(try AuditVerifier.verify(killed).ok)
            try killed.appendDurably(Sample.batch("after"))
        }
        #expect(found == [0, 3, 6, 9, 12, 15, 18])
    }

    @Test func `a batch too large for the store is refused whole, and all stays readable`() throws {
        let journal = try SQLiteJournal(
            path: scratch.database,
            options: SQLiteJournal.Options(pagesMax: 100)
        )
        var batch = Sample.batch("a")
        batch.items = [Sample.item(1)]
        try journal.appendDurably(batch)
        let head = try journal.head()
        var large = Sample.batch("b")
        let content = [UInt8](repeating: 1, count: 1 << 20)
        large.blobs = [Digest(of: content): content]

        let outcome = journal.append(large)

        guard case .refused(let fault) = outcome else {
            Issue.record("not refused: \(outcome)")
            return
        }
        #expect(fault.code == .full)
        #expect(try journal.head() == head)
        #expect(try journal.queue(QueueQuery(now: Sample.noon)).total == 1)
        #expect(try journal.entries(of: WorkflowKey("b"), after: 0).isEmpty)
        try journal.appendDurably(Sample.batch("c"))
    }

    @Test func `a stranger's lock refuses an append, and nothing of it is there`() throws {
        let journal = try SQLiteJournal(
            path: scratch.database,
            options: SQLiteJournal.Options(busySeconds: 0.05)
        )
        try journal.appendDurably(Sample.batch("a"))
        let stranger = try DatabaseQueue(path: scratch.database)
        try stranger.inDatabase { db in
            try db.beginTransaction(.immediate)
            let outcome = journal.append(Sample.batch("b"))
            #expect(outcome.fault?.code == .busy)
            #expect(try journal.allEntries().count == 2)
            try db.rollback()
        }

        try journal.appendDurably(Sample.batch("b"))
    }

    @Test(.enabled(if: Tmpfs.isAllowed))
    func `on a full disk people's decisions fail and time's decisions go through`() throws {
        let disk = try Tmpfs(bytes: 6 << 20)
        let journal = try SQLiteJournal(path: disk.path + "/journal.db")
        var batch = Sample.batch("a")
        batch.items = [Sample.item(1)]
        try journal.appendDurably(batch)
        let reserve = disk.path + "/journal.reserve"
        #expect(FileManager.default.fileExists(atPath: reserve))
        try disk.fill()

        // As long as the log has room already taken, appends may still succeed.
        var version = 2
        var fault: JournalFault?
        while fault == nil, version < 2000 {
            fault = journal.append(Sample.batch("a", events: 1, expected: version)).fault
            if fault == nil { version += 1 }
        }
        #expect(fault?.code == .full)
        #expect(try journal.queue(QueueQuery(now: Sample.noon)).total == 1)
        #expect(try journal.allEntries().count == version)
        try journal.reopen()
        #expect(try journal.head().seq == Int64(version))
        #expect(FileManager.default.fileExists(atPath: reserve))

        try disk.fill()
        var passed = 0
        for _ in 0..<24 {
            let id = WorkflowKey("a")
            var timeout = Batch()
            timeout.expected = [id: version]
            timeout.events = [Sample.saved("a", actor: .service)]
            timeout.items = [Sample.item(1, state: .timeout)]
            let outcome = journal.append(timeout)
            guard case .durable = outcome else {
                Issue.record("time could not decide: \(outcome)")
                break
            }
            version += 1
            passed += 1
        }
        #expect(passed == 24)

        disk.empty()
        if case .unknown = journal.append(Sample.batch("b")) { try journal.reopen() }
        try journal.appendDurably(Sample.batch("c"))
        #expect(FileManager.default.fileExists(atPath: reserve))
        #expect(try AuditVerifier.verify(journal).ok)
    }

    @Test(.enabled(if: Tmpfs.isAllowed))
    func `after an unknown outcome nothing is appended until the store is reopened`() throws {
        let disk = try Tmpfs(bytes: 3 << 20)
        let journal = try SQLiteJournal(path: disk.path + "/journal.db")
        try journal.appendDurably(Sample.batch("a"))
        try disk.fill()
        var outcome = journal.append(Sample.batch("b"))
        for number in 0..<2000 {
            guard case .durable = outcome else { break }
            outcome = journal.append(Sample.batch("b\(number)"))
        }
        guard case .unknown = outcome else {
            Issue.record("not unknown: \(outcome)")
            return
        }
        disk.empty()

        #expect(journal.append(Sample.batch("c")).fault?.code == .io)
        try journal.reopen()
        try journal.appendDurably(Sample.batch("c"))
        #expect(try AuditVerifier.verify(journal).ok)
    }
}
