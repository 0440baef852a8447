import Foundation
import HoldClient
import HoldService
import HoldWire

/// Starts a service in the background if none answers, as tmux starts its server.
struct ServiceStarter {
    var paths: RuntimePaths

    /// Starts one, and waits until it answers.
    ///
    /// - Throws: `CommandFailure` with what the service said when it does not start.
    func startIfNeeded() async throws {
        if await isAnswered() { return }
        let folder = URL(filePath: paths.store).deletingLastPathComponent()
        let log = folder.appending(path: "service.log")
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let process = try ServiceStarter.launch(paths: paths, log: log.path)
        try await waitUntilAnswered {
            guard !process.isRunning else { return }
            throw CommandFailure(
                "no_service",
                ServiceStarter.lastLines(of: log.path),
                status: .noService
            )
        }
    }

    /// Asks whether a service answers.
    ///
    /// - Throws: `CommandFailure` when none does.
    func requireAnswer() async throws {
        guard await !isAnswered() else { return }
        throw CommandFailure(
            "no_service",
            "no service answers at \(paths.reviewSocket): start one with holdshort serve, or leave"
                + " --no-start out.",
            status: .noService
        )
    }

    /// Waits until a service that is starting answers.
    ///
    /// - Parameter check: Throws when waiting is pointless.
    /// - Throws: What the check throws; `CommandFailure` after ten seconds.
    func waitUntilAnswered(_ check: () throws -> Void = {}) async throws {
        for _ in 0..<500 {
            if await isAnswered() { return }
            try check()
            try await Task.rest(for: .milliseconds(20))
        }
        throw CommandFailure(
            "no_service",
            "The service was started and does not answer at \(paths.reviewSocket).",
            status: .noService
        )
    }

    /// Starts `holdshort serve` apart from this terminal.
    static func launch(
        paths: RuntimePaths,
        log: String,
        whenEnded: (@Sendable (Process) -> Void)? = nil
    ) throws -> Process {
        let process = Process()
        process.terminationHandler = whenEnded
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "serve", "--detached", "--runtime-dir", paths.runtimeDirectory, "--store", paths.store,
            "--manifest", paths.manifest,
        ]
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure("no_log", "\(log): the service's log cannot be written.")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        return process
    }

    private func isAnswered() async -> Bool {
        var options = ConnectionOptions(
            path: paths.reviewSocket,
            client: WireParty(name: "holdshort"),
            reconnecting: .never
        )
        options.openTimeout = .seconds(2)
        guard let connection = try? await Connection.open(options) else { return false }
        connection.close()
        return true
    }

    private static func lastLines(of log: String) -> String {
        let text = FileManager.default.contents(atPath: log).map {
            String(decoding: $0, as: UTF8.self)
        }
        let lines = (text ?? "").split(separator: "\n").suffix(20).joined(separator: "\n")
        return lines.isEmpty ? "The service did not start, and said nothing." : lines
    }
}
