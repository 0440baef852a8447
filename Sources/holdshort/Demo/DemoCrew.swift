import Foundation
import HoldService
import Synchronization

/// The demo's processes: the service, which is started again should it be killed, and the agents.
final class DemoCrew: Sendable {
    private struct State {
        var service: Process?
        var agents: [Process] = []
        var isDismissed = false
    }

    private let state = Mutex(State())
    private let folder: DemoFolder
    private let isHeadless: Bool

    init(folder: DemoFolder, isHeadless: Bool) {
        self.folder = folder
        self.isHeadless = isHeadless
    }

    /// Starts the service and waits until it answers.
    func startService() async throws {
        let paths = try folder.paths()
        try launch(paths)
        try await ServiceStarter(paths: paths).waitUntilAnswered()
        if isHeadless {
            let pid = state.withLock { $0.service?.processIdentifier ?? 0 }
            Output(isJSON: false).line(
                "demo: the service is process \(pid) in \(folder.root.path)"
            )
        }
    }

    private func launch(_ paths: RuntimePaths) throws {
        let log = folder.root.appending(path: "service.log").path
        let process = try ServiceStarter.launch(paths: paths, log: log) { [weak self] ended in
            self?.serviceEnded(ended)
        }
        state.withLock { $0.service = process }
    }

    /// A service that was killed is started again: nothing that it acknowledged is lost.
    private func serviceEnded(_ process: Process) {
        let isWanted = state.withLock { state in
            !state.isDismissed && state.service?.processIdentifier == process.processIdentifier
        }
        guard isWanted, let paths = try? folder.paths() else { return }
        if isHeadless {
            Output(isJSON: false).line("demo: the service was killed; it is started again")
        }
        try? launch(paths)
    }

    func startAgents() throws {
        for kind in DemoAgent.Kind.allCases {
            let process = Process()
            process.executableURL = URL(filePath: DemoFolder.binary)
            process.arguments = [
                "demo-agent", kind.rawValue, "--files", folder.files.path, "--runtime-dir",
                try folder.paths().runtimeDirectory,
            ]
            process.standardInput = FileHandle.nullDevice
            if !isHeadless {
                let log = folder.root.appending(path: "\(kind.rawValue).log")
                try Data().write(to: log)
                let handle = try FileHandle(forWritingTo: log)
                process.standardOutput = handle
                process.standardError = handle
            }
            try process.run()
            state.withLock { $0.agents.append(process) }
        }
    }

    /// Ends them all.
    func dismiss() {
        let processes = state.withLock { state in
            state.isDismissed = true
            return state.agents + [state.service].compactMap { $0 }
        }
        for process in processes where process.isRunning { process.terminate() }
        for process in processes { process.waitUntilExit() }
    }
}
