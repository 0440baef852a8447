import CNcurses
import Glibc
import Synchronization

/// The way back: whatever ends the process, the terminal is as it was before.
///
/// The state is the process's and lives in C, because only C can be trusted in a signal handler.
enum ScreenGuard {
    /// What signals asked for since the last look.
    struct Signals {
        var terminate: Bool
        var stop: Bool
        var resume: Bool
    }

    private static let isClaimed = Atomic<Bool>(false)

    /// Takes the process's one screen; false when somebody has it.
    static func claim() -> Bool {
        isClaimed.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing)
            .exchanged
    }

    /// Lets somebody else have the screen.
    static func release() {
        isClaimed.store(false, ordering: .releasing)
    }

    /// Remembers how the terminal is now.
    static func remember(_ descriptor: Int32) throws(TerminalError) {
        guard hs_guard_remember(descriptor) == 0 else {
            throw .system(call: "tcgetattr", code: errno)
        }
    }

    /// Catches the signals; those that ask for something wake the waiter.
    static func install(waking descriptor: Int32) {
        hs_guard_install(descriptor)
    }

    /// Where the way back is written, so that a terminal that takes nothing cannot hold it up.
    static func write(to descriptor: Int32) {
        hs_guard_write_to(descriptor)
    }

    /// Takes the signal to stop back from ncurses, whose handler would draw.
    static func catchStop() {
        hs_guard_catch_stop()
    }

    /// Lets the signals do what they did before.
    static func uninstall() {
        hs_guard_uninstall()
    }

    /// Sets the line as it was before.
    static func setLine() {
        hs_guard_set_line()
    }

    /// From here on the screen is ours, and a crash gives it back.
    static func arm() {
        hs_guard_arm()
    }

    /// The screen was given back; what was written to stderr meanwhile appears.
    static func disarm() {
        hs_guard_disarm()
    }

    static func takeSignals() -> Signals {
        let taken = Int(hs_guard_take_signals())
        return Signals(
            terminate: taken & Int(HS_SIGNAL_TERMINATE) != 0,
            stop: taken & Int(HS_SIGNAL_STOP) != 0,
            resume: taken & Int(HS_SIGNAL_CONTINUE) != 0
        )
    }

    /// Forgets a signal to go on that was acted on already.
    static func forgetResume() {
        hs_guard_forget_continue()
    }

    /// Stops the process group; returns when somebody lets it go on.
    static func stopGroup() {
        hs_guard_stop_group()
    }

    /// Ends every mode that we or ncurses may have switched on.
    static func writeRestore(to descriptor: Int32) {
        hs_guard_write_restore(descriptor)
    }

    /// Hands the keyboard's signals to another program for now, or takes them back.
    static func lend(_ lent: Bool) {
        hs_guard_lend(lent ? 1 : 0)
    }
}
