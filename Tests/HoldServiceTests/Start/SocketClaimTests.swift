import Glibc
import HoldService
import Testing

@Suite struct SocketClaimTests {
    /// Whether somebody answers at a path.
    private func answers(_ path: String) -> Bool {
        let descriptor = UnixSocket.make(SOCK_STREAM)
        defer { close(descriptor) }
        return UnixSocket.with(path) { connect(descriptor, $0, $1) } == 0
    }

    /// Leaves a socket behind that nobody answers.
    private func leaveStale(_ path: String, kind: __socket_type = SOCK_STREAM) {
        let descriptor = UnixSocket.make(kind)
        _ = UnixSocket.with(path) { bind(descriptor, $0, $1) }
        close(descriptor)
    }

    @Test(arguments: [UInt32(0o600), 0o660])
    func `a free path becomes a listening socket of the mode asked for`(_ mode: UInt32) throws {
        let home = try TemporaryDirectory()

        let descriptor = try SocketClaim.listen(at: home.at("a.sock"), mode: mode)
        defer { close(descriptor) }

        let found = try #require(home.mode("a.sock"))
        #expect(found.kind == S_IFSOCK)
        #expect(found.permissions == mode_t(mode))
        #expect(answers(home.at("a.sock")))
        #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC == FD_CLOEXEC)
        #expect(fcntl(descriptor, F_GETFL) & O_NONBLOCK == O_NONBLOCK)
    }

    @Test func `a stale socket is replaced`() throws {
        let home = try TemporaryDirectory()
        leaveStale(home.at("a.sock"))
        #expect(!answers(home.at("a.sock")))

        let descriptor = try SocketClaim.listen(at: home.at("a.sock"), mode: 0o600)
        defer { close(descriptor) }

        #expect(answers(home.at("a.sock")))
    }

    @Test func `a live service is left alone and named`() throws {
        let home = try TemporaryDirectory()
        let first = try SocketClaim.listen(at: home.at("a.sock"), mode: 0o600)
        defer { close(first) }

        let error = #expect(throws: StartProblem.self) {
            try SocketClaim.listen(at: home.at("a.sock"), mode: 0o600)
        }

