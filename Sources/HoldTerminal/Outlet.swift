import Glibc

/// What is on its way to the terminal.
///
/// A terminal that is slow, stopped or gone never holds the program up: what it does not take at
/// once waits here, and meanwhile nothing more is drawn. So there is never more than one frame.
final class Outlet {
    /// The terminal, opened once more for us alone, so that its writes can be told not to block;
    /// nil where that is not allowed.
    private let own: Int32?
    private let shared: Int32
    private var bytes: [UInt8] = []
    private var sent = 0
    /// When the terminal last did not take all of a frame at once.
    private(set) var lastHeldUp: ContinuousClock.Instant?

    /// As many bytes go to a terminal that may block; it has room for them when it has any.
    private static let piece = 256

    init(_ descriptor: Int32) {
        shared = descriptor
        let opened = open(
            "/proc/self/fd/\(descriptor)",
            O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        )
        own = opened >= 0 ? opened : nil
    }

    deinit {
        if let own { close(own) }
    }

    /// Where to write and wait for room.
    var descriptor: Int32 { own ?? shared }
    /// Whether something still waits for the terminal.
    var isBusy: Bool { sent < bytes.count }

    /// Adds text behind what waits already.
    func add(_ text: String) { bytes += text.utf8 }

    /// Adds bytes behind what waits already.
    func add(_ more: [UInt8]) { bytes += more }

    /// Adds so many bytes, which somebody writes in place.
    func add(count: Int, _ body: (UnsafeMutableRawBufferPointer) -> Int) {
        guard count > 0 else { return }
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: count))
        let written = bytes.withUnsafeMutableBytes { body(.init(rebasing: $0[start...])) }
        bytes.removeLast(count - min(max(written, 0), count))
    }

    /// Sends as much as the terminal takes now.
    func send() {
        while isBusy {
            if own == nil, !hasRoom(within: 0) { break }
            let count = bytes.withUnsafeBytes { all in
                let rest = all[sent...].prefix(own == nil ? Self.piece : .max)
                return UnsafeRawBufferPointer(rebasing: rest).withMemoryRebound(to: UInt8.self) {
                    write(descriptor, $0.baseAddress, $0.count)
                }
            }
            if count > 0 {
                sent += count
            } else if errno == EAGAIN {
                break
            } else if errno != EINTR {
                // A terminal that takes nothing any more is told by the next wait.
                return drop()
            }
        }
        guard isBusy else { return drop() }
        lastHeldUp = .now
    }

    /// Sends all of it, and gives up when the terminal takes nothing for half a second.
    func finish() {
        send()
        while isBusy, hasRoom(within: HoldingUp.patience) { send() }
        drop()
    }

    /// Forgets what waits.
    func drop() {
        bytes.removeAll(keepingCapacity: true)
        sent = 0
    }

    private func hasRoom(within milliseconds: Int32) -> Bool {
        var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        while true {
            let count = poll(&room, 1, milliseconds)
            if count < 0, errno == EINTR { continue }
            return count > 0 && room.revents & Int16(POLLOUT) != 0
        }
    }
}

/// How long a terminal may hold things up.
enum HoldingUp {
    /// Nobody waits longer for a terminal that takes nothing; in milliseconds.
    static let patience: Int32 = 500
    /// For so long after it was held up, a terminal counts as slow.
    static let memory = Duration.seconds(2)
}
