import Foundation
import Glibc

/// One process of the real binary.
final class ServiceProcess: Sendable {
    let pid: pid_t
    /// How it ended, as `waitpid` says it.
    private let end: Task<Int32, Never>

    /// Starts the binary; what it prints goes to the end of a file.
    ///
    /// - Throws: ``InvalidRun`` when it cannot be started.
    init(
        _ binary: String,
        _ arguments: [String],
        environment: [String: String],
        log: String
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let whole = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        var argv = ([binary] + arguments).map { strdup($0) } + [nil]
        var envp = whole.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var pid: pid_t = 0
        let error = posix_spawn(&pid, binary, &actions, nil, &argv, &envp)
        guard error == 0 else {
            throw InvalidRun("\(binary) cannot be started: \(String(cString: strerror(error)))")
        }
        self.pid = pid
        let child = pid
        end = Task {
            await offThread {
                var status: Int32 = 0
                while waitpid(child, &status, 0) < 0, errno == EINTR {}
                return status
            }
        }
    }

    /// Ends it as a power cut would.
    func kill() async {
        Glibc.kill(pid, SIGKILL)
        _ = await end.value
    }

    func signal(_ number: Int32) { Glibc.kill(pid, number) }

    /// Waits for its end: its exit status, or 128 and the signal.
    func wait() async -> Int32 {
        let status = await end.value
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }

    /// Waits for its end, at most for this long; nil when it still runs.
    func wait(atMost limit: Duration) async -> Int32? {
        let isOver = await eventually(within: limit, every: .milliseconds(2)) { hasEnded }
        return isOver ? await wait() : nil
    }

    /// Whether it has ended, and its parent has taken notice.
    var hasEnded: Bool { Glibc.kill(pid, 0) != 0 }

    /// How many descriptors it has open.
    var descriptors: Int {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")) ?? []).count
    }

    /// The processes that it started and that still run.
    var children: [pid_t] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { pid_t($0) }.filter { candidate in
            guard
                let stat = try? String(contentsOfFile: "/proc/\(candidate)/stat", encoding: .utf8),
                let rest = stat.split(separator: ")").last
            else { return false }
            // Behind the name: the state, then the parent.
            let fields = rest.split(separator: " ")
            return fields.count > 1 && fields[1] == "\(pid)"
        }
    }
}
