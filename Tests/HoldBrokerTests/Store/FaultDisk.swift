import CFaultVFS
import Foundation
import HoldJournal
import HoldJournalSQLite
import Testing

/// A directory on a disk that fails as it is told, gone with the test.
///
/// Close every journal on it before the power is restored, and let them go before it goes.
final class FaultDisk {
    /// What SQLite asks of a disk, by kind.
    enum Call: UInt32, CaseIterable {
        case open = 1
        case read = 2
        case write = 4
        case truncate = 8
        case sync = 16
        case size = 32
        case lock = 64
        case index = 128
        case delete = 256
        case access = 512
        case any = 1023
    }

    let directory: String
    private let disk: OpaquePointer

    init() throws {
        directory =
            URL(filePath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
            + "/holdshort-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try #require(fault_vfs_register() == 0)
        disk = try #require(fault_disk_new(directory))
    }

    deinit {
        // Not freed while a file on it is open: then it stays until the process ends.
        if fault_disk_free(disk) != 0 { Issue.record("a journal outlives its disk") }
        try? FileManager.default.removeItem(atPath: directory)
    }

    func journal(busySeconds: Double = 0.02) throws(JournalFault) -> SQLiteJournal {
        try SQLiteJournal(
            path: directory + "/journal.db",
            options: SQLiteJournal.Options(busySeconds: busySeconds)
        )
    }

    /// From now on the nth call of a kind fails, and so many after it; nil: all of them.
    func plan(_ call: Call, _ way: fault_way, at nth: Int, count: Int? = 1) {
        fault_disk_plan(disk, call.rawValue, way, UInt64(nth), UInt64(count ?? 0))
    }

    func heal() { fault_disk_heal(disk) }

    /// How many calls of a kind were made so far.
    func calls(_ call: Call) -> Int { Int(fault_disk_calls(disk, call.rawValue)) }

    /// How many failed since the last plan.
    var failures: Int { Int(fault_disk_failures(disk)) }

    func restorePower(_ rest: fault_rest, seed: UInt64) throws {
        try #require(fault_disk_restore_power(disk, rest, seed) == 0)
    }
}
