import ArgumentParser
import Foundation
import HoldCore
import HoldJournal
import HoldJournalSQLite
import HoldService
import Logging
import UnixSignals

/// `holdshort serve`: the service in the foreground.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the gate service in the foreground.",
        discussion: """
            Logs go to standard error. SIGTERM stops cleanly; SIGHUP reads the manifest anew.

            Example:
              holdshort serve --manifest manifest.yaml
            """
    )

    @OptionGroup var options: ServiceOptions

    @Option(help: "The action manifest.", completion: .file(extensions: ["yaml", "yml"]))
    var manifest: String?

    @Option(help: "The journal's file.", completion: .file())
    var store: String?

    @Option(help: "How much to log: trace, debug, info, notice, warning, error.")
    var logLevel: String = "notice"

    @Flag(help: .hidden)
    var detached = false

    func run() async throws {
        // Started for somebody: their terminal's signals are not meant for the service.
        if detached { setsid() }
        signal(SIGPIPE, SIG_IGN)
        guard let level = Logger.Level(rawValue: logLevel) else {
            throw ValidationError("--log-level \(logLevel): not one of the levels in the help")
        }
        var logger = Logger(label: "holdshort") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        do {
            try await serve(logger)
        } catch {
            let failure: CommandFailure
            switch error {
            case let problem as StartProblem: failure = CommandFailure("start", problem.sentence)
            case let fault as JournalFault:
                failure = CommandFailure("store", "The journal cannot be opened: \(fault.context)")
            default: failure = CommandFailure(error)
            }
            Output(isJSON: false).fail(failure)
            throw ExitCode(failure.status.rawValue)
        }
    }

    private func serve(_ logger: Logger) async throws {
        let usual = try options.paths()
        let paths = try RuntimePaths(
            runtimeDirectory: usual.runtimeDirectory,
            store: store.map(Serve.absolute) ?? usual.store,
            manifest: manifest.map(Serve.absolute) ?? usual.manifest
        )
        let service = try ServiceStart.prepare(
            paths: paths,
            logger: logger,
            openJournal: { path throws(JournalFault) in try SQLiteJournal(path: path) }
        )
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        try await service.open()
        logger.notice(
            "serving",
            metadata: ["agents": "\(paths.agentSocket)", "store": "\(paths.store)"]
        )
        for await signal in signals {
            if signal == .sighup {
                service.reloadManifest()
                continue
            }
            logger.notice("stopping", metadata: ["signal": "\(signal)"])
            break
        }
        await service.stop()
    }

    private static func absolute(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path
    }
}
