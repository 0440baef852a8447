import HoldJournal

extension JournalFault.Code {
    /// What is the matter with the store and what to do about it, in one sentence without its end.
    ///
    /// The one place where a fault gets its words: errors and the status say the same.
    var words: String {
        switch self {
        case .full:
            "the store's disk is full (\(rawValue)): free some space there; open items can still"
                + " be read, and time still rejects them"
        case .busy:
            "another program holds the store (\(rawValue)): end it, or wait until it lets go"
        case .readOnly:
            "the store may not be written (\(rawValue)): make its file system and its files"
                + " writable again"
        case .io:
            "the store's disk failed (\(rawValue)): look at the service's log and at the disk"
        case .corrupt:
            "the store is not what was written (\(rawValue)): stop the service, keep a copy, and run"
                + " \"holdshort audit verify\""
        case .foreign:
            "the store is of another version, or no journal of this account's"
                + " (\(rawValue)): see the service's log"
        }
    }
}
