import CNcurses
import Glibc
package import HoldConsole

/// Why a wait at the terminal ended; several reasons can come together.
package struct WakeReasons: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Keys may be waiting, or the size has changed: read the keys.
    package static let input = WakeReasons(rawValue: 1)
    /// Somebody called ``Waker/wake()``.
    package static let woken = WakeReasons(rawValue: 2)
    /// The terminal is gone; nothing can be read or shown any more.
    package static let hangUp = WakeReasons(rawValue: 4)
    /// SIGHUP, SIGTERM, SIGINT or SIGQUIT: end in good order.
    package static let terminate = WakeReasons(rawValue: 8)
    /// SIGTSTP from outside: suspend.
    package static let stop = WakeReasons(rawValue: 16)
    /// The process was stopped and goes on; what was typed meanwhile is dropped.
    ///
    /// The screen may show anything and have another size: paint it anew.
    package static let resumed = WakeReasons(rawValue: 32)
    /// All that was painted has arrived, after the terminal had not taken it at once.
    package static let drained = WakeReasons(rawValue: 64)
}

extension Terminal {
    /// Waits until something happens.
    ///
    /// - Parameter timeout: How long at most; nil waits for ever.
    /// - Returns: What happened; nothing when the time is over.
    package mutating func wait(for timeout: Duration?) -> WakeReasons {
        var descriptors = [
            pollfd(fd: input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0),
            // A negative descriptor is left out.
            pollfd(
                fd: outlet.isBusy ? outlet.descriptor : -1,
                events: Int16(POLLOUT),
                revents: 0
            ),
        ]
        let count = poll(&descriptors, nfds_t(descriptors.count), pollTime(for: timeout))
        var reasons: WakeReasons = []
        if count < 0 || hasMoreKeys { reasons.insert(.input) }
        if count > 0 {
            reasons.formUnion(inputReasons(descriptors[0].revents))
            if descriptors[1].revents != 0 { reasons.formUnion(wakerReasons()) }
            if descriptors[2].revents != 0 {
                outlet.send()
                if !outlet.isBusy { reasons.insert(.drained) }
            }
        }
        if reasons.contains(.resumed) { settle() }
        if assembler.isPending { reasons.insert(.input) }
        return reasons
    }

    /// The keys since the last time, at most ``KeyLimits/inputsPerTurn`` units of input.
    package mutating func readKeys() -> [Key] {
        var keys: [Key] = []
        hasMoreKeys = true
        for _ in 0..<KeyLimits.inputsPerTurn {
            guard let read = KeyAssembler.Input(hs_read(&screen)) else {
                hasMoreKeys = false
                break
            }
            keys += assembler.take(read, at: .now)
        }
        if !hasMoreKeys { keys += assembler.settle(at: .now) }
        return followSize(keys)
    }

    /// Drops everything typed so far, read or not.
    package mutating func flushInput() {
        hs_flush_input()
        assembler.reset()
        hasMoreKeys = false
    }

    /// Tells one change of size once, also when its signal went to another thread.
    private mutating func followSize(_ keys: [Key]) -> [Key] {
        let changed = hs_follow_size(output) != 0 || keys.contains(.resize)
        guard changed else { return keys }
        painter.forget()
        return keys.filter { $0 != .resize } + [.resize]
    }

    private func inputReasons(_ events: Int16) -> WakeReasons {
        var reasons: WakeReasons = []
        if events & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { reasons.insert(.hangUp) }
        if events & Int16(POLLIN) != 0 {
            // Readable and yet nothing to read is how the end of the input looks.
            reasons.insert(hs_waiting_bytes(input) == 0 ? .hangUp : .input)
        }
        return reasons
    }

    private func wakerReasons() -> WakeReasons {
        var reasons: WakeReasons = waker.take() ? .woken : []
        let signals = ScreenGuard.takeSignals()
        if signals.terminate { reasons.insert(.terminate) }
        if signals.stop { reasons.insert(.stop) }
        if signals.resume { reasons.insert(.resumed) }
        return reasons
    }

    /// The time for `poll`: none when keys wait already, not long while a sequence is half read.
    private func pollTime(for timeout: Duration?) -> Int32 {
        if hasMoreKeys { return 0 }
        let wanted = timeout.map { max($0.milliseconds, 0) }
        guard assembler.isPending else { return wanted.map { Int32(clamping: $0) } ?? -1 }
        return Int32(clamping: min(wanted ?? .max, KeyLimits.openTime.milliseconds))
    }
}
