import Glibc

/// Takes a place in the file system for a socket: looks at what stands there before touching it.
///
/// Only a socket of our own that nobody answers is removed; whatever else is found is left alone.
package enum SocketClaim {
    /// The most connections that wait to be accepted.
    private static let backlog: Int32 = 1024

    /// Binds a socket at this path and listens, with this mode from its first moment on.
    ///
    /// - Returns: A descriptor that does not block and is closed in started programs; the caller's
    ///   to close.
    /// - Throws: ``StartProblem`` when the place is not to be had.
    package static func listen(at path: String, mode: UInt32) throws(StartProblem) -> Int32 {
        try clear(path)
        let descriptor = try makeSocket(for: path)
        do throws(StartProblem) {
            // The file gets the mode of the socket when it is bound: there is no moment at which it
            // is open to more accounts than it should be.
            guard fchmod(descriptor, mode_t(mode & 0o777)) == 0,
                withAddress(of: path, { bind(descriptor, $0, $1) }) == 0
            else { throw StartProblem(errno: errno, "The socket \(path) cannot be made") }
            // The process's own mask may have taken bits away.
            guard chmod(path, mode_t(mode & 0o777)) == 0,
                Glibc.listen(descriptor, backlog) == 0
            else { throw StartProblem(errno: errno, "The socket \(path) cannot listen") }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Makes the place free if only a stale socket stands there.
    ///
    /// - Throws: ``StartProblem`` when anything else does.
    package static func clear(_ path: String) throws(StartProblem) {
        try RuntimePaths.check(socket: path)
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw StartProblem(errno: errno, "The socket \(path) cannot be examined")
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw StartProblem(
                .occupied,
                "\(kind(status.st_mode)) stands at \(path), where the socket is to be; it was "
                    + "left as it is. Move it away, or set HOLDSHORT_RUNTIME_DIR to another "
                    + "directory."
            )
        }
        switch try knock(path) {
        case .nobody: break
        case .somebody(let pid):
            throw StartProblem(
                .alreadyRunning,
                "A service already runs there: \(path) answers\(pid.map { " (pid \($0))" } ?? ""). "
                    + "Stop it with `holdshort stop`, or set HOLDSHORT_RUNTIME_DIR to another "
                    + "directory."
            )
        case .stranger:
            throw StartProblem(
                .occupied,
                "A socket of another kind stands at \(path); it was left as it is. Move it away, "
                    + "or set HOLDSHORT_RUNTIME_DIR to another directory."
            )
        }
        guard status.st_uid == geteuid() else {
            throw StartProblem(
                .occupied,
                "A socket that nobody answers stands at \(path), but it belongs to uid "
                    + "\(status.st_uid); it was left as it is. Remove it from that account."
            )
        }
        guard unlink(path) == 0 || errno == ENOENT else {
            throw StartProblem(errno: errno, "The stale socket \(path) cannot be removed")
        }
    }

    /// Removes the socket when the service stops.
    ///
    /// Call while the directory's lock is held.
    package static func release(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
        unlink(path)
    }

    // MARK: - Steps

    private enum Door {
        case nobody
        case somebody(pid: Int32?)
        case stranger
    }

    /// Connects, to find out who answers.
    private static func knock(_ path: String) throws(StartProblem) -> Door {
        let descriptor = try makeSocket(for: path)
        defer { close(descriptor) }
        guard withAddress(of: path, { connect(descriptor, $0, $1) }) != 0 else {
            return .somebody(pid: peer(of: descriptor))
        }
        switch errno {
        case ECONNREFUSED, ENOENT: return .nobody
        // Its queue is full: somebody listens, if slowly.
        case EAGAIN, EINPROGRESS: return .somebody(pid: nil)
        case EPROTOTYPE: return .stranger
        default: throw StartProblem(errno: errno, "The socket \(path) cannot be tried")
        }
    }

    private static func peer(of descriptor: Int32) -> Int32? {
        var credentials = PeerCredentials.Raw()
        var size = socklen_t(MemoryLayout<PeerCredentials.Raw>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0,
            credentials.pid > 0
        else { return nil }
        return credentials.pid
    }

    private static func makeSocket(for path: String) throws(StartProblem) -> Int32 {
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, flags, 0)
        guard descriptor >= 0 else {
            throw StartProblem(errno: errno, "No socket can be had for \(path)")
        }
        return descriptor
    }

    /// Calls with the socket address of this path, which is known to fit.
    private static func withAddress(
        of path: String,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func kind(_ mode: mode_t) -> String {
        switch mode & S_IFMT {
        case S_IFDIR: "A directory"
        case S_IFLNK: "A symbolic link"
        case S_IFIFO: "A named pipe"
        case S_IFREG: "A file"
        default: "A device"
        }
    }
}
