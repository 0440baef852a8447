import ArgumentParser
import Foundation
import HoldClient
import HoldService
import HoldWire

/// Where the service is.
struct ServiceOptions: ParsableArguments {
    @Option(
        name: .customLong("runtime-dir"),
        help: ArgumentHelp(
            "The service's sockets. Else $HOLDSHORT_RUNTIME_DIR, $XDG_RUNTIME_DIR/holdshort, or"
                + " ~/.local/state/holdshort/run.",
            valueName: "directory"
        )
    )
    var runtimeDirectory: String?

    /// The paths that the options and the environment ask for.
    func paths() throws(CommandFailure) -> RuntimePaths {
        var environment = ProcessInfo.processInfo.environment
        if let runtimeDirectory { environment["HOLDSHORT_RUNTIME_DIR"] = runtimeDirectory }
        do {
            return try RuntimePaths(environment: environment)
        } catch {
            throw .usage("\(error)")
        }
    }

    /// Connects as a reviewer.
    func reviewer(
        reconnecting: ConnectionOptions.Reconnecting = .never
    ) async throws -> ReviewClient {
        ReviewClient(try await connect(try paths().reviewSocket, "holdshort", reconnecting))
    }

    /// Connects as an agent.
    func agent(named name: String) async throws -> AgentClient {
        AgentClient(try await connect(try paths().agentSocket, name, .always))
    }

    private func connect(
        _ path: String,
        _ name: String,
        _ reconnecting: ConnectionOptions.Reconnecting
    ) async throws -> HoldClient.Connection {
        try await HoldClient.Connection.open(
            ConnectionOptions(
                path: path,
                client: WireParty(name: name, version: Holdshort.version),
                reconnecting: reconnecting
            )
        )
    }
}
