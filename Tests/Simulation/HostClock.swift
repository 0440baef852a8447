import HoldCore

/// The clocks of the simulated host: true time goes on, the wall clock can be set, a reboot begins anew.
struct HostClock {
    /// What the wall clock said when the world began.
    static let epoch: Int64 = 1_795_262_400_000

    private var boots = 1
    private var bootedAt: Int64 = 0
    private var wallError: Int64 = 0

    /// Whether the journal's time is bound to true time, as far as deadlines go: it no longer is once the
    /// host has booted with a wall clock that is wrong.
    private(set) var isTrue = true

    func reading(at now: Int64) -> ClockReading {
        ClockReading(
            boot: "boot-\(boots)",
            sinceBoot: now - bootedAt,
            wall: HostClock.epoch + now + wallError
        )
    }

    mutating func setWall(off error: Int64) { wallError = error }

    mutating func reboot(at now: Int64) {
        boots += 1
        bootedAt = now
    }

    /// The service takes its time from the wall clock: at the first start after a boot.
    mutating func anchor() {
        if wallError != 0 { isTrue = false }
    }
}
