/// What the host's clocks say at one moment.
public struct ClockReading: Sendable, Hashable {
    /// Which boot of the host this is; empty when it does not say.
    public var boot: String
    /// Milliseconds since the boot, sleep included.
    public var sinceBoot: Int64
    /// The wall clock, in milliseconds since 1970-01-01T00:00:00Z.
    public var wall: Int64

    /// A reading of these parts.
    public init(boot: String, sinceBoot: Int64, wall: Int64) {
        self.boot = boot
        self.sinceBoot = sinceBoot
        self.wall = wall
    }
}
