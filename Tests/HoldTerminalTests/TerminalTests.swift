import Glibc
import HoldConsole
import Testing

@testable import HoldTerminal

/// Each of these runs in a process of its own: ncurses has one screen a process, and some die.
@Suite struct TerminalTests {
    static let theme = Theme(
        name: "test",
        mode: .dark,
        colors: [
            .text: .rgb(RGB(red: 0xEE, green: 0xEE, blue: 0xEE)),
            .background: .rgb(RGB(red: 0x12, green: 0x12, blue: 0x12)),
        ]
    )

    /// The string that gives a terminal back in a crash.
    static let restore =
        "\u{1B}[?2026l\u{1B}[?2004l\u{1B}[?1004l\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l\u{1B}[0m"
        + "\u{1B}[?1l\u{1B}>\u{1B}[?25h\u{1B}[?1049l\u{1B}[23;0;0t"

    static func options(
        _ descriptor: Int32,
        _ name: String = "xterm-256color"
    ) -> Terminal.Options {
        var options = Terminal.Options()
        options.input = descriptor
        options.output = descriptor
        options.name = name
        return options
    }

    /// A frame with a box and signs in it.
    static func picture(_ size: Size = Size(columns: 40, rows: 10)) -> Frame {
        var frame = Frame(size: size, glyphs: .unicode)
        frame.drawBox(frame.bounds, .heavy, style: Style(.accent), inside: .panel)
        let place = Position(column: 2, row: 1)
        frame.draw(.pointer, at: place, within: frame.bounds, style: Style(.text, on: .panel))
        frame.title = "3 urgent, next expires \(1, digits: 2):\(52)"
        return frame
    }

    /// Opens a pseudo terminal by its path, as a program that was started in it would.
    static func openTerminal(_ path: String) throws -> Terminal {
        setenv("LC_ALL", "C.UTF-8", 1)
        let descriptor = open(path, O_RDWR | O_NOCTTY)
        return try Terminal(options(descriptor), waker: Waker())
    }

