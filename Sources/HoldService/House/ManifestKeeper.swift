import Foundation
package import HoldCore
import HoldManifest
package import Logging
import Synchronization

/// The manifest in force, read anew when its file changes; a bad file is refused and the old one stays.
package final class ManifestKeeper: Sendable {
    /// What is in force, and what is wrong with the file since.
    package struct State: Sendable {
        package var manifest: Manifest
        package var loadedAt: Instant
        /// The first error of the file on disk; nil while the file is the manifest in force.
        package var problem: String?
        fileprivate var seen: FileMark?
    }

    /// What tells one state of a file from another, without reading it.
    fileprivate struct FileMark: Equatable {
        var size: UInt64
        var modified: Date?
    }

    private let path: String
    private let mutex: Mutex<State>

    package var state: State { mutex.withLock { $0 } }
    package var current: Manifest { mutex.withLock { $0.manifest } }

    /// Reads the manifest for a start: one with errors is refused.
    ///
    /// - Throws: ``StartProblem`` with every problem and its place.
    package init(path: String, at now: Instant) throws(StartProblem) {
        self.path = path
        let mark = ManifestKeeper.mark(of: path)
        let loaded = try ManifestKeeper.load(path)
        guard let manifest = loaded.manifest else { throw StartProblem(.manifest, loaded.report) }
        mutex = Mutex(State(manifest: manifest, loadedAt: now, problem: nil, seen: mark))
    }

    /// Reads the file again if it changed, or in any case when told to.
    ///
    /// - Returns: The new manifest, when there is one in force now.
    package func reload(isForced: Bool, at now: Instant, logger: Logger) -> Manifest? {
        let mark = ManifestKeeper.mark(of: path)
        let isChanged = mutex.withLock { state in
            defer { state.seen = mark }
            return state.seen != mark
        }
        guard isForced || isChanged else { return nil }
        let problem: String
        do {
            let loaded = try ManifestKeeper.load(path)
            if let manifest = loaded.manifest { return adopt(manifest, at: now, logger: logger) }
            problem = loaded.errors.first.map { "\($0)" } ?? "it cannot be read"
            logger.error("the manifest is refused; the old one stays in force:\n\(loaded.report)")
        } catch {
            problem = error.sentence
            logger.error("the manifest is refused; the old one stays in force: \(problem)")
        }
        mutex.withLock { $0.problem = problem }
        return nil
    }

    private func adopt(_ manifest: Manifest, at now: Instant, logger: Logger) -> Manifest? {
        let isNew = mutex.withLock { state in
            state.problem = nil
            guard state.manifest.digest != manifest.digest else { return false }
            state.manifest = manifest
            state.loadedAt = now
            return true
        }
        guard isNew else { return nil }
        logger.notice("the manifest is read anew", metadata: ["digest": "\(manifest.digest)"])
        return manifest
    }

    private static func load(_ path: String) throws(StartProblem) -> LoadedManifest {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw StartProblem(
                .manifest,
                "\(path): the manifest cannot be read (\(error.localizedDescription)). Write one"
                    + " there, or name another with --manifest or HOLDSHORT_MANIFEST."
            )
        }
        return ManifestLoader.load(Array(bytes), file: path)
    }

    private static func mark(of path: String) -> FileMark? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
            return nil
        }
        return FileMark(
            size: (attributes[.size] as? UInt64) ?? 0,
            modified: attributes[.modificationDate] as? Date
        )
    }
}
