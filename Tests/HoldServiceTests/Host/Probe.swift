import Glibc
import HoldCore

@testable import HoldService

/// What one process does to see whether running commands leaves anything behind.
enum Probe {
    static func runAll(_ runner: CommandRunner) async -> [CommandResult] {
        var results: [CommandResult] = []
        let commands = [
            ["/bin/true"], ["/bin/false"], ["/no/such/command"], ["/bin/cat"],
            ["/bin/sh", "-c", "kill -9 $$"],
        ]
        for command in commands {
            results.append(
                await runner.run(command, input: Array("x".utf8), timeout: Span(seconds: 300))
            )
        }
        results.append(
            await runner.run(["/bin/sleep", "60"], input: [], timeout: Span(milliseconds: 30))
        )
        return results
    }

    static func descriptors() -> Int {
        (0..<1024).count { fcntl(Int32($0), F_GETFD) >= 0 }
    }
}

/// Reads small files whole.
enum HostText {
    static func read(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        var text = String(decoding: bytes.prefix(count), as: UTF8.self)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