    @Test func `an unknown terminal is refused in words and left alone`() async throws {
        let pty = try PseudoTerminal()
        let modes = pty.modes

        await #expect(processExitsWith: .success) { [path = pty.path as String] in
            let descriptor = open(path, O_RDWR | O_NOCTTY)
            let error = #expect(throws: TerminalError.self) {
                _ = try Terminal(Self.options(descriptor, "nonsense-\u{1B}[31m"), waker: Waker())
            }
            #expect(error == .unknownTerminal("nonsense-\u{1B}[31m"))
            let text = try #require(error).description
            #expect(text.contains("TERM is \"nonsense-?[31m\""))
            #expect(text.contains("TERM=xterm-256color"))
            // The one screen of the process is free again.
            _ = try Terminal(Self.options(descriptor), waker: Waker())
        }

        #expect(pty.modes == modes)
    }

    @Test func `a terminal that cannot draw screens is refused and left alone`() async throws {
        let pty = try PseudoTerminal()
        let modes = pty.modes

        await #expect(processExitsWith: .success) { [path = pty.path as String] in
            let descriptor = open(path, O_RDWR | O_NOCTTY)
            #expect(throws: TerminalError.noScreen("dumb")) {
                _ = try Terminal(Self.options(descriptor, "dumb"), waker: Waker())
            }
            #expect(throws: TerminalError.unknownTerminal("")) {
                _ = try Terminal(Self.options(descriptor, ""), waker: Waker())
            }
        }

        #expect(pty.modes == modes)
        #expect(!pty.outputToTheEnd().contains("1049"))
    }

    @Test func `a pipe is no terminal`() async {
        await #expect(processExitsWith: .success) {
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            #expect(throws: TerminalError.notATerminal) {
                _ = try Terminal(Self.options(ends[0]), waker: Waker())
            }
        }
    }

    @Test func `a process has one screen`() async throws {
        let pty = try PseudoTerminal()
        await #expect(processExitsWith: .success) { [path = pty.path as String] in
            let terminal = try Self.openTerminal(path)
            #expect(throws: TerminalError.alreadyOpen) { _ = try Self.openTerminal(path) }
            let (size, colors) = (terminal.size, terminal.colors)
            let (direct, unicode) = (terminal.takesDirect, terminal.isUTF8)
            #expect(size == Size(columns: 40, rows: 10))
            #expect(colors == 256)
            #expect(!direct)
            #expect(unicode)
        }
    }

    @Test func `a frame appears at once, and closing gives the terminal back`() async throws {
        let pty = try PseudoTerminal()
        let modes = pty.modes

        await #expect(processExitsWith: .success) { [path = pty.path as String] in
            var terminal = try Self.openTerminal(path)
            terminal.paint(Self.picture(), theme: Self.theme, level: .palette)
        }

        #expect(pty.modes == modes)
        let output = pty.outputToTheEnd()
        let parts = [
            "\u{1B}[?2004h\u{1B}[?1004h", "\u{1B}]2;3 urgent, next expires 01:52\u{7}",
            "\u{1B}[?2026h", "48;5;233", "┏━━━", "▸", "┗━━", "\u{1B}[?2026l",
            "\u{1B}[?1004l\u{1B}[?2004l", "\u{1B}[?1049l",
        ]
        var rest = output[...]
        for part in parts {
            let found = try #require(
                rest.firstRange(of: part),
                "missing or too early: \(part.debugDescription)"
            )
            rest = rest[found.upperBound...]
        }
        #expect(output.contains("\u{1B}[?1049h"))
    }

    @Test func `a frame that is on the screen is not sent again`() async {
        await #expect(processExitsWith: .success) {
            setenv("LC_ALL", "C.UTF-8", 1)
            let pty = try PseudoTerminal()
            var terminal = try Terminal(Self.options(pty.slave), waker: Waker())
            var frame = Self.picture()
            terminal.paint(frame, theme: Self.theme, level: .palette)
            #expect(pty.output(until: "\u{1B}[?2026l").contains("┏━━━"))

            terminal.paint(frame, theme: Self.theme, level: .palette)
            let place = Position(column: 5, row: 5)
            frame.draw(.failed, at: place, within: frame.bounds, style: .panel)
            terminal.paint(frame, theme: Self.theme, level: .palette)

            let update = pty.output(until: "\u{1B}[?2026l")
            #expect(update.contains("✗"))
            #expect(!update.contains("━"))
            #expect(update.utf8.count < 80)

            terminal.redraw()
            terminal.paint(frame, theme: Self.theme, level: .palette)
            #expect(pty.output(until: "\u{1B}[?2026l").contains("┏━━━"))
        }
    }

    @Test func `without colours attributes do, and old terminals get no new modes`() async {
        await #expect(processExitsWith: .success) {
            setenv("LC_ALL", "C.UTF-8", 1)
            let pty = try PseudoTerminal()
            do {
                var terminal = try Terminal(Self.options(pty.slave, "vt100"), waker: Waker())
                let colors = terminal.colors
                #expect(colors == 0)
                var frame = Frame(size: terminal.size, glyphs: .ascii)
                frame.fill(frame.bounds.line(1), .selected)
                frame.drawRule(frame.bounds, style: .plain)
                frame.title = "nothing"
                terminal.paint(frame, theme: Self.theme, level: .mono)
                terminal.paint(frame, theme: Self.theme, level: .palette)
            }
            let output = pty.outputToTheEnd()
            #expect(output.contains("\u{1B}[7m") || output.contains("\u{1B}[0;7m"))
            #expect(!output.contains("\u{1B}[?" + "2026"))
            #expect(!output.contains("2004"))
            #expect(!output.contains("nothing"))
            #expect(!output.contains("38;5"))
        }
    }

    @Test func `what is copied goes out as base 64, and nothing to old terminals`() async {
        await #expect(processExitsWith: .success) {
            setenv("LC_ALL", "C.UTF-8", 1)
            let pty = try PseudoTerminal()
            var terminal = try Terminal(Self.options(pty.slave), waker: Waker())
            let wasSent = terminal.copy(SafeText(untrusted: "a\u{1B}\nmä", pane: .prose))
            #expect(wasSent)
            // Of `a^[`, a line feed, `mä`.
            #expect(pty.output(until: "\u{7}").hasSuffix("\u{1B}]52;c;YV5bCm3DpA==\u{7}"))
            let long = String(repeating: "x", count: CopySheet.bytesMax + 1)
            let wasTooLong = !terminal.copy(SafeText(untrusted: long, pane: .line, limits: .full))
            #expect(wasTooLong)
        }
        await #expect(processExitsWith: .success) {
            setenv("LC_ALL", "C.UTF-8", 1)
            let pty = try PseudoTerminal()
            do {
                var terminal = try Terminal(Self.options(pty.slave, "vt100"), waker: Waker())
                let wasTooOld = !terminal.copy("4826")
                #expect(wasTooOld)
            }
            #expect(!pty.outputToTheEnd().contains("]52"))
        }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
        ("\u{3FF}\u{FFFF}", "z7/vv78="),
    ])
    func `bytes in base 64 are as the standard has them`(text: String, encoded: String) {
        #expect(String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self) == encoded)
    }
}
