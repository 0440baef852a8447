import Foundation

/// A file that only this account can read, gone with its owner.
final class ScratchFile {
    let path: String

    /// Makes the file, in a folder that other accounts have no part in where there is one.
    ///
    /// - Throws: `CocoaError` when it cannot be made or written.
    init(name: String, content: [UInt8]) throws {
        let environment = ProcessInfo.processInfo.environment
        let folder = environment["XDG_RUNTIME_DIR"] ?? NSTemporaryDirectory()
        path = URL(filePath: folder).appending(path: "\(getpid())-\(name)").path
        unlink(path)
        // Nobody can have put a file or a link there before.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path])
        }
        try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(
            contentsOf: Data(content)
        )
    }

    deinit { unlink(path) }

    /// What the file holds now; nil when it cannot be read.
    func content() -> [UInt8]? {
        FileManager.default.contents(atPath: path).map { Array($0) }
    }
}
