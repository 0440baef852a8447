import Glibc

/// Listening sockets that whoever started the service opened for it (systemd's socket activation).
package struct InheritedSockets: Sendable, Hashable {
    /// The agent socket's descriptor; nil: the service opens its own.
    package var agent: Int32?
    /// The review socket's descriptor; nil: the service opens its own.
    package var review: Int32?

    package init(agent: Int32? = nil, review: Int32? = nil) {
        self.agent = agent
        self.review = review
    }

    /// Takes the sockets that `LISTEN_FDS` announces; none when they are not meant for this process.
    ///
    /// Each is known by its name in `LISTEN_FDNAMES` (`agent`, `review`), else by its path's
    /// (`agent.sock`, `review.sock`). They are made not to block and not to leak into programs.
    ///
    /// - Parameters:
    ///   - environment: Where `LISTEN_PID`, `LISTEN_FDS` and `LISTEN_FDNAMES` stand.
    ///   - pid: This process.
    ///   - first: The first inherited descriptor.
    /// - Throws: ``StartProblem`` when one is no listening stream socket, is neither of the two, or
    ///   comes twice.
    /// - Returns: The sockets.
    package static func take(
        from environment: [String: String],
        pid: Int32 = getpid(),
        first: Int32 = 3
    ) throws(StartProblem) -> InheritedSockets {
        guard environment["LISTEN_PID"].flatMap({ Int32($0) }) == pid,
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), (1...64).contains(count)
        else { return InheritedSockets() }
        let names =
            environment["LISTEN_FDNAMES"]?.split(separator: ":", omittingEmptySubsequences: false)
            .map { String($0) } ?? []
        var sockets = InheritedSockets()
        for index in 0..<Int(count) {
            let descriptor = first + Int32(index)
            let name = index < names.count ? names[index] : ""
            let path = try examine(descriptor, name)
            switch (name, path.split(separator: "/").last.map { String($0) } ?? "") {
            case ("agent", _) where sockets.agent == nil: sockets.agent = descriptor
            case ("review", _) where sockets.review == nil: sockets.review = descriptor
            case ("agent", _), ("review", _):
                throw problem(descriptor, name, "it comes twice")
            case (_, "agent.sock") where sockets.agent == nil: sockets.agent = descriptor
            case (_, "review.sock") where sockets.review == nil: sockets.review = descriptor
            default:
                throw problem(
                    descriptor,
                    name,
                    "it is neither the agent nor the review socket; set FileDescriptorName=agent "
                        + "or FileDescriptorName=review in its unit"
                )
            }
        }
        return sockets
    }

    /// Whether every inherited socket lies in this directory, and so is as private as that.
    package func lie(in directory: String) -> Bool {
        [agent, review].compactMap { $0 }.allSatisfy { descriptor in
            guard let path = InheritedSockets.path(of: descriptor) else { return false }
            return path.hasPrefix(directory + "/")
                && !path.dropFirst(directory.count + 1).contains("/")
        }
    }

    // MARK: - Examining

    private static func examine(
        _ descriptor: Int32,
        _ name: String
    ) throws(StartProblem) -> String {
        guard option(SO_DOMAIN, of: descriptor) == AF_UNIX,
            option(SO_TYPE, of: descriptor) == Int32(SOCK_STREAM.rawValue),
            option(SO_ACCEPTCONN, of: descriptor) == 1, let path = path(of: descriptor)
        else {
            throw problem(
                descriptor,
                name,
                "it is no listening Unix stream socket; use ListenStream= with a path and "
                    + "Accept=no"
            )
        }
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0,
            fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
        else { throw problem(descriptor, name, StartProblem.reason(errno)) }
        return path
    }

    private static func problem(
        _ descriptor: Int32,
        _ name: String,
        _ reason: String
    ) -> StartProblem {
        let label = name.isEmpty ? "" : " (\(name))"
        return StartProblem(
            .occupied,
            "Descriptor \(descriptor)\(label) was handed over by systemd, but \(reason)."
        )
    }

    private static func option(_ option: Int32, of descriptor: Int32) -> Int32? {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, option, &value, &size) == 0 else { return nil }
        return value
    }

    /// The path that a socket is bound to; empty for an abstract or unnamed one.
    private static func path(of descriptor: Int32) -> String? {
        var address = sockaddr_un()
        var size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &size)
            }
        }
        guard status == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
        return withUnsafeBytes(of: address.sun_path) { bytes in
            let length = max(0, Int(size) - MemoryLayout<sa_family_t>.size)
            return String(
                decoding: bytes.prefix(length).prefix { $0 != 0 },
                as: UTF8.self
            )
        }
    }
}
