#if FAILPOINTS
    import Foundation
    import Glibc
    import HoldCore
    import HoldJournal
    import Synchronization

    /// Kills the service at one moment, so that a harness can show what a crash there leaves.
    ///
    /// Only debug builds hold any of this.
    package final class FailPoints: Sendable {
        private struct State {
            var hits = 0
            /// The hit has come, and its effects are being carried out.
            var isSending = false
        }

        private let point: FailPoint
        private let logPath: String?
        private let end: @Sendable () -> Void
        private let state = Mutex(State())

        /// What the environment asks for; nil when it asks for nothing.
        ///
        /// - Throws: ``StartProblem`` for a value that makes no sense.
        package init?(environment: [String: String]) throws(StartProblem) {
            guard let text = environment["HOLDSHORT_FAILPOINT"] else { return nil }
            point = try FailPoint(parsing: text)
            logPath = environment["HOLDSHORT_FAILPOINT_LOG"]
            end = FailPoints.killThisProcess
        }

        /// Fail points that end in something else than a kill.
        package init(
            _ point: FailPoint,
            logPath: String? = nil,
            end: @escaping @Sendable () -> Void
        ) {
            self.point = point
            self.logPath = logPath
            self.end = end
        }

        /// Whether this batch is the hit that is waited for; one batch is one hit.
        func isHit(by batch: Batch) -> Bool {
            guard case .commit(let wanted, _, let hit) = point.place,
                PersistencePoint.points(of: batch.events.lazy.map(\.event)).contains(wanted)
            else { return false }
            return state.withLock { state in
                state.hits += 1
                return state.hits == hit
            }
        }

        /// The hit's batch is about to be made durable.
        func willCommit() {
            if case .commit(_, .before, _) = point.place { die() }
        }

        /// The hit's batch is durable.
        func didCommit() {
            guard case .commit(_, let moment, _) = point.place else { return }
            if moment == .after { die() }
            if moment == .sent { state.withLock { $0.isSending = true } }
        }

        /// Whether the process is to end as soon as what was said is in the sockets.
        var isDue: Bool { state.withLock { $0.isSending } }

        /// A start has come this far.
        func reach(_ stage: FailPoint.Stage) {
            if case .start(stage) = point.place { die() }
        }

        /// Says which point it was, and ends the process.
        func die() {
            if let logPath {
                let line = Array("\(point)\n".utf8)
                let file = open(logPath, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
                if file >= 0 {
                    _ = write(file, line, line.count)
                    close(file)
                }
            }
            end()
        }

        /// As a power cut would: no handler, no flush, nothing that runs afterwards.
        private static func killThisProcess() {
            kill(getpid(), SIGKILL)
            while true { pause() }
        }
    }
#endif
