internal import Foundation
internal import GRDB
internal import HoldCore
public import HoldJournal
internal import Synchronization

/// The journal in one SQLite file: the default store.
///
/// One connection writes, another reads, so that a long list holds up no append. The file is opened by
/// one process at a time, belongs to its account alone, and is checked as it is read (I14).
public final class SQLiteJournal: Journal {
    /// How the file is used.
    public struct Options: Sendable, Hashable {
        /// How long an append waits for a stranger's lock on the file.
        public var busySeconds: Double
        /// The largest size of the file, in pages of 4 KiB; nil: as large as the disk allows.
        public var pagesMax: Int?

        /// The usual options.
        public init(busySeconds: Double = 2, pagesMax: Int? = nil) {
            self.busySeconds = busySeconds
            self.pagesMax = pagesMax
        }
    }

    /// Every row is checked as it is read.
    public let checksHashes = true
    let files: StoreFiles
    let options: Options
    /// Held as long as the journal is: declared before the connections, let go after them.
    private let lock: StoreLock
    private let writing: Mutex<JournalWriter>
    private let reading: Mutex<DatabaseQueue?>
    /// The last event that is durable for certain, for reads that must not wait for an append.
    let durableSeq: Atomic<Int64>

    /// Opens the journal in this file, and makes it when there is none.
    ///
    /// - Throws: ``JournalFault``: `.busy` when another process has it open, `.foreign` when it is no
    ///   journal, a newer one, or not this account's alone, `.corrupt` when its end does not hold.
    public init(path: String, options: Options = Options()) throws(JournalFault) {
        files = StoreFiles(database: path)
        self.options = options
        try files.prepareDirectory()
        lock = try StoreLock(path: files.lock)
        var reserve = Reserve(path: files.reserve)
        let opened: Connections
        do {
            opened = try Connections(files: files, options: options, known: nil)
        } catch {
            guard error.code == .full, reserve.release() else { throw error }
            opened = try Connections(files: files, options: options, known: nil)
        }
        reserve.restore()
        durableSeq = Atomic(opened.head.seq)
        writing = Mutex(
            JournalWriter(
                connection: opened.writer,
                head: opened.head,
                identity: opened.identity,
                reserve: reserve
            )
        )
        reading = Mutex(opened.reader)
    }

    deinit { close() }

    /// Closes the file; from then on every call fails.
    public func close() {
        reading.withLock { reader in
            // What will not close is closed when its last owner is gone.
            try? reader?.close()
            reader = nil
        }
        writing.withLock { writer in
            try? writer.connection?.close()
            writer.connection = nil
            writer.isClosed = true
        }
    }

    /// Makes a batch durable in one transaction, or says that it is not.
    ///
    /// On a full disk, a batch that only time decided may use the space kept back for it.
    public func append(_ batch: Batch) -> AppendOutcome {
        let outcome = writing.withLock { $0.append(batch) }
        switch outcome {
        case .durable(let entries):
            if let last = entries.last { durableSeq.store(last.seq, ordering: .releasing) }
            return outcome
        case .refused(let fault) where fault.code == .full,
            .unknown(let fault) where fault.code == .full:
            guard batch.isOfTime, writing.withLock({ $0.reserve.release() }) else {
                return outcome
            }
            return appendAgain(batch, after: fault)
        case .lostRace, .refused, .unknown: return outcome
        }
    }

    /// Once more, with the reserve's space, unless the batch is there after all.
    private func appendAgain(_ batch: Batch, after fault: JournalFault) -> AppendOutcome {
        let before = durableSeq.load(ordering: .acquiring)
        do {
            try reopen()
            let there = try entries(after: before, limit: 10_000)
            if !there.isEmpty { return .durable(there) }
        } catch { return .unknown(fault) }
        // The log holds most pages many times over: moved into the file, they leave room for more.
        let size = files.databaseBytes
        writing.withLock { $0.emptyLog(growing: Int64(Reserve.bytes) / 2, from: size) }
        let outcome = writing.withLock { $0.append(batch) }
        if case .durable(let entries) = outcome, let last = entries.last {
            durableSeq.store(last.seq, ordering: .releasing)
        }
        return outcome
    }

    /// Opens both connections anew, and checks that everything told to be durable is there.
    ///
    /// The old reader goes only when the new ones stand: as long as the store cannot be written, what
    /// is durable can still be read.
    public func reopen() throws(JournalFault) {
        let (known, identity) = writing.withLock { writer in
            try? writer.connection?.close()
            writer.connection = nil
            return (writer.head, writer.identity)
        }
        // Mounted anew, the same path is another file, of which the old reader keeps no index.
        let isSame = identity == files.identity
        let opened = try Connections(
            files: files,
            options: options,
            known: known,
            isIndexKept: isSame && reading.withLock { $0 != nil }
        )
        durableSeq.store(opened.head.seq, ordering: .releasing)
        writing.withLock { writer in
            writer.connection = opened.writer
            writer.head = opened.head
            writer.identity = opened.identity
            writer.isUncertain = false
            writer.isClosed = false
        }
        reading.withLock { reader in
            try? reader?.close()
            reader = opened.reader
        }
    }

    /// The end of the chain.
    public func head() throws(JournalFault) -> JournalHead {
        try writing.withLock { writer throws(JournalFault) in
            guard !writer.isClosed else { throw .closed }
            return writer.head
        }
    }

    /// Keeps a setting, durably.
    public func keep(_ value: [UInt8], as name: String) throws(JournalFault) {
        try writing.withLock { writer throws(JournalFault) in try writer.keep(value, as: name) }
    }

    /// How large the store's files are, in bytes.
    public func size() throws(JournalFault) -> Int64 { try files.size() }

    /// Whether the file's own rights, or its file system, forbid writing.
    public var obstacle: JournalFault? { files.obstacle }

    /// Says when the log has outgrown its bound: a stranger's snapshot keeps it from being emptied.
    public var complaints: [String] {
        let bytes = files.logBytes
        guard bytes > Connections.logBytesMax else { return [] }
        return [
            "the store's log has grown to \(bytes >> 20) MiB: another program reads the store and"
                + " does not let go of it; end that program."
        ]
    }

    /// Reads at one point in the journal's life.
    func read<Result: Sendable>(
        _ doing: String,
        _ body: @Sendable (Database) throws -> Result
    ) throws(JournalFault) -> Result {
        try reading.withLock { reader throws(JournalFault) in
            guard let reader else { throw .closed }
            do {
                return try reader.inDatabase { db in
                    try db.cachedStatement(sql: "BEGIN DEFERRED TRANSACTION").execute()
                    defer {
                        // A reading transaction has nothing to lose.
                        try? db.cachedStatement(sql: "COMMIT TRANSACTION").execute()
                    }
                    return try body(db)
                }
            } catch { throw JournalFault(error, while: doing) }
        }
    }
}
