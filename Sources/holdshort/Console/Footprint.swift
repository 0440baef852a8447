import Glibc

/// How much memory the console takes.
enum Footprint {
    /// Lets the kernel have back the pages of code that only the start needed.
    ///
    /// Most of a program's code runs once, when it starts; a console that is open for a week need
    /// not hold it so long. What is still needed comes back from the page cache by itself.
    static func dropStartCode() {
        guard let maps = try? text(of: "/proc/self/maps") else { return }
        for line in maps.split(separator: "\n") {
            // `7f00-7f10 r-xp 0000 fd:00 12   /lib/libc.so`: code of a file, and nothing of ours in it.
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            guard fields.count >= 6, fields[1] == "r-xp", fields[5].hasPrefix("/") else { continue }
            let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard ends.count == 2, ends[0] < ends[1] else { continue }
            madvise(
                UnsafeMutableRawPointer(bitPattern: ends[0]),
                Int(ends[1] - ends[0]),
                Int32(MADV_DONTNEED)
            )
        }
    }

    private struct Unreadable: Error {}

    private static func text(of path: String) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Unreadable() }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
