import Foundation
import HoldCore
package import HoldJournal
package import Logging

/// Everything between a command line and a service that can open its sockets, in the order in which a
/// refusal costs least.
package enum ServiceStart {
    /// Prepares a service: paths claimed, manifest read, journal opened.
    ///
    /// - Throws: ``StartProblem`` or `JournalFault`; nothing is left behind then.
    package static func prepare(
        paths: RuntimePaths,
        logger: Logger,
        runsDrills: Bool = true,
        openJournal: (String) throws(JournalFault) -> any Journal
    ) throws -> Service {
        let wall = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let manifests = try ManifestKeeper(path: paths.manifest, at: wall)
        let inherited = try InheritedSockets.take(from: ProcessInfo.processInfo.environment)
        let directory = try RuntimeDirectory.claim(paths.runtimeDirectory)
        #if FAILPOINTS
            let failPoints = try FailPoints(environment: ProcessInfo.processInfo.environment)
            let store = try openJournal(paths.store)
            let journal: any Journal = failPoints.map { FailPointJournal(store, $0) } ?? store
            failPoints?.reach(.opened)
        #else
            let journal = try openJournal(paths.store)
        #endif
        let clock = try JournalClock(journal: journal)
        return try Service(
            configuration: ServiceConfiguration(
                id: ProcessInfo.processInfo.hostName,
                version: ServiceStart.version,
                paths: paths,
                runsDrills: runsDrills
            ),
            journal: journal,
            clock: clock,
            manifests: manifests,
            directory: directory,
            inherited: inherited,
            logger: logger
        )
    }

    /// The version of the service and of the command line.
    package static let version = "0.1.0"
}
