import HoldCore

/// Reads action manifests.
package enum ManifestLoader {
    /// The most bytes of a file.
    package static let bytesMax = 1 << 20

    /// Reads a manifest from the bytes of its file, and checks it.
    ///
    /// Never throws: whatever the bytes are, the answer is a manifest, or problems that say where
    /// and why not.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - file: The file's name, as problems and policies show it.
    /// - Returns: The manifest when it can be used, and every problem.
    package static func load(_ bytes: [UInt8], file: String) -> LoadedManifest {
        var source = YAMLSource()
        let root = source.read(bytes)
        var log = ProblemLog(file: file)
        for fault in source.faults { log.error(fault.message, at: fault.place) }
        var manifest: Manifest?
        if let root {
            var reader = ManifestReader(log: log)
            manifest = reader.manifest(from: root, digest: Digest(of: bytes))
            log = reader.log
        }
        let problems = log.sorted
        let isRefused = problems.contains { $0.severity == .error }
        return LoadedManifest(
            manifest: isRefused ? nil : manifest,
            problems: problems,
            file: file
        )
    }
}
