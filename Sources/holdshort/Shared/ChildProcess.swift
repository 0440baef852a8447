import Glibc

/// A command that runs with our own input, output and errors.
struct ChildProcess {
    /// How a process ended.
    enum End: Hashable, Sendable {
        case exited(Int32)
        case signalled(Int32)

        /// The exit code as shells tell it.
        var code: Int32 {
            switch self {
            case .exited(let code): code
            case .signalled(let number): 128 + number
            }
        }
    }

    /// Why a command could not be started.
    struct StartFailure: Error, Hashable {
        var number: Int32

        /// The exit code as shells tell it.
        var code: Int32 { number == ENOENT ? 127 : 126 }
        var sentence: String { String(cString: strerror(number)) }
    }

    /// A process that has not been waited for.
    struct Running: Sendable {
        let pid: pid_t

        /// Waits until it has ended and can be waited for; blocks the thread.
        func awaitEnd() {
            var info = siginfo_t()
            while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        }

        /// Waits until it ends; blocks the thread.
        func wait() -> End {
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7F
            return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
        }
    }

    /// The command and its arguments; the command is looked up in `PATH`.
    var arguments: [String]

    /// Starts it, with the usual reaction to every signal: we ourselves may ignore some.
    func start() -> Result<Running, StartFailure> {
        guard let command = arguments.first else { return .failure(StartFailure(number: ENOENT)) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
        )
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var pid: pid_t = 0
        let number = posix_spawnp(&pid, command, nil, &attributes, &pointers, environ)
        return number == 0
            ? .success(Running(pid: pid)) : .failure(StartFailure(number: number))
    }
}
