import ArgumentParser
import Glibc
import HoldClient
import HoldConsole
import HoldCore
import HoldService
import HoldWire

/// The verb `holdshort stop`.
struct Stop: Verb {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the service cleanly, and wait until it is gone.",
        discussion: """
            Nothing is lost: agents and consoles wait, and go on when it runs again.

            Example:
              holdshort stop
            """
    )

    @Option(help: "How many seconds to wait at most.")
    var timeout = 30.0
    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard timeout > 0, timeout <= 86_400 else {
            throw ValidationError("--timeout is not within 0…86400.")
        }
    }

    func perform(_ out: Output) async throws {
        let client = try await service.reviewer()
        let pid = try await client.status().pid
        // 0 and below name groups of processes, and 1 is the system's own.
        guard pid > 1 else {
            throw CommandFailure("not_stopped", "The service tells no process that can be stopped.")
        }
        guard kill(pid, SIGTERM) == 0 else {
            let isDenied = errno == EPERM
            throw CommandFailure(
                "not_stopped",
                "The process \(pid) cannot be told to stop: \(String(cString: strerror(errno))).",
                status: isDenied ? .forbidden : .failed
            )
        }
        try await waitUntilGone(client.connection, pid)
        try out.data(["pid": pid], plain: ("stopped the process \(pid)" as SafeText).plain)
    }

    /// Waits until the connection has ended and no service answers at the socket.
    private func waitUntilGone(_ connection: HoldClient.Connection, _ pid: Int32) async throws {
        let late = Task {
            try await Task.sleep(for: .seconds(timeout))
            connection.close()
        }
        var hasGone = false
        for await link in connection.linkStates() {
            if case .down = link { hasGone = true }
        }
        late.cancel()
        guard hasGone else {
            throw CommandFailure(
                "not_stopped",
                "The process \(pid) was told to stop, and still runs.",
                status: .stillPending
            )
        }
        let end = ContinuousClock.now + .seconds(timeout)
        let path = try service.paths().reviewSocket
        // The socket's file goes last; until then another start would find it.
        while access(path, F_OK) == 0, ContinuousClock.now < end, kill(pid, 0) == 0 {
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
