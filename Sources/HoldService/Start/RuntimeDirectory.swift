import Glibc
package import HoldCore

/// The one owner of a runtime directory: while it lives, no other service starts there.
///
/// Everything is checked on the open directory, not on its name, which could be changed meanwhile.
package final class RuntimeDirectory: Sendable {
    /// The name of the lock file in the directory.
    package static let lockName = "service.lock"

    package let path: String
    /// `none` only if this account alone can reach the sockets.
    package let separation: Separation
    /// The mode that a socket in this directory gets.
    package var socketMode: UInt32 { separation == .none ? 0o600 : 0o660 }

    /// Linux' `F_OFD_SETLK`, which the C library shows only to programs that ask for its extensions.
    private static let setOpenFileLock: Int32 = 37

    private let directory: Int32
    private let lock: Int32

    /// Creates the directory if it is missing, checks it, and takes its lock.
    ///
    /// - Throws: ``StartProblem`` when it is no directory of ours, others may write to it, or
    ///   another service runs there.
    package static func claim(_ path: String) throws(StartProblem) -> RuntimeDirectory {
        try create(path)
        let directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard directory >= 0 else {
            let number = errno
            guard number == ELOOP || number == ENOTDIR else {
                throw StartProblem(
                    errno: number,
                    "The runtime directory \(path) cannot be opened"
                )
            }
            throw StartProblem(
                .occupied,
                "The runtime directory \(path) is a symbolic link or no directory; it was left "
                    + "as it is. Remove it, or set HOLDSHORT_RUNTIME_DIR to another directory."
            )
        }
        do throws(StartProblem) {
            let separation = try check(directory, path)
            let lock = try takeLock(in: directory, path)
            return RuntimeDirectory(
                path: path,
                separation: separation,
                directory: directory,
                lock: lock
            )
        } catch {
            close(directory)
            throw error
        }
    }

    private init(path: String, separation: Separation, directory: Int32, lock: Int32) {
        self.path = path
        self.separation = separation
        self.directory = directory
        self.lock = lock
    }

    deinit {
        // The file stays: removing it would let two services each lock their own.
        ftruncate(lock, 0)
        // A command that is just being started shares the open file until it is; closing alone
        // would leave the lock to it for that moment.
        var range = flock()
        range.l_type = Int16(F_UNLCK)
        range.l_whence = Int16(SEEK_SET)
        _ = fcntl(lock, RuntimeDirectory.setOpenFileLock, &range)
        close(lock)
        close(directory)
    }

    // MARK: - Steps

    /// Makes the directory and those above it that are missing, for this account only.
    private static func create(_ path: String) throws(StartProblem) {
        guard path.hasPrefix("/") else {
            throw StartProblem(
                .nowhere,
                "The runtime directory \(path) is no full path. Give it one."
            )
        }
        var made = ""
        for part in path.split(separator: "/") {
            made += "/" + part
            guard mkdir(made, 0o700) != 0 else { continue }
            let number = errno
            var status = stat()
            // Some systems say "read-only" or "no permission" of what is there already.
            if number == EEXIST || lstat(made, &status) == 0 { continue }
            throw StartProblem(
                errno: number,
                "The runtime directory \(path) cannot be made: \(made)"
            )
        }
    }

    private static func check(_ directory: Int32, _ path: String) throws(StartProblem) -> Separation
    {
        var status = stat()
        guard fstat(directory, &status) == 0 else {
            throw StartProblem(errno: errno, "The runtime directory \(path) cannot be examined")
        }
        let account = geteuid()
        guard status.st_uid == account else {
            throw StartProblem(
                .unsafe,
                "The runtime directory \(path) belongs to uid \(status.st_uid), not to this "
                    + "account (uid \(account)). Set HOLDSHORT_RUNTIME_DIR to a directory of its "
                    + "own."
            )
        }
        let mode = status.st_mode & 0o7777
        guard mode & 0o022 == 0 else {
            throw StartProblem(
                .unsafe,
                "The runtime directory \(path) can be written to by other accounts (mode "
                    + "\(octal(mode))), who could put sockets of their own there. Run: chmod go-w "
                    + "\(path)"
            )
        }
        return mode & 0o077 == 0 ? .none : .enforced
    }

    private static func takeLock(
        in directory: Int32,
        _ path: String
    ) throws(StartProblem) -> Int32 {
        let file = openat(
            directory,
            lockName,
            O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK,
            0o600
        )
        guard file >= 0 else {
            throw StartProblem(
                errno: errno,
                "The lock file \(RuntimePaths.joined(path, lockName))"
            )
        }
        // A lock of the open file, not of the process: closing another descriptor does not lose it.
        var range = flock()
        range.l_type = Int16(F_WRLCK)
        range.l_whence = Int16(SEEK_SET)
        guard fcntl(file, setOpenFileLock, &range) == 0 else {
            let number = errno
            defer { close(file) }
            guard number == EAGAIN || number == EACCES else {
                throw StartProblem(
                    errno: number,
                    "The lock file \(RuntimePaths.joined(path, lockName))"
                )
            }
            throw StartProblem(
                .alreadyRunning,
                "A service already runs in \(path)\(holder(of: file)). Stop it with "
                    + "`holdshort stop`, or set HOLDSHORT_RUNTIME_DIR to another directory."
            )
        }
        ftruncate(file, 0)
        let text = Array("\(getpid())\n".utf8)
        pwrite(file, text, text.count, 0)
        return file
    }

    /// The process that wrote its id into the lock file, for people.
    private static func holder(of file: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(file, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(count, 0)).prefix { (0x30...0x39).contains($0) }
        return digits.isEmpty ? "" : " (pid \(String(decoding: digits, as: UTF8.self)))"
    }

    private static func octal(_ mode: mode_t) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
