/// What a service is started with.
package struct ServiceConfiguration: Sendable {
    /// The service's own name among several, as `session.open` tells it.
    package var id: String
    package var version: String
    package var paths: RuntimePaths
    /// The longest line read from a connection, in bytes.
    package var frameLimit: Int
    /// The most bytes that wait to be written to one connection; beyond, it is dropped.
    package var writeLimit: Int
    /// The most requests of one connection that wait for an answer.
    package var openRequestsLimit: Int
    /// Whether drills that fall due are run; a scratch service runs none.
    package var runsDrills: Bool

    package init(
        id: String,
        version: String,
        paths: RuntimePaths,
        frameLimit: Int = 8 * 1024 * 1024,
        writeLimit: Int = 64 * 1024 * 1024,
        openRequestsLimit: Int = 10_000,
        runsDrills: Bool = true
    ) {
        self.id = id
        self.version = version
        self.paths = paths
        self.frameLimit = frameLimit
        self.writeLimit = writeLimit
        self.openRequestsLimit = openRequestsLimit
        self.runsDrills = runsDrills
    }
}
