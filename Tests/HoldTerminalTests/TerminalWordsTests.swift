import Glibc
import HoldConsole
import Testing

@testable import HoldTerminal

/// What goes to the terminal beside frames, and what it is asked.
@Suite struct TerminalWordsTests {
    private static func bytes(
        _ way: Notifying.Way,
        _ environment: [String: String] = [:],
        passesTmux: Bool = false,
        isModern: Bool = true
    ) -> String? {
        let notifying = Notifying(way, passesTmux: passesTmux, environment: environment)
        return notifying.bytes("\(3) urgent; next 01:52", isModern: isModern).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test func `a notification is words of ours in the terminal's form`() {
        #expect(Self.bytes(.off) == nil)
        #expect(Self.bytes(.bell) == "\u{7}")
        #expect(Self.bytes(.osc9) == "\u{1B}]9;holdshort: 3 urgent next 01:52\u{1B}\\")
        #expect(Self.bytes(.osc777) == "\u{1B}]777;notify;holdshort;3 urgent next 01:52\u{1B}\\")
        #expect(Self.bytes(.osc99) == "\u{1B}]99;i=holdshort;3 urgent next 01:52\u{1B}\\")
        for way in Notifying.Way.allCases where way != .off {
            #expect(Self.bytes(way, isModern: false) == "\u{7}")
        }
    }

    @Test func `tmux hands a notification on only where it is told to`() {
        let tmux = ["TMUX": "/tmp/tmux,1,0", "TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"]
        #expect(Self.bytes(.auto, tmux) == "\u{7}")
        #expect(
            Self.bytes(.auto, tmux, passesTmux: true)
                == "\u{1B}Ptmux;\u{1B}\u{1B}]99;i=holdshort;3 urgent next 01:52\u{1B}\u{1B}\\\u{1B}\\"
        )
        // Without tmux there is nothing to hand through.
        #expect(Self.bytes(.osc9, passesTmux: true)?.hasPrefix("\u{1B}]9;") == true)
    }

    @Test(arguments: [
        (["TERM": "xterm-kitty"], Notifying.Way.osc99),
        (["TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"], .osc9),
        (["TERM": "xterm-256color", "VTE_VERSION": "7200"], .osc777), (["TERM": "foot"], .osc777),
        (["TERM": "xterm-256color"], .bell), (["TERM": "xterm-kitty", "STY": "1.pts"], .bell),
    ])
    func `the way is chosen by what the terminal is known to take`(
        environment: [String: String],
        way: Notifying.Way
    ) {
        #expect(Notifying(.auto, environment: environment).way == way)
    }

    @Test func `answers are found among whatever else comes`() {
        typealias Question = TerminalQuestion
        func answers(_ text: String) -> Question.Answers { Question.answers(in: Array(text.utf8)) }
        let light = answers("j\u{1B}]11;rgb:ffff/FAFA/f0f0\u{1B}\\\u{1B}[?2026;2$y\u{1B}[?62;22c")
        #expect(light.ground == RGB(red: 0xFF, green: 0xFA, blue: 0xF0))
        #expect(light.mode == .light)
        #expect(light.isSynchronised == true)
        let dark = answers("\u{1B}]11;rgb:1/2/3\u{7}\u{1B}[?2026;0$y")
        #expect(dark.ground == RGB(red: 0x11, green: 0x22, blue: 0x33))
        #expect(dark.mode == .dark)
        #expect(dark.isSynchronised == false)
        for nonsense in [
            "", "\u{1B}]11;", "\u{1B}]11;rgb:", "\u{1B}]11;rgb:1/2\u{7}",
            "\u{1B}]11;rgb:g/0/0\u{7}",
            "\u{1B}]11;rgb:11111/0/0\u{7}", "\u{1B}]11;?\u{7}", "\u{1B}[?2026;",
        ] {
            #expect(answers(nonsense).mode == nil)
        }
        #expect(answers("\u{1B}[?2026;4$y").isSynchronised == false)
    }

    @Test func `the answer that every terminal gives ends the waiting`() {
        func isOver(_ text: String) -> Bool { TerminalQuestion.isOver(Array(text.utf8)) }
        #expect(isOver("\u{1B}]11;rgb:0/0/0\u{7}\u{1B}[?2026;0$y\u{1B}[?1;2c"))
        #expect(isOver("\u{1B}[?6c"))
        #expect(!isOver("\u{1B}]11;rgb:0/0/cc\u{7}\u{1B}[?2026;0$y"))
        #expect(!isOver("\u{1B}[?1;2"))
        #expect(!isOver("c"))
    }

