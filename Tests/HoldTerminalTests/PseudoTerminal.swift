import Glibc

/// A terminal without a screen: what is written to it can be read, and what is typed be chosen.
final class PseudoTerminal {
    /// Why there is none.
    struct Failure: Error {
        let code: Int32
    }

    /// TIOCSPTLCK and TIOCGPTN, which are macros that Swift cannot read.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    let path: String
    private(set) var master: Int32
    private(set) var slave: Int32

    init(columns: UInt16 = 40, rows: UInt16 = 10) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var unlocked: Int32 = 0
        var number: UInt32 = 0
        guard master >= 0, ioctl(master, Self.setLock, &unlocked) == 0,
            ioctl(master, Self.getNumber, &number) == 0
        else { throw Failure(code: errno) }
        path = "/dev/pts/\(number)"
        slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard slave >= 0 else { throw Failure(code: errno) }
        resize(columns: columns, rows: rows)
    }

    deinit {
        closeSlave()
        hangUp()
    }

    func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// The modes of the line, to compare.
    var modes: [UInt32] {
        var modes = termios()
        tcgetattr(slave, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_lflag, modes.c_cflag & ~UInt32(CBAUD)]
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(master, bytes, bytes.count)
    }

    /// What was written until now and soon after; ends when `end` was seen or a second is over.
    func output(until end: String) -> String {
        var bytes: [UInt8] = []
        while !String(decoding: bytes, as: UTF8.self).contains(end) {
            var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 1_000) > 0, let more = chunk() else { break }
            bytes += more
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// All that was written, once nobody has the terminal open any more.
    func outputToTheEnd() -> String {
        closeSlave()
        var bytes: [UInt8] = []
        while let more = chunk() { bytes += more }
        return String(decoding: bytes, as: UTF8.self)
    }

    func hangUp() {
        if master >= 0 { close(master) }
        master = -1
    }

    private func closeSlave() {
        if slave >= 0 { close(slave) }
        slave = -1
    }

    private func chunk() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = read(master, &buffer, buffer.count)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }
}
