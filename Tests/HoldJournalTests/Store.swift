import Foundation
import HoldCore
import HoldJournal
import HoldJournalSQLite

/// A directory of one test, gone with it.
final class Scratch: Sendable {
    let path: String
    var database: String { path + "/journal.db" }

    init() {
        path = NSTemporaryDirectory() + "holdshort-" + UUID().uuidString
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The stores that the laws hold for.
enum Store: CaseIterable {
    case memory, sqlite

    /// A new, empty journal.
    func make(in scratch: Scratch) throws -> any Journal {
        switch self {
        case .memory: MemoryJournal()
        case .sqlite: try SQLiteJournal(path: scratch.database)
        }
    }
}
