import Foundation
import HoldConsole

/// Where the console keeps what it remembers of its last time with one service.
///
/// A convenience: a file that cannot be read or written costs nothing but the convenience.
struct SessionFile {
    private let path: String

    /// The file for a service; nil when the environment names no place for it.
    ///
    /// - Parameters:
    ///   - socket: The service's review socket: each service has a memory of its own.
    ///   - environment: `XDG_STATE_HOME`, or `HOME`, says where.
    init?(socket: String, environment: [String: String]) {
        let base: String
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            base = state
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            base = home + "/.local/state"
        } else {
            return nil
        }
        // A file name of the path that is as long as needed to tell services apart, and readable.
        let name = socket.utf8.map { byte in
            let isPlain =
                (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x30...0x39).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "-"
        }
        path = "\(base)/holdshort/console-\(name.joined().suffix(120)).json"
    }

    /// What was remembered; nil when nothing was.
    func read() -> SessionMemory? {
        FileManager.default.contents(atPath: path).flatMap { SessionMemory(Array($0)) }
    }

    /// Remembers: a new file takes the place of the old one, readable by this account alone.
    func write(_ memory: SessionMemory) {
        guard let bytes = memory.bytes else { return }
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let fresh = "\(path).\(getpid())"
        let isWritten = FileManager.default.createFile(
            atPath: fresh,
            contents: Data(bytes),
            attributes: [.posixPermissions: 0o600]
        )
        if !isWritten || rename(fresh, path) != 0 { unlink(fresh) }
    }
}
