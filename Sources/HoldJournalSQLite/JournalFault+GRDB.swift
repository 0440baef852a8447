internal import GRDB
internal import HoldJournal

extension JournalFault {
    /// What SQLite or GRDB threw, as a fault of the store: the one place where their errors end.
    init(_ error: any Error, while doing: String) {
        if let fault = error as? JournalFault {
            self = fault
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.io, "\(doing): \(error)")
            return
        }
        let code: Code =
            switch error.resultCode {
            case .SQLITE_FULL: .full
            case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: .busy
            case .SQLITE_READONLY: .readOnly
            // A constraint fails only when something but this journal has written to the file.
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CONSTRAINT: .corrupt
            default:
                // The index of the log could not be made larger: the disk is full.
                error.extendedResultCode == .SQLITE_IOERR_SHMSIZE ? .full : .io
            }
        let message = error.message ?? "no message"
        self.init(code, "\(doing): \(message) (SQLite \(error.extendedResultCode.rawValue))")
    }
}