        #expect(error?.code == .alreadyRunning)
        #expect(error?.sentence.contains("(pid \(getpid()))") == true)
        #expect(answers(home.at("a.sock")))
    }

    @Test func `a service whose queue is full counts as live`() throws {
        let home = try TemporaryDirectory()
        let server = UnixSocket.make(SOCK_STREAM)
        defer { close(server) }
        _ = UnixSocket.with(home.at("a.sock")) { bind(server, $0, $1) }
        listen(server, 0)
        let queued = (0..<4).map { _ in
            let descriptor = UnixSocket.make(SOCK_STREAM)
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            _ = UnixSocket.with(home.at("a.sock")) { connect(descriptor, $0, $1) }
            return descriptor
        }
        defer { for descriptor in queued { close(descriptor) } }

        let error = #expect(throws: StartProblem.self) { try SocketClaim.clear(home.at("a.sock")) }

        #expect(error?.code == .alreadyRunning)
        #expect(home.mode("a.sock")?.kind == S_IFSOCK)
    }

    @Test func `a file is refused and left as it is`() throws {
        let home = try TemporaryDirectory()
        home.write("precious", to: "a.sock")

        let error = #expect(throws: StartProblem.self) { try SocketClaim.clear(home.at("a.sock")) }

        #expect(error?.code == .occupied)
        #expect(error?.sentence.hasPrefix("A file stands at \(home.at("a.sock"))") == true)
        #expect(home.read("a.sock") == "precious")
    }

    @Test func `a directory, a pipe and a symbolic link are refused and left as they are`() throws {
        let home = try TemporaryDirectory()
        leaveStale(home.at("real.sock"))
        mkdir(home.at("directory"), 0o700)
        mkfifo(home.at("pipe"), 0o600)
        symlink(home.at("real.sock"), home.at("link"))
        symlink(home.at("nothing"), home.at("dangling"))

        for (name, kind, words) in [
            ("directory", S_IFDIR, "A directory"), ("pipe", S_IFIFO, "A named pipe"),
            ("link", S_IFLNK, "A symbolic link"), ("dangling", S_IFLNK, "A symbolic link"),
        ] {
            let error = #expect(throws: StartProblem.self) {
                try SocketClaim.listen(at: home.at(name), mode: 0o600)
            }
            #expect(error?.code == .occupied)
            #expect(error?.sentence.hasPrefix(words) == true)
            #expect(home.mode(name)?.kind == kind)
        }
        #expect(home.mode("real.sock")?.kind == S_IFSOCK)
        #expect(home.mode("nothing") == nil)
    }

    @Test func `a socket of another kind is left alone`() throws {
        let home = try TemporaryDirectory()
        let descriptor = UnixSocket.make(SOCK_DGRAM)
        defer { close(descriptor) }
        _ = UnixSocket.with(home.at("a.sock")) { bind(descriptor, $0, $1) }

        let error = #expect(throws: StartProblem.self) { try SocketClaim.clear(home.at("a.sock")) }

        #expect(error?.code == .occupied)
        #expect(home.mode("a.sock")?.kind == S_IFSOCK)
    }

    @Test(.enabled(if: getuid() == 0)) func `another account's stale socket is left alone`() throws
    {
        let home = try TemporaryDirectory()
        leaveStale(home.at("a.sock"))
        chown(home.at("a.sock"), 4242, 4242)

        let error = #expect(throws: StartProblem.self) { try SocketClaim.clear(home.at("a.sock")) }

        #expect(error?.code == .occupied)
        #expect(error?.sentence.contains("uid 4242") == true)
        #expect(home.mode("a.sock")?.kind == S_IFSOCK)
    }

    @Test func `a path that no address holds is refused before anything is touched`() throws {
        let error = #expect(throws: StartProblem.self) {
            try SocketClaim.listen(at: "/tmp/" + String(repeating: "x", count: 103), mode: 0o600)
        }

        #expect(error?.code == .pathTooLong)
    }

    @Test func `a place where nothing may be made is named`() {
        let error = #expect(throws: StartProblem.self) {
            try SocketClaim.listen(at: "/proc/sys/a.sock", mode: 0o600)
        }

        #expect(error?.sentence.contains("/proc/sys/a.sock") == true)
    }

    @Test func `a refused permission says which account needs it`() {
        let problem = StartProblem(errno: EACCES, "The socket /run/a.sock cannot be made")

        #expect(problem.code == .noPermission)
        #expect(
            problem.sentence
                == "The socket /run/a.sock cannot be made: Permission denied. Give the account "
                + "with uid \(geteuid()) leave to write there, or set HOLDSHORT_RUNTIME_DIR to a "
                + "directory of its own."
        )
    }

    @Test func `a stop removes the socket and nothing else`() throws {
        let home = try TemporaryDirectory()
        let descriptor = try SocketClaim.listen(at: home.at("a.sock"), mode: 0o600)
        defer { close(descriptor) }
        home.write("precious", to: "b.sock")

        SocketClaim.release(home.at("a.sock"))
        SocketClaim.release(home.at("b.sock"))
        SocketClaim.release(home.at("c.sock"))

        #expect(home.mode("a.sock") == nil)
        #expect(home.read("b.sock") == "precious")
    }
}

/// Unix sockets as tests need them.
enum UnixSocket {
    static func make(_ kind: __socket_type) -> Int32 {
        socket(AF_UNIX, Int32(kind.rawValue | SOCK_CLOEXEC.rawValue), 0)
    }

    /// Calls with the address of a path; a leading `@` makes an abstract name.
    static func with(
        _ path: String,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sa_family_t>.size + name.count))
            }
        }
    }
}
