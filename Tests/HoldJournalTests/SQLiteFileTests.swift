import Foundation
import GRDB
import HoldCore
import HoldJournal
import TestDisks
import Testing

@testable import HoldJournalSQLite

/// Which files are opened, and how they are made.
struct SQLiteFileTests {
    private let scratch = Scratch()
    private var files: FileManager { .default }

    private func fault(opening path: String? = nil) -> JournalFault? {
        do throws(JournalFault) {
            _ = try SQLiteJournal(path: path ?? scratch.database)
            return nil
        } catch { return error }
    }

    private func mode(of path: String) throws -> Int? {
        try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func makeDirectory() throws {
        try files.createDirectory(
            atPath: scratch.path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    @Test func `a second opener is refused, and told who holds the store`() throws {
        let first = try SQLiteJournal(path: scratch.database)

        let fault = try #require(self.fault())

        #expect(fault.code == .busy)
        #expect(fault.context.contains("is held by process \(getpid())"))
        try first.appendDurably(Sample.batch("a"))
    }

    @Test func `a store that was let go can be opened again`() throws {
        try SQLiteJournal(path: scratch.database).appendDurably(Sample.batch("a"))

        #expect(try SQLiteJournal(path: scratch.database).head().seq == 2)
    }

    @Test func `a closed journal fails every call`() throws {
        let journal = try SQLiteJournal(path: scratch.database)

        journal.close()

        #expect(journal.append(Sample.batch("a")).fault?.code == .io)
        #expect(throws: JournalFault.self) { try journal.head() }
        #expect(throws: JournalFault.self) { try journal.allEntries() }
        #expect(throws: JournalFault.self) { try journal.keep([], as: "a") }
    }

    @Test func `every file is its owner's alone`() throws {
        let journal = try SQLiteJournal(path: scratch.database)
        try journal.appendDurably(Sample.batch("a"))

        #expect(try mode(of: scratch.path) == 0o700)
        for name in ["db", "db-wal", "db-shm", "lock", "reserve"] {
            #expect(try mode(of: scratch.path + "/journal.\(name)") == 0o600, "\(name)")
        }
    }

    @Test func `a missing directory is made with all above it`() throws {
        let path = scratch.path + "/var/lib/journal.db"
        _ = try SQLiteJournal(path: path)

        #expect(try mode(of: scratch.path + "/var/lib") == 0o700)
    }

    @Test(arguments: ["", "/journal.db"])
    func `a path that others can enter or read is refused`(suffix: String) throws {
        _ = try SQLiteJournal(path: scratch.database)
        let path = scratch.path + suffix
        try files.setAttributes([.posixPermissions: 0o744], ofItemAtPath: path)

        let fault = try #require(self.fault())

        #expect(fault.code == .foreign)
        #expect(fault.context.contains("mode 744"))
        try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        #expect(self.fault() == nil)
    }

    @Test(arguments: ["journal.db", "journal.lock", "journal.db-wal"])
    func `a symbolic link in the place of a file is refused`(name: String) throws {
        try makeDirectory()
        let target = scratch.path + "/elsewhere"
        try Data().write(to: URL(fileURLWithPath: target))
        try files.createSymbolicLink(
            atPath: scratch.path + "/" + name,
            withDestinationPath: target
        )

        #expect(fault()?.code == .foreign)
        #expect(try Data(contentsOf: URL(fileURLWithPath: target)).isEmpty)
    }

    @Test func `a symbolic link in the place of the directory is refused`() throws {
        try makeDirectory()
        try files.createDirectory(
            atPath: scratch.path + "/real",
            withIntermediateDirectories: false
        )
        try files.createSymbolicLink(
            atPath: scratch.path + "/link",
            withDestinationPath: scratch.path + "/real"
        )

        #expect(fault(opening: scratch.path + "/link/journal.db")?.code == .foreign)
    }

    @Test func `a file with a second name is refused`() throws {
        _ = try SQLiteJournal(path: scratch.database)
        try files.linkItem(atPath: scratch.database, toPath: scratch.path + "/second")

        #expect(fault()?.code == .foreign)
    }

    @Test func `another program's database is refused and left as it was`() throws {
        try makeDirectory()
        let other = try DatabaseQueue(path: scratch.database)
        try other.write { try $0.execute(sql: "CREATE TABLE notes (text TEXT)") }
        try other.close()
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.database)
        let before = try Data(contentsOf: URL(fileURLWithPath: scratch.database))

        #expect(fault()?.code == .foreign)
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.database)) == before)
    }

    @Test func `a file that is no database is refused and left as it was`() throws {
        try makeDirectory()
        let text = Data(String(repeating: "no database\n", count: 100).utf8)
        try text.write(to: URL(fileURLWithPath: scratch.database))
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.database)

        #expect(fault()?.code == .foreign)
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.database)) == text)
    }

    @Test func `a journal of a newer version is refused`() throws {
        try SQLiteJournal(path: scratch.database).appendDurably(Sample.batch("a"))
        let raw = try DatabaseQueue(path: scratch.database)
        try raw.write { try $0.execute(sql: "PRAGMA user_version = 99") }
        try raw.close()

        let fault = try #require(self.fault())

        #expect(fault.code == .foreign)
        #expect(fault.context.contains("format 99"))
    }

    @Test func `an empty file becomes a journal of today`() throws {
        try makeDirectory()
        #expect(
            files.createFile(
                atPath: scratch.database,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            )
        )

        try SQLiteJournal(path: scratch.database).appendDurably(Sample.batch("a"))

        let raw = try DatabaseQueue(path: scratch.database)
        let pragmas = ["user_version", "application_id", "journal_mode", "integrity_check"]
        let values = try raw.read { db in
            try pragmas.map { try String.fetchOne(db, sql: "PRAGMA \($0)") }
        }
        let version = "\(Schema.format)"
        #expect(values == [version, "\(0x486F_6C64)", "wal", "ok"])
    }

    @Test(arguments: [Schema.format - 1, Schema.format + 1])
    func `a file of another format is refused in words, and left as it is`(format: Int) throws {
        try SQLiteJournal(path: scratch.database).appendDurably(Sample.batch("a"))
        let raw = try DatabaseQueue(path: scratch.database)
        try raw.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = \(format)") }
        let before = try Data(contentsOf: URL(fileURLWithPath: scratch.database))

        let fault = #expect(throws: JournalFault.self) { try SQLiteJournal(path: scratch.database) }

        #expect(fault?.context.contains("format \(format)") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.database)) == before)
    }

    @Test func `a damaged file is an error, not a crash`() throws {
        let journal = try SQLiteJournal(path: scratch.database)
        try journal.appendDurably(Sample.batch("a", events: 400))
        journal.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.database))
        for index in 4096..<bytes.count { bytes[index] ^= 0x5A }
        try bytes.write(to: URL(fileURLWithPath: scratch.database))

        #expect(throws: JournalFault.self) { try journal.reopen() }
    }

    @Test(.enabled(if: geteuid() != 0))
    func `a file that may not be written is refused`() throws {
        _ = try SQLiteJournal(path: scratch.database)
        try files.setAttributes([.posixPermissions: 0o400], ofItemAtPath: scratch.database)

        #expect(fault()?.code == .readOnly)
    }

    @Test(.enabled(if: Tmpfs.isAllowed))
    func `a disk that may not be written is refused`() throws {
        let disk = try Tmpfs(bytes: 4 << 20)
        let path = disk.path + "/journal.db"
        try SQLiteJournal(path: path).appendDurably(Sample.batch("a"))
        try disk.setReadOnly(true)

        #expect(fault(opening: path)?.code == .readOnly)
        try disk.setReadOnly(false)
        #expect(try SQLiteJournal(path: path).head().seq == 2)
    }
}
