import Foundation
import Glibc
import HoldCore
import Testing

/// One process of a test: the binary, a Python agent, `nc`.
final class Player {
    let process = Process()
    let output: Spool
    let errors: Spool
    private let input = Pipe()
    private let ended = DispatchSemaphore(value: 0)

    /// A process that went away must not take the tests with it.
    private static let ignoresBrokenPipes: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return true
    }()

    init(
        _ executable: String,
        _ arguments: [String],
        in directory: URL? = nil,
        environment: [String: String] = [:]
    ) throws {
        _ = Player.ignoresBrokenPipes
        let (out, err) = (Pipe(), Pipe())
        output = Spool(out)
        errors = Spool(err)
        // Found by the path, as a shell does.
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [executable] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = directory }
        process.standardInput = input
        process.standardOutput = out
        process.standardError = err
        process.terminationHandler = { [ended] _ in ended.signal() }
        try Player.withAllSignals { try process.run() }
    }

    /// Runs something with no signal blocked on this thread.
    ///
    /// A process has the mask of the thread that starts it, and dispatch's threads block nearly all:
    /// a tmux that never hears of SIGTERM outlives its tests.
    private static func withAllSignals(_ body: () throws -> Void) rethrows {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    deinit {
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
    }

    var pid: Int32 { process.processIdentifier }

    func write(_ text: String) {
        try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }

    func closeInput() { try? input.fileHandleForWriting.close() }

    /// Waits for its end; its exit code, or 128 and the signal.
    @discardableResult func wait(seconds: Double = 60) throws -> Int32 {
        guard ended.wait(timeout: .now() + seconds) == .success else {
            Issue.record("It did not end: \(process.arguments ?? []); \(output.text)\(errors.text)")
            kill()
            return -1
        }
        ended.signal()
        output.waitForEnd(seconds: 2)
        errors.waitForEnd(seconds: 2)
        let isSignal = process.terminationReason == .uncaughtSignal
        return isSignal ? 128 + process.terminationStatus : process.terminationStatus
    }

    /// Ends it as a power cut would.
    func kill() {
        Glibc.kill(pid, SIGKILL)
        if ended.wait(timeout: .now() + 10) == .success { ended.signal() }
    }
}

/// What a command came to.
struct Ran {
    var code: Int32
    var out: String
    var err: String

    var lines: [String] { out.split(separator: "\n").map(String.init) }

    /// The one JSON value that it printed.
    func json() throws -> JSONValue { try JSONValue(parsing: out) }
}

/// Looks until it is so: at most for some seconds.
func eventually(seconds: Double = 30, _ isSo: () throws -> Bool) rethrows -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    let pause = DispatchSemaphore(value: 0)
    while ContinuousClock.now < end {
        if try isSo() { return true }
        _ = pause.wait(timeout: .now() + .milliseconds(20))
    }
    return try isSo()
}

extension JSONValue {
    var list: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }

    var keys: Set<String> {
        guard case .object(let members) = self else { return [] }
        return Set(members.keys)
    }

    var int: Int? { double.map { Int($0) } }

    var isTrue: Bool { self == .bool(true) }
}
