import Glibc

/// Tells systemd how the service is, when it was started by systemd; else does nothing.
package struct SystemdNotify: Sendable {
    /// How often to say ``alive()``, half of what systemd allows; nil when it does not watch.
    package let watchdogInterval: Duration?

    private let socket: String?

    /// What `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` of this environment ask for.
    package init(environment: [String: String], pid: Int32 = getpid()) {
        socket = environment["NOTIFY_SOCKET"].flatMap {
            ($0.hasPrefix("/") || $0.hasPrefix("@")) && $0.utf8.count > 1
                && $0.utf8.count <= RuntimePaths.socketPathLimit ? $0 : nil
        }
        let isMeant = environment["WATCHDOG_PID"].map { Int32($0) == pid } ?? true
        let allowed = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdogInterval =
            socket != nil && isMeant && allowed > 0 ? .microseconds(allowed / 2) : nil
    }

    /// The sockets are open.
    @discardableResult package func ready() -> Bool { send("READY=1") }

    /// The service is about to end.
    @discardableResult package func stopping() -> Bool { send("STOPPING=1") }

    /// The service still works.
    @discardableResult package func alive() -> Bool { send("WATCHDOG=1") }

    /// One line for `systemctl status`.
    @discardableResult package func status(_ line: String) -> Bool {
        send("STATUS=" + line.split(separator: "\n").joined(separator: " "))
    }

    /// Whether systemd was there to hear it; a failure to tell it is never one of the service.
    private func send(_ message: String) -> Bool {
        guard let socket else { return false }
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc.socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(socket.utf8)
        // `@` stands for the zero byte of an abstract name, which has no terminator.
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let text = Array(message.utf8)
        let sent = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, text, text.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
        return sent == text.count
    }
}
