import Foundation
import Glibc
import HoldCore
import Testing

/// However the console ends, the terminal is as it was before.
@OffStage struct TerminalBackTests {
    /// Every signal that a process can catch and that would end it; SIGPIPE, which must not.
    private nonisolated static let signals: [Int32] = [
        SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGUSR1, SIGSEGV,
        SIGUSR2, SIGALRM, SIGTERM, 16, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSYS,
        34, 50, 64,
    ]
    /// Those that ask for an end, which is then an ordinary one.
    private nonisolated static let requests: Set<Int32> = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]

    private static let restore = "\u{1B}[?1049l"

    private static func stage() throws -> Stage {
        let stage = try Stage()
        try stage.serve()
        return stage
    }

    private static let once = """
        echo the screen of before
        stty -a > before
        sh -c 'echo $$ > pid; exec HOLDSHORT console --no-start'
        echo $? > status
        stty -a > after
        """

    /// The console's process.
    private static func process(_ tmux: Tmux) throws -> Int32 {
        let text = try tmux.file("pid")
        return try #require(Int32(text.dropLast()))
    }

    /// Holds the terminal against what it was: its modes, and what tmux knows of it.
    private static func expectBack(_ tmux: Tmux, comparesLine: Bool = true) throws {
        let (before, after) = (try tmux.file("before"), try tmux.file("after"))
        if comparesLine { #expect(before == after) }
        try tmux.wait(for: "the screen of before", "OVER")
        let flags = try tmux.tell(
            "#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{keypad_cursor_flag} #{keypad_flag}"
        )
        #expect(flags == "0 1 0 0 0")
        #expect(try !tmux.screen().contains("Nothing is waiting"))
        let end = try #require(tmux.bytes().range(of: restore, options: .backwards))
        let rest = tmux.bytes()[end.upperBound...]
        for mode in ["2004h", "1004h", "1000h", "1006h", "2026h", "25l"] {
            #expect(!rest.contains("[?" + mode), "\(rest)")
        }
        for mode in ["2004", "1004"] {
            let all = tmux.bytes()
            let on = try #require(all.range(of: "[?\(mode)h", options: .backwards))
            let off = try #require(all.range(of: "[?\(mode)l", options: .backwards))
            #expect(on.lowerBound < off.lowerBound)
        }
    }

    @Test func `after quitting`() throws {
        let stage = try Self.stage()
        let tmux = try Tmux(stage, script: Self.once)
        try tmux.wait(for: "Nothing is waiting")
        try tmux.press("q")
        try Self.expectBack(tmux)
        #expect(try tmux.file("status") == "0\n")
    }

    @Test(arguments: signals)
    func `after a signal`(signal: Int32) throws {
        let stage = try Self.stage()
        let tmux = try Tmux(stage, script: Self.once)
        try tmux.wait(for: "Nothing is waiting", "* live")
        let pid = try Self.process(tmux)
        kill(pid, signal)
        try Self.expectBack(tmux)
        let status = try tmux.file("status")
        #expect(status == (Self.requests.contains(signal) ? "0\n" : "\(128 + signal)\n"))
    }

    @Test func `a broken pipe ends nothing`() throws {
        let stage = try Self.stage()
        let tmux = try Tmux(stage, script: Self.once)
        try tmux.wait(for: "Nothing is waiting", "* live")
        let pid = try Self.process(tmux)
        kill(pid, SIGPIPE)
        try tmux.press("?")
        try tmux.wait(for: "Help")
    }

    @Test func `when the service goes while the console ends`() throws {
        let stage = try Self.stage()
        let tmux = try Tmux(stage, script: Self.once)
        try tmux.wait(for: "Nothing is waiting")
        stage.service?.kill()
        try tmux.wait(for: "DISCONNECTED")
        try tmux.press("q")
        try Self.expectBack(tmux)
    }

    @Test(arguments: ["C-z", "TSTP", "STOP"])
    func `while it is stopped, and it comes back whole`(way: String) throws {
        let stage = try Self.stage()
        let script = """
            echo the screen of before
            stty -a > before
            sh -c 'echo $$ > pid; exec HOLDSHORT console --no-start'
            stty -a > stopped; echo STOPPED
            read -r line
            fg %1 > /dev/null
            stty -a > after
            """
        let tmux = try Tmux(stage, script: script)
        try tmux.wait(for: "Nothing is waiting", "* live")
        let pid = try Self.process(tmux)
        switch way {
        case "TSTP": kill(pid, SIGTSTP)
        case "STOP": kill(pid, SIGSTOP)
        default: try tmux.press(way)
        }
        _ = try tmux.file("stopped")
        if way != "STOP" {
            // SIGSTOP cannot be caught: there the shell alone sets the line right.
            try tmux.wait(for: "the screen of before", "STOPPED")
            #expect(try tmux.file("stopped") == tmux.file("before"))
        }
        // A line feed ends a line in every mode; Enter does not in the one that SIGSTOP leaves.
        try tmux.press("C-j")
        try tmux.wait(for: "Nothing is waiting", "* live")
        try tmux.press("?")
        try tmux.wait(for: "Help")
        try tmux.press("Escape", "q")
        // After SIGSTOP the script's shell takes the raw line for the right one, and brings it back.
        try Self.expectBack(tmux, comparesLine: way != "STOP")
    }

    @Test func `when nobody can: after kill -9, reset-terminal does it`() throws {
        let stage = try Self.stage()
        let script = Self.once + "\nHOLDSHORT reset-terminal; stty -a > reset; echo BACK"
        let tmux = try Tmux(stage, script: script)
        try tmux.wait(for: "Nothing is waiting")
        let pid = try Self.process(tmux)
        kill(pid, SIGKILL)
        try tmux.wait(for: "the screen of before", "BACK", "OVER")
        #expect(try tmux.tell("#{alternate_on} #{cursor_flag} #{keypad_flag}") == "0 1 0")
        let modes = try tmux.file("reset").split { $0 == " " || $0 == ";" || $0 == "\n" }
        for mode in ["icanon", "echo", "isig", "icrnl", "opost", "onlcr"] {
            #expect(modes.contains(Substring(mode)), "\(modes)")
        }
    }

    @Test func `when the terminal itself goes, the console goes too and does not spin`() throws {
        let stage = try Self.stage()
        let tmux = try Tmux(stage, script: Self.once)
        try tmux.wait(for: "Nothing is waiting")
        let pid = try Self.process(tmux)
        try tmux.command("kill-pane")
        #expect(eventually(seconds: 120) { kill(pid, 0) != 0 })
    }
}
