/// What the journal's time hangs on: one boot of the host, and how far its clock is from the journal's.
public struct ClockAnchor: Sendable, Hashable {
    /// Which boot; empty when the host does not say.
    public var boot: String
    /// Journal time less time since boot, in milliseconds.
    public var offset: Int64

    /// An anchor of these parts.
    public init(boot: String, offset: Int64) {
        self.boot = boot
        self.offset = offset
    }

    /// The anchor for a service that starts now.
    ///
    /// In the same boot it stays where it was: however the wall clock was set since, the journal's
    /// time went on as the host's did.
    ///
    /// After a reboot the wall clock is all there is, and what is left of a deadline is clamped
    /// between nothing and what was left at the journal's last event:
    /// - Behind the last event, the wall clock cannot be right. The journal's time goes on from there,
    ///   so a deadline is never further away than it was.
    /// - Ahead of it, nobody can tell a clock that was set wrong from a host that was down. Time that
    ///   passed while it was down counts (I3), so what is overdue ends, as it does in any case: in a
    ///   next tier or in a timeout, never in an approval, and permits end too. The error of a wrong
    ///   clock is then that work is refused, not that it is let through.
    ///
    /// A host that does not name its boot is taken to have been rebooted.
    ///
    /// - Parameters:
    ///   - reading: What the host's clocks say now.
    ///   - kept: The anchor of the service that ran last.
    ///   - last: The time of the journal's last event.
    public init(at reading: ClockReading, kept: ClockAnchor?, last: Instant?) {
        boot = reading.boot
        if let kept, kept.boot == reading.boot, !reading.boot.isEmpty {
            offset = kept.offset
        } else {
            offset = reading.wall.lessClamped(reading.sinceBoot)
        }
        if let last, now(at: reading.sinceBoot) < last {
            offset = last.milliseconds.lessClamped(reading.sinceBoot)
        }
    }

    /// The journal's time so long after the boot.
    public func now(at sinceBoot: Int64) -> Instant {
        Instant(milliseconds: offset) + Span(milliseconds: sinceBoot)
    }

    /// The journal's time when the host's clocks say this.
    package func now(at reading: ClockReading) -> Instant {
        #if PlantedFaults
            if PlantedFault.active == .wallClockTimer {
                return Instant(milliseconds: reading.wall)
            }
        #endif
        return now(at: reading.sinceBoot)
    }

    // MARK: - In the store

    /// The name of the setting that holds it.
    public static let setting = "clock_anchor"

    /// As the setting holds it.
    public var bytes: [UInt8] {
        JSONValue.object(["boot": .string(boot), "offset": .string(String(offset))]).canonical
    }

    /// Reads what ``bytes`` wrote; nil for anything else, which then counts as no anchor.
    public init?(bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes), let boot = value["boot"]?.text,
            let offset = value["offset"]?.text.flatMap({ Int64($0) })
        else { return nil }
        self.init(boot: boot, offset: offset)
    }
}

extension Int64 {
    fileprivate func lessClamped(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (self > other ? .max : .min) : difference
    }
}
