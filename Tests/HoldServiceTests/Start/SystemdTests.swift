import Glibc
import HoldService
import Testing

@Suite struct SystemdNotifyTests {
    /// A datagram socket as systemd has one, and what it was told.
    private func heard(
        at name: String,
        _ speak: (SystemdNotify) -> Bool
    ) -> (wasHeard: Bool, message: String) {
        let descriptor = UnixSocket.make(SOCK_DGRAM)
        defer { close(descriptor) }
        _ = UnixSocket.with(name) { bind(descriptor, $0, $1) }
        let wasHeard = speak(SystemdNotify(environment: ["NOTIFY_SOCKET": name]))
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return (wasHeard, String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self))
    }

    @Test func `systemd hears that the service is ready, alive and stopping`() throws {
        let home = try TemporaryDirectory()

        #expect(heard(at: home.at("1")) { $0.ready() } == (true, "READY=1"))
        #expect(heard(at: home.at("2")) { $0.alive() } == (true, "WATCHDOG=1"))
        #expect(heard(at: home.at("3")) { $0.stopping() } == (true, "STOPPING=1"))
        #expect(heard(at: home.at("4")) { $0.status("a\nREADY=1") } == (true, "STATUS=a READY=1"))
    }

    @Test func `an abstract name is understood`() throws {
        let home = try TemporaryDirectory()

        #expect(heard(at: "@" + home.at("n")) { $0.ready() } == (true, "READY=1"))
        #expect(home.mode("n") == nil)
    }

    @Test(arguments: [
        "", "relative", "@", "/nobody/listens", "/" + String(repeating: "x", count: 200),
    ])
    func `without systemd nothing is told and nothing fails`(_ socket: String) {
        #expect(!SystemdNotify(environment: ["NOTIFY_SOCKET": socket]).ready())
        #expect(!SystemdNotify(environment: [:]).ready())
    }

    @Test func `the watchdog is fed twice as often as it asks, by the process that it means`() {
        let asked = ["NOTIFY_SOCKET": "/run/notify", "WATCHDOG_USEC": "30000000"]

        #expect(SystemdNotify(environment: asked).watchdogInterval == .seconds(15))
        #expect(
            SystemdNotify(environment: asked.merging(["WATCHDOG_PID": "7"]) { $1 }, pid: 7)
                .watchdogInterval == .seconds(15)
        )
        #expect(
            SystemdNotify(environment: asked.merging(["WATCHDOG_PID": "8"]) { $1 }, pid: 7)
                .watchdogInterval == nil
        )
        #expect(SystemdNotify(environment: ["WATCHDOG_USEC": "9"]).watchdogInterval == nil)
        #expect(
            SystemdNotify(environment: asked.merging(["WATCHDOG_USEC": "x"]) { $1 })
                .watchdogInterval == nil
        )
    }
}

@Suite struct InheritedSocketsTests {
    /// No process has so many descriptors.
    private static let unused = Int32.max - 8

    /// Moves descriptors to numbers that follow each other, as systemd hands them over.
    ///
    /// Only to free ones: at any fixed number something of another test may be.
    ///
    /// - Returns: The first of the numbers.
    private func handOver(_ descriptors: [Int32]) throws -> Int32 {
        var least: Int32 = 500
        while true {
            let moved = descriptors.enumerated().map { index, descriptor in
                fcntl(descriptor, F_DUPFD, least + Int32(index))
            }
            let first = try #require(moved.first { $0 >= 0 })
            if moved.enumerated().allSatisfy({ $0.element == first + Int32($0.offset) }) {
                for descriptor in descriptors { close(descriptor) }
                return first
            }
            for descriptor in moved { close(descriptor) }
            least = first + 1
        }
    }

    private func environment(_ count: Int, names: String? = nil) -> [String: String] {
        var environment = ["LISTEN_PID": "7", "LISTEN_FDS": "\(count)"]
        environment["LISTEN_FDNAMES"] = names
        return environment
    }

    @Test func `two sockets are known by their names`() throws {
        let home = try TemporaryDirectory()
        let first = try handOver([
            try SocketClaim.listen(at: home.at("x.sock"), mode: 0o600),
            try SocketClaim.listen(at: home.at("y.sock"), mode: 0o600),
        ])
        defer { for number in first...first + 1 { close(number) } }

        let sockets = try InheritedSockets.take(
            from: environment(2, names: "review:agent"),
            pid: 7,
            first: first
        )

        #expect(sockets == InheritedSockets(agent: first + 1, review: first))
        #expect(fcntl(first, F_GETFD) & FD_CLOEXEC == FD_CLOEXEC)
        #expect(fcntl(first + 1, F_GETFL) & O_NONBLOCK == O_NONBLOCK)
        #expect(sockets.lie(in: home.path))
        #expect(!sockets.lie(in: home.path + "/deeper"))
        #expect(!sockets.lie(in: "/tmp"))
    }

    @Test func `sockets without a name are known by their paths`() throws {
        let home = try TemporaryDirectory()
        let first = try handOver([
            try SocketClaim.listen(at: home.at("review.sock"), mode: 0o600),
            try SocketClaim.listen(at: home.at("agent.sock"), mode: 0o600),
        ])
        defer { for number in first...first + 1 { close(number) } }

        let sockets = try InheritedSockets.take(
            from: environment(2, names: "holdshort.socket"),
            pid: 7,
            first: first
        )

        #expect(sockets == InheritedSockets(agent: first + 1, review: first))
    }

    @Test func `sockets for another process, or none, are not taken`() throws {
        #expect(
            try InheritedSockets.take(from: [:], pid: 7, first: Self.unused) == InheritedSockets()
        )
        #expect(
            try InheritedSockets.take(from: environment(1), pid: 8, first: Self.unused)
                == InheritedSockets()
        )
        #expect(
            try InheritedSockets.take(from: environment(0), pid: 7, first: Self.unused)
                == InheritedSockets()
        )
    }

    @Test func `what is no listening socket is refused`() throws {
        let home = try TemporaryDirectory()
        let unbound = UnixSocket.make(SOCK_STREAM)
        let file = open(home.write("", to: "file"), O_RDONLY)
        for descriptor in [unbound, file, UnixSocket.make(SOCK_DGRAM)] {
            let first = try handOver([descriptor])
            let error = #expect(throws: StartProblem.self) {
                try InheritedSockets.take(
                    from: environment(1, names: "agent"),
                    pid: 7,
                    first: first
                )
            }
            #expect(error?.sentence.contains("Descriptor \(first) (agent)") == true)
            close(first)
        }
        #expect(throws: StartProblem.self) {
            try InheritedSockets.take(from: environment(1), pid: 7, first: Self.unused)
        }
    }

    @Test func `a socket that is neither of the two, or comes twice, is refused`() throws {
        let home = try TemporaryDirectory()
        let first = try handOver([
            try SocketClaim.listen(at: home.at("a"), mode: 0o600),
            try SocketClaim.listen(at: home.at("b"), mode: 0o600),
        ])
        defer { for number in first...first + 1 { close(number) } }

        let unknown = #expect(throws: StartProblem.self) {
            try InheritedSockets.take(
                from: environment(2, names: "agent:admin"),
                pid: 7,
                first: first
            )
        }
        let twice = #expect(throws: StartProblem.self) {
            try InheritedSockets.take(
                from: environment(2, names: "agent:agent"),
                pid: 7,
                first: first
            )
        }

        #expect(unknown?.sentence.contains("neither the agent nor the review socket") == true)
        #expect(twice?.sentence.contains("comes twice") == true)
    }
}
