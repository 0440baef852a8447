import Foundation
import Glibc
import HoldClient
import HoldWire

/// A scratch directory with a manifest and a store, and the service over them.
final class Site {
    let root: URL
    let binary: String
    private(set) var service: ServiceProcess?
    /// From each start to its first answer.
    private(set) var starts: [Duration] = []

    /// Makes the directory, whose socket paths have to be short.
    init(binary: String, manifest: String, scratch: String) throws {
        self.binary = binary
        let name = "hs-crash-" + UUID().uuidString.prefix(8).lowercased()
        root = URL(filePath: scratch).appending(path: name)
        try FileManager.default.createDirectory(
            at: root.appending(path: "store"),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let text = manifest.replacingOccurrences(of: "ROOT", with: root.path)
        try text.write(to: file("manifest.yaml"), atomically: true, encoding: .utf8)
    }

    deinit { service?.signal(SIGKILL) }

    /// Clears the directory away.
    func remove() { try? FileManager.default.removeItem(at: root) }

    func file(_ name: String) -> URL { root.appending(path: name) }

    func environment(runtime: String = "run") -> [String: String] {
        [
            "HOLDSHORT_RUNTIME_DIR": file(runtime).path,
            "HOLDSHORT_STORE": file("store/journal.sqlite").path,
            "HOLDSHORT_MANIFEST": file("manifest.yaml").path,
            "HOME": root.path, "XDG_CONFIG_HOME": file("config").path,
        ]
    }

    /// The last lines that the service printed.
    var log: String {
        let text = (try? String(contentsOf: file("service.log"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(12).joined(separator: "\n")
    }

    // MARK: - The service

    /// Starts a service without waiting for anything.
    func spawn(
        runtime: String = "run",
        environment more: [String: String] = [:]
    ) throws -> ServiceProcess {
        try ServiceProcess(
            binary,
            ["serve"],
            environment: environment(runtime: runtime).merging(more) { $1 },
            log: file("service.log").path
        )
    }

    /// Starts the service and waits for its first answer.
    ///
    /// - Throws: ``Violation`` when none comes.
    @discardableResult
    func serve() async throws -> Duration {
        let began = ContinuousClock.now
        let process = try adopt(environment: [:])
        let limit = began + .seconds(60)
        while true {
            if let status = await firstStatus(), status.pid == process.pid { break }
            if process.hasEnded {
                throw Violation("the service ended before it served:\n\(log)")
            }
            guard ContinuousClock.now < limit else {
                throw Violation("the service did not come back within 60 s:\n\(log)")
            }
            await pause(.milliseconds(1))
        }
        let taken = ContinuousClock.now - began
        starts.append(taken)
        return taken
    }

    /// Starts the service as the site's own, without waiting for anything.
    func adopt(environment: [String: String]) throws -> ServiceProcess {
        let process = try spawn(environment: environment)
        service = process
        return process
    }

    private func firstStatus() async -> ServiceStatus.Reply? {
        guard let connection = try? await Connection.open(options("probe", .review, .never)) else {
            return nil
        }
        defer { connection.close() }
        return try? await ReviewClient(connection).status(timeout: .seconds(30))
    }

    /// Ends the service as a power cut would.
    func kill() async {
        await service?.kill()
        service = nil
    }

    /// Takes it as dead: it ended itself.
    func forget() { service = nil }

    /// Stops the service as an operator does; its exit status.
    func stop() async throws -> Int32 {
        guard let service else { throw InvalidRun("there is no service to stop") }
        service.signal(SIGTERM)
        guard let code = await service.wait(atMost: .seconds(30)) else {
            throw Violation("the service did not stop within 30 s of SIGTERM:\n\(log)")
        }
        self.service = nil
        return code
    }

    /// Runs a verb of the binary to its end; its exit status.
    func run(_ arguments: String...) async throws -> Int32 {
        let process = try ServiceProcess(
            binary,
            arguments,
            environment: environment(),
            log: file("verbs.log").path
        )
        guard let code = await process.wait(atMost: .seconds(300)) else {
            await process.kill()
            throw Violation("holdshort \(arguments.joined(separator: " ")) did not end")
        }
        return code
    }

    // MARK: - Clients

    enum Socket: String { case agent, review }

    func options(
        _ name: String,
        _ socket: Socket,
        _ reconnecting: ConnectionOptions.Reconnecting = .always
    ) -> ConnectionOptions {
        var options = ConnectionOptions(
            path: file("run/\(socket.rawValue).sock").path,
            client: WireParty(name: name, version: "1"),
            reconnecting: reconnecting
        )
        options.backoff = Backoff(first: .milliseconds(5), longest: .milliseconds(20))
        return options
    }

    func connect(_ name: String, _ socket: Socket) -> Connection {
        Connection.start(options(name, socket))
    }
}
