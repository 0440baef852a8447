import Glibc
package import HoldCore

extension ClockReading {
    /// What the clocks of this host say now.
    package static func current() -> ClockReading {
        ClockReading(boot: bootID, sinceBoot: read(CLOCK_BOOTTIME), wall: read(CLOCK_REALTIME))
    }

    /// Read once: it cannot change while a process lives.
    private static let bootID = HostFile.text("/proc/sys/kernel/random/boot_id") ?? ""

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        // Fails only for a clock that the kernel does not have; both are older than this language.
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
