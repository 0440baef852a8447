import Glibc
import HoldConsole
import Testing

@testable import HoldTerminal

@Suite struct TerminalRestoreTests {
    /// Sends this process a signal and waits for it; threads of tests hold some signals back.
    static func send(_ signal: Int32) {
        if signal == SIGABRT { abort() }
        if raise(signal) == 0, kill(getpid(), signal) == 0 { pause() }
    }

    /// Traps, but not so that the compiler knows and ends the terminal's life before.
    @inline(never) static func trap(_ words: String) {
        precondition(words.isEmpty, words)
    }

    @inline(never) static func leave(_ status: Int32) {
        if status > 0 { exit(status) }
    }

    @Test(arguments: [SIGSEGV, SIGILL, SIGBUS, SIGFPE, SIGABRT, SIGTRAP])
    func `a crash gives the terminal back and stays a crash`(signal: Int32) async throws {
        let pty = try PseudoTerminal()
        let modes = pty.modes

        await #expect(processExitsWith: .signal(signal)) { [path = pty.path as String, signal] in
            var terminal = try TerminalTests.openTerminal(path)
            terminal.paint(TerminalTests.picture(), theme: TerminalTests.theme, level: .palette)
            Self.send(signal)
        }

        #expect(pty.modes == modes)
        #expect(pty.outputToTheEnd().hasSuffix(TerminalTests.restore))
    }

    @Test func `the last words of a trap appear below the restored screen`() async throws {
        let pty = try PseudoTerminal()

        await #expect(processExitsWith: .failure) { [path = pty.path as String] in
            let descriptor = open(path, O_RDWR | O_NOCTTY)
            dup2(descriptor, STDERR_FILENO)
            var terminal = try TerminalTests.openTerminal(path)
            terminal.paint(TerminalTests.picture(), theme: TerminalTests.theme, level: .palette)
            Self.trap("the last words")
            terminal.redraw()
        }

        let output = pty.outputToTheEnd()
        let end = try #require(output.firstRange(of: TerminalTests.restore))
        #expect(output[end.upperBound...].contains("the last words"))
        #expect(!output[..<end.lowerBound].contains("the last words"))
    }

    @Test func `an exit from anywhere gives the terminal back`() async throws {
        let pty = try PseudoTerminal()
        let modes = pty.modes

        await #expect(processExitsWith: .exitCode(3)) { [path = pty.path as String] in
            var terminal = try TerminalTests.openTerminal(path)
            terminal.paint(TerminalTests.picture(), theme: TerminalTests.theme, level: .palette)
            Self.leave(3)
            terminal.redraw()
        }

        #expect(pty.modes == modes)
        #expect(pty.outputToTheEnd().hasSuffix(TerminalTests.restore))
    }

    @Test func `after closing, signals do again what they did before`() async throws {
        let pty = try PseudoTerminal()
        await #expect(processExitsWith: .signal(SIGTERM)) { [path = pty.path as String] in
            do { _ = try TerminalTests.openTerminal(path) }
            Self.send(SIGTERM)
        }
        #expect(!pty.outputToTheEnd().hasSuffix(TerminalTests.restore))
    }

    @Test func `what is written to stderr meanwhile waits until the screen is given back`()
        async throws
    {
        let pty = try PseudoTerminal()
        await #expect(processExitsWith: .success) { [path = pty.path as String] in
            let descriptor = open(path, O_RDWR | O_NOCTTY)
            dup2(descriptor, STDERR_FILENO)
            var terminal = try TerminalTests.openTerminal(path)
            let words = Array("a library complains\n".utf8)
            _ = write(STDERR_FILENO, words, words.count)
            terminal.paint(TerminalTests.picture(), theme: TerminalTests.theme, level: .palette)
        }

        let output = pty.outputToTheEnd()
        let end = try #require(output.firstRange(of: "\u{1B}[?1049l"))
        #expect(output[end.upperBound...].contains("a library complains"))
        #expect(!output[..<end.lowerBound].contains("complains"))
    }

    @Test func `an editor gets the real terminal, and its status comes back`() async throws {
        let pty = try PseudoTerminal()
        await #expect(processExitsWith: .success) { [path = pty.path as String] in
            var terminal = try TerminalTests.openTerminal(path)
            terminal.paint(TerminalTests.picture(), theme: TerminalTests.theme, level: .palette)

            let status = try terminal.run([
                "sh", "-c", "test -t 0 && test -t 1 && echo edited; exit 7",
            ])
            #expect(status == 7)
            let killed = try terminal.run(["sh", "-c", "kill -KILL $$"])
            #expect(killed == 128 + SIGKILL)
            do throws(TerminalError) {
                _ = try terminal.run(["/nonexistent"])
                Issue.record("a program that is not there has run")
            } catch {
                #expect(error == .system(call: "/nonexistent", code: ENOENT))
            }
        }

        let output = pty.outputToTheEnd()
        let left = try #require(output.firstRange(of: "\u{1B}[?1049l"))
        let edited = try #require(output[left.upperBound...].firstRange(of: "edited\r\n"))
        #expect(output[edited.upperBound...].contains("\u{1B}[?2004h"))
    }

    @Test func `a terminal that a killed process left behind can be reset`() throws {
        let pty = try PseudoTerminal()
        let modes = pty.modes
        var raw = termios()
        tcgetattr(pty.slave, &raw)
        cfmakeraw(&raw)
        tcsetattr(pty.slave, TCSANOW, &raw)
        #expect(pty.modes != modes)

        try Terminal.reset(pty.slave)

        var after = termios()
        tcgetattr(pty.slave, &after)
        let local = tcflag_t(ISIG | ICANON | ECHO)
        #expect(after.c_lflag & local == local)
        #expect(after.c_iflag & tcflag_t(ICRNL) != 0)
        #expect(after.c_oflag & tcflag_t(OPOST) != 0)
        #expect(pty.outputToTheEnd() == TerminalTests.restore)
    }
}
