import Foundation
import Glibc
import HoldConsole
import Synchronization
import Testing

@testable import HoldTerminal

/// A terminal that takes nothing holds nobody up.
@Suite struct TerminalSlowTests {
    /// A frame with another sign in every cell, so that all of it has to be sent.
    private static func full(_ number: Int, _ size: Size) -> Frame {
        var frame = Frame(size: size, glyphs: .unicode)
        let styles: [Style] = [.plain, .statusBar, .warningBar, .selected]
        for row in 0..<size.rows {
            for column in 0..<size.columns {
                let place = Position(column: column, row: row)
                let glyph: Glyph = (row + column + number).isMultiple(of: 2) ? .waiting : .rule
                let style = styles[(column + number) % styles.count]
                frame.draw(glyph, at: place, within: frame.bounds, style: style)
            }
        }
        return frame
    }

    @Test func `frames that nobody takes are left out, and the last one arrives whole`() async {
        await #expect(processExitsWith: .success) {
            setenv("LC_ALL", "C.UTF-8", 1)
            let pty = try PseudoTerminal(columns: 200, rows: 60)
            var terminal = try Terminal(TerminalTests.options(pty.slave), waker: Waker())
            var painted = 0
            // More than any pseudo terminal keeps: without a reader each of these would block.
            for number in 0..<40 {
                if !terminal.isBusy { painted += 1 }
                terminal.paint(
                    Self.full(number, terminal.size),
                    theme: TerminalTests.theme,
                    level: .palette
                )
            }
            #expect(painted < 10)
            let isBusy = terminal.isBusy
            #expect(isBusy)
            // Keys are still read meanwhile.
            pty.type("j")
            let reason = terminal.wait(for: .seconds(120))
            #expect(reason.contains(.input))
            let keys = terminal.readKeys()
            #expect(keys == [.character("j")])

            // The terminal takes it up again: what is left comes, and then a frame as any other.
            let reader = Drain(pty.master)
            var reasons: WakeReasons = []
            while !reasons.contains(.drained) { reasons = terminal.wait(for: .seconds(120)) }
            let isStillBusy = terminal.isBusy
            #expect(!isStillBusy)
            var last = Frame(size: terminal.size, glyphs: .unicode)
            last.draw(.pointer, at: Position(column: 3, row: 3), within: last.bounds, style: .plain)
            terminal.paint(last, theme: TerminalTests.theme, level: .palette)
            while terminal.isBusy { _ = terminal.wait(for: .seconds(120)) }
            reader.wait(for: "▸")
        }
    }

    @Test func `a terminal that takes nothing cannot keep the program from ending`() async {
        await #expect(processExitsWith: .success) {
            setenv("LC_ALL", "C.UTF-8", 1)
            let pty = try PseudoTerminal(columns: 200, rows: 60)
            var terminal = try Terminal(TerminalTests.options(pty.slave), waker: Waker())
            for number in 0..<10 {
                terminal.paint(
                    Self.full(number, terminal.size),
                    theme: TerminalTests.theme,
                    level: .palette
                )
            }
            let isBusy = terminal.isBusy
            #expect(isBusy)
        }
    }

    @Test(arguments: [SIGUSR1, SIGSYS, SIGALRM, 40])
    func `a stray signal gives the terminal back and still ends the process`(
        signal: Int32
    ) async throws {
        let pty = try PseudoTerminal()
        let modes = pty.modes

        await #expect(processExitsWith: .signal(signal)) { [path = pty.path as String, signal] in
            var terminal = try TerminalTests.openTerminal(path)
            terminal.paint(TerminalTests.picture(), theme: TerminalTests.theme, level: .palette)
            TerminalRestoreTests.send(signal)
        }

        #expect(pty.modes == modes)
        #expect(pty.outputToTheEnd().hasSuffix(TerminalTests.restore))
    }

    @Test func `a broken pipe is told by the write, not by the signal`() async {
        await #expect(processExitsWith: .success) {
            let pty = try PseudoTerminal()
            var terminal = try Terminal(TerminalTests.options(pty.slave), waker: Waker())
            // Where this thread blocks it, it would wait for the end, when nobody is deaf to it.
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGPIPE)
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            raise(SIGPIPE)
            kill(getpid(), SIGPIPE)
            while try Self.isPending(SIGPIPE) { sched_yield() }
            let reasons = terminal.wait(for: .zero)
            #expect(reasons == [])
        }
    }

    /// Whether a signal that was sent to the process has not been taken by any of its threads.
    private static func isPending(_ signal: Int32) throws -> Bool {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("ShdPnd:") })
        let word = try #require(line.split(separator: "\t").last)
        let pending = try #require(UInt64(word, radix: 16))
        return pending >> UInt64(signal - 1) & 1 == 1
    }
}

/// Reads a pseudo terminal on a thread of its own, to its end.
private final class Drain: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let descriptor: Int32

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        Thread.detachNewThread { [self] in drain() }
    }

    private func drain() {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return }
            bytes.withLock { $0 = Array(($0 + buffer.prefix(count)).suffix(65_536)) }
        }
    }

    /// Waits until this was read; the test's own time limit ends it.
    func wait(for text: String) {
        while !bytes.withLock({ String(decoding: $0, as: UTF8.self).contains(text) }) {
            sched_yield()
        }
    }
}
