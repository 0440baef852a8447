import Foundation
import Glibc

/// A directory of its own for one test; gone with everything in it when the test lets go of it.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/hs-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CannotMake(number: errno) }
        path = template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
    }

    struct CannotMake: Error { var number: Int32 }

    deinit {
        guard path.hasPrefix("/tmp/hs-") else { return }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of something in the directory.
    func at(_ name: String) -> String { path + "/" + name }

    /// Writes a file.
    @discardableResult
    func write(_ text: String, to name: String, mode: mode_t = 0o600) -> String {
        let file = open(at(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        defer { close(file) }
        let bytes = Array(text.utf8)
        _ = Glibc.write(file, bytes, bytes.count)
        return at(name)
    }

    /// Writes a shell script that can be run.
    func script(_ name: String, _ lines: String) -> String {
        write("#!/bin/sh\n" + lines + "\n", to: name, mode: 0o755)
    }

    /// What a file holds; empty when there is none.
    func read(_ name: String) -> String {
        let file = open(at(name), O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = Glibc.read(file, &chunk, chunk.count), count > 0 {
            all += chunk.prefix(count)
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// The kind bits and the permission bits of what is there; nil when nothing is.
    func mode(_ name: String) -> (kind: mode_t, permissions: mode_t)? {
        var status = stat()
        guard lstat(at(name), &status) == 0 else { return nil }
        return (status.st_mode & S_IFMT, status.st_mode & 0o7777)
    }
}
