import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A small disk of its own, where this process may mount one.
package final class Tmpfs {
    package let path: String

    /// Whether this process may mount anything: usually only root.
    package static let isAllowed: Bool = (try? Tmpfs(bytes: 1 << 20)) != nil

    /// Mounts so many bytes, at a path that is nothing yet or an empty directory.
    package init(bytes: Int, at place: String? = nil) throws {
        path = place ?? NSTemporaryDirectory() + "holdshort-disk-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        #if os(Linux)
            guard mount("tmpfs", path, "tmpfs", 0, "size=\(bytes),mode=0700") == 0 else {
                throw POSIXError(.EPERM)
            }
        #else
            throw POSIXError(.ENOTSUP)
        #endif
    }

    /// Nothing may be written any more, or again.
    package func setReadOnly(_ isReadOnly: Bool) throws {
        #if os(Linux)
            let flags = UInt(MS_REMOUNT) | (isReadOnly ? UInt(MS_RDONLY) : 0)
            guard mount("tmpfs", path, "tmpfs", flags, nil) == 0 else { throw POSIXError(.EBUSY) }
        #endif
    }

    /// Writes a file until nothing more fits.
    package func fill() throws {
        let descriptor = open(path + "/filler", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(descriptor) }
        for size in [65_536, 4096, 1] {
            let bytes = [UInt8](repeating: 0, count: size)
            while write(descriptor, bytes, size) == size {}
        }
    }

    /// Takes the filler away.
    package func empty() { unlink(path + "/filler") }

    /// Takes so many bytes of the filler away.
    package func free(_ bytes: Int) throws {
        var status = stat()
        guard stat(path + "/filler", &status) == 0,
            truncate(path + "/filler", max(status.st_size - bytes, 0)) == 0
        else { throw POSIXError(.EIO) }
    }

    deinit {
        #if os(Linux)
            umount2(path, Int32(MNT_DETACH))
        #endif
        rmdir(path)
    }
}
