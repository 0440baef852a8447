import Glibc

/// Small files in which the kernel says one thing.
enum HostFile {
    /// The file's first 4 KiB without white space at the ends; nil when it cannot be read.
    static func text(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let isSpace: (UInt8) -> Bool = { $0 == 0x0A || $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
        let text = bytes.prefix(count).drop(while: isSpace)
        guard let last = text.lastIndex(where: { !isSpace($0) }) else { return nil }
        return String(decoding: text[...last], as: UTF8.self)
    }
}
