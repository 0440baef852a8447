internal import HoldJournal

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The files of one store, and the checks that nobody else could have written them.
struct StoreFiles: Sendable {
    /// The database.
    let database: String
    /// Held locked as long as the store is open.
    let lock: String
    /// Space kept back for a full disk.
    let reserve: String
    private let directory: String

    init(database: String) {
        self.database = database
        let ending = [".db", ".sqlite"].first { database.hasSuffix($0) } ?? ""
        let base = String(database.dropLast(ending.count))
        lock = base + ".lock"
        reserve = base + ".reserve"
        let parts = database.split(separator: "/", omittingEmptySubsequences: false)
        let parent = parts.dropLast().joined(separator: "/")
        directory = parent.isEmpty ? (database.hasPrefix("/") ? "/" : ".") : parent
    }

    /// Makes the directory when it is missing, and refuses one that others may enter.
    func prepareDirectory() throws(JournalFault) {
        try make(directory)
        let status = try status(of: directory)
        guard status.map({ $0.st_mode & S_IFMT == S_IFDIR }) ?? false else {
            throw JournalFault(.foreign, "\(directory) is no directory of its own")
        }
        try checkOwner(status, of: directory)
    }

    /// Makes the database's file when it is missing, and refuses one that is not ours alone.
    ///
    /// To be called with the lock held and before SQLite opens the file: closing a descriptor of a
    /// file drops every lock that this process holds on it.
    func prepareDatabase() throws(JournalFault) {
        if try status(of: database) == nil {
            let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            let descriptor = open(database, flags, 0o600)
            guard descriptor >= 0 else { throw .system("cannot make \(database)") }
            close(descriptor)
        }
        for path in [database, database + "-wal", database + "-shm"] {
            guard let status = try status(of: path) else { continue }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw JournalFault(.foreign, "\(path) is no plain file")
            }
            guard status.st_nlink == 1 else {
                throw JournalFault(.foreign, "\(path) has a second name (a hard link)")
            }
            try checkOwner(status, of: path)
        }
    }

    /// Which file the database is, whatever its path comes to mean; nil when it is not there.
    var identity: Identity? {
        guard let status = try? status(of: database) else { return nil }
        return Identity(device: UInt64(status.st_dev), file: UInt64(status.st_ino))
    }

    /// One file of one file system.
    struct Identity: Sendable, Hashable {
        let device: UInt64
        let file: UInt64
    }

    /// How large the store is, in bytes.
    func size() throws(JournalFault) -> Int64 {
        var sum: Int64 = 0
        for path in [database, database + "-wal"] {
            if let status = try status(of: path) { sum += Int64(status.st_size) }
        }
        return sum
    }

    /// How large the log is, in bytes; 0 when it cannot be told.
    var logBytes: Int64 {
        guard let status = try? status(of: database + "-wal") else { return 0 }
        return Int64(status.st_size)
    }

    /// How large the database itself is, in bytes; 0 when it cannot be told.
    var databaseBytes: Int64 {
        guard let status = try? status(of: database) else { return 0 }
        return Int64(status.st_size)
    }

    /// What forbids writing, as far as rights and mounts tell; nil when nothing does.
    var obstacle: JournalFault? {
        for path in [directory, database] where access(path, W_OK) != 0 {
            return .system("\(path) cannot be written")
        }
        return nil
    }

    private func make(_ directory: String) throws(JournalFault) {
        guard mkdir(directory, 0o700) != 0, errno != EEXIST else { return }
        let parts = directory.split(separator: "/", omittingEmptySubsequences: false)
        guard errno == ENOENT, parts.count > 1 else {
            throw .system("cannot make the directory \(directory)")
        }
        try make(parts.dropLast().joined(separator: "/"))
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
            throw .system("cannot make the directory \(directory)")
        }
    }

    /// What a path is, symbolic links not followed; nil when there is nothing.
    private func status(of path: String) throws(JournalFault) -> stat? {
        var status = stat()
        if lstat(path, &status) == 0 { return status }
        guard errno == ENOENT else { throw .system("cannot look at \(path)") }
        return nil
    }

    private func checkOwner(_ status: stat?, of path: String) throws(JournalFault) {
        guard let status else { return }
        guard status.st_uid == geteuid() else {
            throw JournalFault(
                .foreign,
                "\(path) belongs to uid \(status.st_uid), not to \(geteuid())"
            )
        }
        guard status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw JournalFault(
                .foreign,
                "\(path) is open to other accounts (mode \(mode)): take their rights away"
            )
        }
    }
}

/// The lock that lets one process at a time open a store; let go when it is gone.
final class StoreLock: Sendable {
    private let descriptor: Int32

    init(path: String) throws(JournalFault) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("cannot open the lock \(path)") }
        var tries = 50
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let cause = errno
            let holder = StoreLock.holder(descriptor)
            // A child that its owner had just forked holds the lock until it becomes a program.
            let isLeft = holder.map { $0 == getpid() || kill($0, 0) != 0 && errno == ESRCH } ?? true
            if cause == EWOULDBLOCK, isLeft, tries > 0 {
                tries -= 1
                usleep(10_000)
                continue
            }
            close(descriptor)
            guard cause == EWOULDBLOCK else {
                throw .system("cannot lock \(path)", errno: cause)
            }
            let name = holder.map { "process \($0)" } ?? "another process"
            throw JournalFault(.busy, "\(path) is held by \(name)")
        }
        self.descriptor = descriptor
        // For the message above and nothing else, so a full disk is no reason not to open.
        let text = Array("\(getpid())\n".utf8)
        if ftruncate(descriptor, 0) == 0 { _ = write(descriptor, text, text.count) }
    }

    deinit { close(descriptor) }

    /// Who has written that it holds the lock; nil when nobody has.
    private static func holder(_ descriptor: Int32) -> pid_t? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(count, 0)).prefix { (0x30...0x39).contains($0) }
        return pid_t(String(decoding: digits, as: UTF8.self))
    }
}

/// Space kept back on the store's disk, so that time can still reject when the disk is full.
struct Reserve {
    static let bytes = 384 * 1024
    let path: String
    private(set) var stands: Bool

    init(path: String) {
        self.path = path
        stands = access(path, F_OK) == 0
    }

    /// Gives the space back to the disk; false when there was none.
    mutating func release() -> Bool {
        guard stands, unlink(path) == 0 else { return false }
        stands = false
        return true
    }

    /// Takes the space again, once there is room for it and for some work besides.
    mutating func restore() {
        guard !stands else { return }
        var disk = statvfs()
        guard statvfs(path.isEmpty ? "." : parent, &disk) == 0,
            UInt64(disk.f_bavail) * UInt64(disk.f_frsize) >= 2 * UInt64(Reserve.bytes)
        else { return }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        // Written, not only sized: a hole would reserve nothing.
        let zeros = [UInt8](repeating: 0, count: Reserve.bytes)
        stands = write(descriptor, zeros, zeros.count) == zeros.count
        close(descriptor)
        if !stands { unlink(path) }
    }

    private var parent: String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return parts.isEmpty ? "." : parts.joined(separator: "/") + "/"
    }
}

extension JournalFault {
    /// What the operating system refused, in words.
    static func system(_ story: String, errno code: Int32 = errno) -> JournalFault {
        let fault: Code =
            switch code {
            case ENOSPC, EDQUOT: .full
            case EROFS, EACCES, EPERM: .readOnly
            case ELOOP: .foreign
            default: .io
            }
        return JournalFault(fault, "\(story): \(String(cString: strerror(code)))")
    }
}
