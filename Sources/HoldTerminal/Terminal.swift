import CNcurses
import Glibc
import HoldConsole

/// The one owner of the real terminal; when it is gone, the screen is as it was.
///
/// It belongs to one thread, best the main one: ncurses allows no other. All that other threads may
/// do is wake it through its ``Waker``.
package struct Terminal: ~Copyable {
    /// How to open a terminal.
    package struct Options: Sendable {
        package var input: Int32 = STDIN_FILENO
        package var output: Int32 = STDOUT_FILENO
        /// The terminal's name; nil takes `TERM`.
        package var name: String?
        /// Whether 24-bit colours are wanted where a description for them is installed.
        package var wantsDirect = false
        /// How long the rest of a sequence may take after ESC, before ESC is the key.
        package var escapeDelay: Duration = .milliseconds(25)
        /// Whether it said that it takes frames whole; nil when nobody asked or it said nothing.
        package var isSynchronised: Bool?

        package init() {}
    }

    /// How many colours it has; 0 when none.
    package let colors: Int
    /// Whether it takes 24-bit colours.
    package let takesDirect: Bool
    /// The name by which its description was found.
    package let name: String
    /// Whether its text is UTF-8, as the locale says.
    package let isUTF8: Bool

    let input: Int32
    let output: Int32
    let traits: TerminalTraits
    let waker: Waker
    let keepsTitle: Bool
    let takesWholeFrames: Bool
    var screen: hs_screen
    let outlet: Outlet
    var painter: Painter
    var assembler = KeyAssembler()
    var title: Title?
    var isMouseOn = false
    /// Whether keys may be waiting although the descriptor has nothing to read.
    var hasMoreKeys = false

    /// Takes the terminal over.
    ///
    /// - Parameters:
    ///   - options: Which terminal, and how.
    ///   - waker: What ends ``wait(for:)`` from other threads; signals use it too.
    /// - Throws: ``TerminalError``; the terminal is then as it was.
    package init(_ options: Options = Options(), waker: Waker) throws(TerminalError) {
        guard isatty(options.input) == 1, isatty(options.output) == 1 else {
            throw .notATerminal
        }
        let (screen, name) = try Self.open(options, waking: waker.descriptor)
        self.screen = screen
        self.name = name
        input = options.input
        output = options.output
        self.waker = waker
        traits = TerminalTraits(name: name)
        takesWholeFrames = traits.isModern && options.isSynchronised != false
        outlet = Outlet(options.output)
        isUTF8 = hs_locale_is_utf8() == 1
        colors = Int(hs_colors())
        takesDirect = hs_takes_direct() != 0
        keepsTitle = hs_keeps_title() != 0
        painter = Painter(pairsMax: Int(hs_pairs()))
        ScreenGuard.catchStop()
        ScreenGuard.write(to: outlet.descriptor)
        ScreenGuard.arm()
        switchModes(on: true)
        outlet.send()
    }

    deinit {
        leave()
        var screen = screen
        hs_close(&screen)
        ScreenGuard.uninstall()
        ScreenGuard.release()
    }

    /// Claims the process's one screen and opens it.
    private static func open(
        _ options: Options,
        waking descriptor: Int32
    ) throws(TerminalError) -> (screen: hs_screen, name: String) {
        guard ScreenGuard.claim() else { throw .alreadyOpen }
        do throws(TerminalError) {
            try ScreenGuard.remember(options.output)
            // Before ncurses, which catches what nobody has caught, and would end the process.
            ScreenGuard.install(waking: descriptor)
            return try openScreen(options)
        } catch {
            ScreenGuard.uninstall()
            ScreenGuard.release()
            throw error
        }
    }

    /// Opens the screen under the first name that has a description.
    private static func openScreen(
        _ options: Options
    ) throws(TerminalError) -> (screen: hs_screen, name: String) {
        // Before ncurses starts: it decides then how wide characters are.
        hs_use_locale()
        let name = options.name ?? getenv("TERM").map { String(cString: $0) } ?? ""
        guard !name.isEmpty else { throw .unknownTerminal("") }
        let delay = Int32(clamping: options.escapeDelay.milliseconds)
        let names = options.wantsDirect ? TerminalTraits.directNames(for: name) : []
        for candidate in names + [name] {
            var screen = hs_screen()
            let opened = hs_open(&screen, candidate, options.input, options.output, delay) == 0
            guard opened else { continue }
            guard hs_moves_cursor() != 0 else {
                hs_keep_modes()
                hs_leave()
                hs_close(&screen)
                throw .noScreen(candidate)
            }
            return (screen, candidate)
        }
        throw .unknownTerminal(name)
    }
}

extension Duration {
    /// The time in whole milliseconds, rounded up, so that nobody wakes a moment too early.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return whole.addingReportingOverflow(part).overflow ? .max : whole + part
    }
}
