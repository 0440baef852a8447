import Glibc

/// Another program that has the terminal for a while.
enum Child {
    /// Runs a program to its end.
    static func run(
        _ arguments: [String],
        input: Int32,
        output: Int32
    ) throws(TerminalError) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What we ignore or block, the program must not inherit.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
        )

        var child = pid_t()
        let words = arguments.map { strdup($0) }
        defer { for word in words { free(word) } }
        let failure = posix_spawnp(
            &child,
            arguments[0],
            &actions,
            &attributes,
            words + [nil],
            environ
        )
        guard failure == 0 else { throw .system(call: arguments[0], code: failure) }
        return try wait(for: child)
    }

    private static func wait(for child: pid_t) throws(TerminalError) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw .system(call: "waitpid", code: errno) }
        }
        // As the macros WIFEXITED, WEXITSTATUS and WTERMSIG have it.
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
