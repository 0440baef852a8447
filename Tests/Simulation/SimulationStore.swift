import Foundation
import HoldJournal
import HoldJournalSQLite

/// Where the simulated service keeps its journal: in memory, or in a real SQLite file.
final class SimulationStore {
    private let kind: Simulation.Store
    private let directory: String

    init(_ kind: Simulation.Store) throws {
        self.kind = kind
        let base = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : nil
        directory = (base ?? NSTemporaryDirectory()) + "/holdshort-sim-" + UUID().uuidString
        guard kind == .sqlite else { return }
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit {
        // What cannot be taken away is left to the system's own tidying.
        if kind == .sqlite { try? FileManager.default.removeItem(atPath: directory) }
    }

    /// Whether a second process could have the store open at all: a file is locked against that.
    var allowsSecondProcess: Bool { kind == .memory }

    func open() throws(JournalFault) -> any Journal {
        switch kind {
        case .memory: MemoryJournal()
        case .sqlite: try SQLiteJournal(path: directory + "/journal.sqlite")
        }
    }

    /// What a new process finds: memory stands for a disk that lost nothing.
    func reopen(_ old: any Journal) throws(JournalFault) -> any Journal {
        guard let old = old as? SQLiteJournal else { return old }
        try old.reopen()
        return old
    }
}
