package import HoldConsole

/// How a person is told of something that is not on their screen now.
package struct Notifying: Hashable, Sendable {
    package typealias Way = NotificationWay

    package var way: Way
    /// Whether it is handed through tmux, which has to allow that: `allow-passthrough on`.
    package var passesTmux: Bool

    /// Chooses the way for a terminal.
    ///
    /// - Parameters:
    ///   - way: What was asked for; only `auto` looks at the environment.
    ///   - passesTmux: Whether tmux is set to let it through.
    ///   - environment: The process's; `TMUX`, `TERM_PROGRAM` and their like are looked at.
    package init(_ way: Way, passesTmux: Bool = false, environment: [String: String]) {
        let isInside = environment["TMUX"]?.isEmpty == false
        self.passesTmux = passesTmux && isInside
        self.way = way == .auto ? Self.known(environment, isInside && !passesTmux) : way
    }

    /// What a terminal takes, as far as its environment tells.
    ///
    /// What stands between keeps the sequence for itself: then only the bell comes through.
    private static func known(_ environment: [String: String], _ isKept: Bool) -> Way {
        let term = environment["TERM"] ?? ""
        if isKept || environment["STY"] != nil { return .bell }
        if term == "xterm-kitty" || environment["KITTY_WINDOW_ID"] != nil { return .osc99 }
        if environment["WT_SESSION"] != nil || environment["ConEmuPID"] != nil { return .osc9 }
        if ["iTerm.app", "WezTerm", "ghostty"].contains(environment["TERM_PROGRAM"]) {
            return .osc9
        }
        if term.hasPrefix("foot") || term.hasPrefix("rxvt") || environment["VTE_VERSION"] != nil {
            return .osc777
        }
        return .bell
    }

    /// What the terminal is sent; nil for nothing.
    ///
    /// Old terminals would show a control string as text: they get the bell.
    func bytes(_ words: Title, isModern: Bool) -> [UInt8]? {
        let text = words.ascii.filter { $0 != UInt8(ascii: ";") }
        switch isModern || way == .off ? way : .bell {
        case .off: return nil
        case .bell, .auto: return [7]
        // Words of their own in front: some read digits there as another command.
        case .osc9: return wrapped(Array("9;holdshort: ".utf8) + text)
        case .osc777: return wrapped(Array("777;notify;holdshort;".utf8) + text)
        case .osc99: return wrapped(Array("99;i=holdshort;".utf8) + text)
        }
    }

    private func wrapped(_ content: [UInt8]) -> [UInt8] {
        let string = [0x1B, UInt8(ascii: "]")] + content + [0x1B, UInt8(ascii: "\\")]
        guard passesTmux else { return string }
        // tmux hands on what stands between, with each ESC said twice.
        let doubled = string.flatMap { $0 == 0x1B ? [$0, $0] : [$0] }
        return Array("\u{1B}Ptmux;".utf8) + doubled + Array("\u{1B}\\".utf8)
    }
}
