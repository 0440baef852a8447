import Glibc

/// Where one service keeps its sockets, its store and its manifest.
package struct RuntimePaths: Sendable, Hashable {
    /// The longest path that a socket's address holds, in bytes.
    package static let socketPathLimit = 107

    package let runtimeDirectory: String
    package let agentSocket: String
    package let reviewSocket: String
    /// A SQLite path, or a `postgres://` URL.
    package let store: String
    package let manifest: String

    /// The paths below this directory, with this store and manifest.
    ///
    /// - Throws: ``StartProblem`` when a socket's path would be too long.
    package init(
        runtimeDirectory: String,
        store: String,
        manifest: String
    ) throws(StartProblem) {
        self.runtimeDirectory = runtimeDirectory
        self.store = store
        self.manifest = manifest
        agentSocket = RuntimePaths.joined(runtimeDirectory, "agent.sock")
        reviewSocket = RuntimePaths.joined(runtimeDirectory, "review.sock")
        try RuntimePaths.check(socket: agentSocket)
        try RuntimePaths.check(socket: reviewSocket)
    }

    /// The paths that an environment asks for.
    ///
    /// `HOLDSHORT_RUNTIME_DIR`, `HOLDSHORT_STORE` and `HOLDSHORT_MANIFEST` win; a relative path in
    /// them is meant from the working directory. Else the XDG base directories, of which a relative
    /// one is passed over, as their specification asks. An empty variable counts as unset.
    ///
    /// - Parameters:
    ///   - environment: The variables by name.
    ///   - home: The account's home directory when the environment has no `HOME`; nil: looked up.
    ///   - workingDirectory: What relative paths are meant from; nil: where the process stands.
    /// - Throws: ``StartProblem`` when a path is nowhere to be had, or too long for a socket.
    package init(
        environment: [String: String],
        home: String? = nil,
        workingDirectory: String? = nil
    ) throws(StartProblem) {
        let places = Places(environment: environment, home: home, start: workingDirectory)
        try self.init(
            runtimeDirectory: places.runtimeDirectory(),
            store: places.file(
                "HOLDSHORT_STORE",
                or: "journal.sqlite",
                in: "XDG_STATE_HOME",
                below: ".local/state"
            ),
            manifest: places.file(
                "HOLDSHORT_MANIFEST",
                or: "manifest.yaml",
                in: "XDG_CONFIG_HOME",
                below: ".config"
            )
        )
    }

    /// Whether the store is a database server's, not a file.
    package var storeIsServer: Bool { RuntimePaths.isServer(store) }

    /// Refuses a socket path that no address can hold.
    package static func check(socket path: String) throws(StartProblem) {
        let length = path.utf8.count
        guard length > socketPathLimit else { return }
        throw StartProblem(
            .pathTooLong,
            "The socket path \(path) has \(length) bytes; a socket's path may have at most "
                + "\(socketPathLimit). Set HOLDSHORT_RUNTIME_DIR to a shorter directory."
        )
    }

    fileprivate static func isServer(_ store: String) -> Bool {
        store.hasPrefix("postgres://") || store.hasPrefix("postgresql://")
    }

    static func joined(_ directory: String, _ name: String) -> String {
        directory.hasSuffix("/") ? directory + name : directory + "/" + name
    }
}

/// Looks places up in an environment.
private struct Places {
    let environment: [String: String]
    let home: String?
    let start: String?

    func runtimeDirectory() throws(StartProblem) -> String {
        if let own = try own("HOLDSHORT_RUNTIME_DIR") { return own }
        if let base = base("XDG_RUNTIME_DIR") { return RuntimePaths.joined(base, "holdshort") }
        return try underHome(".local/state/holdshort/run", instead: "HOLDSHORT_RUNTIME_DIR")
    }

    /// The file that a variable names, else this name in a base directory or its usual place.
    func file(
        _ variable: String,
        or name: String,
        in baseVariable: String,
        below usual: String
    ) throws(StartProblem) -> String {
        if let own = try own(variable) { return own }
        if let base = base(baseVariable) { return RuntimePaths.joined(base, "holdshort/" + name) }
        return try underHome(usual + "/holdshort/" + name, instead: variable)
    }

    /// One of our own variables, made absolute.
    func own(_ name: String) throws(StartProblem) -> String? {
        guard let value = value(name) else { return nil }
        if value.hasPrefix("/") || RuntimePaths.isServer(value) { return trimmed(value) }
        guard let start = start ?? currentDirectory() else {
            throw StartProblem(
                .nowhere,
                "\(name) is \(value), a relative path, and the working directory is gone. "
                    + "Give \(name) a full path."
            )
        }
        return trimmed(RuntimePaths.joined(start, value))
    }

    /// An XDG base directory, if it is a full path.
    func base(_ name: String) -> String? {
        value(name).flatMap { $0.hasPrefix("/") ? trimmed($0) : nil }
    }

    func underHome(_ path: String, instead name: String) throws(StartProblem) -> String {
        let found = value("HOME") ?? home ?? HostAccount(uid: geteuid())?.home
        guard let found, found.hasPrefix("/") else {
            throw StartProblem(
                .nowhere,
                "This account has no home directory and HOME is not set. Set \(name) to a full "
                    + "path."
            )
        }
        return RuntimePaths.joined(found, path)
    }

    private func value(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    private func currentDirectory() -> String? {
        guard let found = getcwd(nil, 0) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