    @Test func `a question is answered, and leaves the line as it was`() async {
        await #expect(processExitsWith: .success) {
            // The terminal has to be this process's own: of another's nobody asks anything.
            setsid()
            // Which ends with it; the process has to tell how it went all the same.
            signal(SIGHUP, SIG_IGN)
            let pty = try PseudoTerminal()
            _ = ioctl(pty.slave, UInt(TIOCSCTTY), 0)
            let modes = pty.modes
            do {
                let made = TerminalQuestion(
                    input: pty.slave,
                    output: pty.slave,
                    name: "xterm-256color",
                    asksGround: true
                )
                guard let question = made else { throw PseudoTerminal.Failure(code: 0) }
                #expect(pty.modes != modes)
                let asked = pty.output(until: "\u{1B}[c")
                #expect(asked == "\u{1B}]11;?\u{1B}\\\u{1B}[?2026$p\u{1B}[c")
                pty.type("\u{1B}]11;rgb:eeee/eeee/eeee\u{1B}\\\u{1B}[?2026;2$y\u{1B}[?62c")
                let answers = question.answers(within: .seconds(120))
                #expect(answers.mode == .light)
                #expect(answers.isSynchronised == true)
            }
            #expect(pty.modes == modes)
        }
    }

    @Test func `old terminals are asked nothing, and silence ends`() async {
        await #expect(processExitsWith: .success) {
            setsid()
            // Which ends with it; the process has to tell how it went all the same.
            signal(SIGHUP, SIG_IGN)
            let pty = try PseudoTerminal()
            _ = ioctl(pty.slave, UInt(TIOCSCTTY), 0)
            for name in ["linux", "dumb", "vt100", ""] {
                let question = TerminalQuestion(
                    input: pty.slave,
                    output: pty.slave,
                    name: name,
                    asksGround: true
                )
                let isAsked = question != nil
                #expect(!isAsked)
            }
            let made = TerminalQuestion(
                input: pty.slave,
                output: pty.slave,
                name: "xterm",
                asksGround: false
            )
            guard let question = made else { throw PseudoTerminal.Failure(code: 0) }
            #expect(pty.output(until: "\u{1B}[c") == "\u{1B}[?2026$p\u{1B}[c")
            #expect(question.answers(within: .milliseconds(1)) == TerminalQuestion.Answers())
        }
    }

    @Test func `the mouse is the terminal's until it is asked for`() async {
        await #expect(processExitsWith: .success) {
            setenv("LC_ALL", "C.UTF-8", 1)
            let pty = try PseudoTerminal()
            do {
                var terminal = try Terminal(TerminalTests.options(pty.slave), waker: Waker())
                #expect(!pty.output(until: "\u{1B}[?1004h").contains("1006h"))
                terminal.setMouse(true)
                #expect(pty.output(until: "1006h").contains("\u{1B}[?1000h\u{1B}[?1006h"))
                let typed: [(String, [Key])] = [
                    (
                        "\u{1B}[<0;5;7M\u{1B}[<0;5;7mj",
                        [
                            .mouse(Mouse(.press, at: Position(column: 4, row: 6))), .unknown,
                            .character("j"),
                        ]
                    ),
                    (
                        "\u{1B}[<64;1;1M\u{1B}[<65;40;10M",
                        [
                            .mouse(Mouse(.wheelUp, at: Position(column: 0, row: 0))),
                            .mouse(Mouse(.wheelDown, at: Position(column: 39, row: 9))),
                        ]
                    ),
                    // Of the old form nothing is left over that could act as a key.
                    ("\u{1B}[M ay", [.unknown]),
                    ("k", [.character("k")]),
                ]
                for (text, keys) in typed {
                    pty.type(text)
                    let read = TerminalInputTests.keys(keys.count, from: &terminal)
                    #expect(read == keys)
                }
                terminal.notify("\(2) wait", Notifying(.osc9, environment: [:]))
                #expect(pty.output(until: "wait").contains("\u{1B}]9;holdshort: 2 wait"))
            }
            #expect(pty.outputToTheEnd().contains("\u{1B}[?1006l\u{1B}[?1000l"))
        }
    }
}
