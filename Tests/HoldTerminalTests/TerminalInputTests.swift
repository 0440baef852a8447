import Glibc
import HoldConsole
import Testing

@testable import HoldTerminal

@Suite struct TerminalInputTests {
    /// Reads until so many keys are there, or nothing more comes.
    static func keys(_ count: Int, from terminal: inout Terminal) -> [Key] {
        var keys: [Key] = []
        while keys.count < count, terminal.wait(for: .seconds(120)).contains(.input) {
            keys += terminal.readKeys()
        }
        return keys
    }

    @Test func `keys are read as what was typed`() async {
        await #expect(processExitsWith: .success) {
            setenv("LC_ALL", "C.UTF-8", 1)
            let pty = try PseudoTerminal()
            var terminal = try Terminal(TerminalTests.options(pty.slave), waker: Waker())
            let typed: [(String, [Key])] = [
                ("aé漢", [.character("a"), .character("é"), .character("漢")]),
                ("\u{1B}OA\u{1B}OB", [.up, .down]),
                ("\u{1B}[5~\u{1B}[6~", [.pageUp, .pageDown]),
                ("\u{1B}OP\u{1B}[Z", [.function(1), .backTab]),
                (
                    "\r\t\u{7F}\u{3}\u{1A}",
                    [.enter, .tab, .backspace, .control("c"), .control("z")]
                ),
                ("\u{1B}", [.escape]),
                ("\u{1B}[I\u{1B}[O", [.focusIn, .focusOut]),
                ("\u{1B}[200~ay\r\u{1B}[201~y", [.paste(Array("ay\n".utf8)), .character("y")]),
                ("\u{1B}[?997;1n", [.unknown]),
                ("\u{1B}]11;rgb:0/y/0\u{1B}\\", [.unknown]),
            ]
            for (text, keys) in typed {
                pty.type(text)
                let read = Self.keys(keys.count, from: &terminal)
                #expect(read == keys)
            }
        }
    }

    @Test func `a flush drops what was typed`() async {
        await #expect(processExitsWith: .success) {
            let pty = try PseudoTerminal()
            var terminal = try Terminal(TerminalTests.options(pty.slave), waker: Waker())
            pty.type("yyy")
            #expect(terminal.wait(for: .seconds(120)).contains(.input))

            terminal.flushInput()

            let reasons = terminal.wait(for: .zero)
            #expect(reasons == [])
            let keys = terminal.readKeys()
            #expect(keys == [])
        }
    }

    @Test func `a new size is one key, and the size is there`() async {
        await #expect(processExitsWith: .success) {
            let pty = try PseudoTerminal()
            var terminal = try Terminal(TerminalTests.options(pty.slave), waker: Waker())
            pty.resize(columns: 20, rows: 5)
            pty.resize(columns: 60, rows: 20)

            var keys = terminal.readKeys()
            #expect(keys == [.resize])
            let size = terminal.size
            #expect(size == Size(columns: 60, rows: 20))
            keys = terminal.readKeys()
            #expect(keys == [])
        }
    }

    @Test func `lines and columns of the environment do not freeze the size`() async {
        await #expect(processExitsWith: .success) {
            setenv("LINES", "24", 1)
            setenv("COLUMNS", "80", 1)
            let pty = try PseudoTerminal(columns: 33, rows: 7)
            let terminal = try Terminal(TerminalTests.options(pty.slave), waker: Waker())
            let size = terminal.size
            #expect(size == Size(columns: 33, rows: 7))
        }
    }

    @Test func `a wait ends for a call, for a signal, for the end, and for time`() async {
        await #expect(processExitsWith: .success) {
            let pty = try PseudoTerminal()
            let waker = try Waker()
            var terminal = try Terminal(TerminalTests.options(pty.slave), waker: waker)
            #expect(terminal.wait(for: .milliseconds(1)) == [])

            waker.wake()
            waker.wake()
            var reasons = terminal.wait(for: nil)
            #expect(reasons == .woken)
            reasons = terminal.wait(for: .zero)
            #expect(reasons == [])

            for signal in [SIGTERM, SIGINT, SIGHUP, SIGQUIT] {
                kill(getpid(), signal)
                #expect(terminal.wait(for: .seconds(120)).contains(.terminate))
            }
            kill(getpid(), SIGTSTP)
            #expect(terminal.wait(for: .seconds(120)).contains(.stop))
            kill(getpid(), SIGCONT)
            _ = pty.output(until: "\u{1B}[?1004h")
            #expect(terminal.wait(for: .seconds(120)).contains(.resumed))
            // The shell has switched paste and focus off meanwhile.
            #expect(pty.output(until: "\u{1B}[?1004h").contains("\u{1B}[?2004h\u{1B}[?1004h"))

            pty.hangUp()
            #expect(terminal.wait(for: .seconds(120)).contains(.hangUp))
        }
    }
}
