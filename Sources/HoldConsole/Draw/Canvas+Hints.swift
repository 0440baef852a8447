import HoldCore

extension Canvas {
    /// Draws the last row: the keys that do something now, or what is being typed.
    mutating func drawHints() {
        if let prompt = model.prompt {
            draw(prompt)
            return
        }
        let source = StillPanes.HintSource(
            hints: hints,
            hasHelp: model.sheet == nil,
            keymap: model.keymap,
            columns: layout.hints.columns,
            glyphs: glyphs
        )
        if stills.hints?.source != source { stills.hints = (source, line(of: source)) }
        frame.fill(layout.hints, .plain)
        if let line = stills.hints?.line { draw(line, in: layout.hints) }
    }

    private func line(of source: StillPanes.HintSource) -> StyledLine {
        var bar = Bar(style: .plain)
        for (index, hint) in source.hints.enumerated() {
            guard let part = part(hint, rank: index + 1) else { continue }
            bar.leading.append(part)
        }
        if source.hasHelp, let help = part(Hint(.help, "help"), rank: 0) {
            bar.trailing = [help]
        }
        return bar.line(width: source.columns, ellipsis: ellipsis)
    }

    /// A key, or two that belong together, and what it does.
    struct Hint: Hashable, Sendable {
        let commands: [Keymap.Command]
        let words: SafeText
        let short: SafeText
        /// Opens something: three dots follow.
        let opens: Bool

        init(
            _ commands: Keymap.Command...,
            words: SafeText,
            short: SafeText? = nil,
            opens: Bool = false
        ) {
            self.commands = commands
            self.words = words
            self.short = short ?? words
            self.opens = opens
        }

        init(_ command: Keymap.Command, _ words: SafeText) {
            self.init(command, words: words)
        }
    }

    private var hints: [Hint] {
        if model.screen == .help {
            return [
                .scroll, Hint(.back, "close"),
            ]
        }
        // A sheet says itself which keys it takes; no other does anything.
        guard model.sheet == nil else { return [] }
        if let hints = shiftHints { return hints }
        if model.marks.rangeStart != nil {
            return [
                Hint(.moveDown, .moveUp, words: "extend"), Hint(.mark, "mark the range"),
                Hint(.back, "end it"),
            ]
        }
        if model.link.isDown {
            return [
                .move, Hint(.retry, "retry now"), Hint(.viewFrozen, "view frozen data"),
                Hint(.open, "read"), Hint(.notifications, "log"), Hint(.quit, "quit"),
            ]
        }
        if let hints = viewHints { return hints }
        if model.isQueueEmpty {
            return [
                Hint(.quit, "quit"), Hint(.commandLine, "command"), Hint(.nextTheme, "theme"),
                Hint(.zoom, "zoom pane"),
            ]
        }
        let unlock = model.isLocked ? [Hint(.back, "unlock")] : []
        let decide = model.decisionsOff != nil ? unlock : Hint.decide
        let batch = model.marks.isEmpty ? [] : Hint.batch
        let rest = model.focus.isRead ? Hint.besideText : Hint.besideList
        return layout.shape == .list
            ? batch + decide + [rest[3], .move] + rest[...1] : [.move] + batch + decide + rest
    }

    private func part(_ hint: Hint, rank: Int) -> Bar.Part? {
        let keys = hint.commands.compactMap { command in
            model.keymap.keys(for: command).first.map(\.label)
        }
        guard !keys.isEmpty else { return nil }
        let key = keys.joined(separator: "/")
        let forms = [hint.words, hint.short].map { words in
            var line = StyledLine(key, Style(.key, .bold))
            line.gap(1, .plain)
            line.add(hint.opens ? words + dots : words, .plain)
            return line
        }
        // The first ones grow short before any of them goes, but after the last ones went.
        return Bar.Part(forms, rank: rank, shortening: rank < 6 ? 8 : rank)
    }
}

extension StyledLine {
    /// The line without so many of its first cells; a space stands for half of a wide character.
    func dropping(cells count: Int) -> StyledLine {
        var rest = StyledLine()
        var left = max(count, 0)
        for part in parts {
            if part.line.width <= left {
                left -= part.line.width
                continue
            }
            var cutter = LineCutter(part.line)
            _ = cutter.take(to: left)
            rest.gap(cutter.column - left, part.style)
            rest.add(cutter.take(to: part.line.width), part.style)
            left = 0
        }
        return rest
    }
}

extension Key {
    /// The key as hints and help call it.
    package var label: SafeText { Words.sentence(name) }
}

extension Canvas.Hint {
    // Put into words once: they are looked at with each frame.
    static let move = Self(.moveDown, .moveUp, words: "move")
    static let scroll = Self(.moveDown, .moveUp, words: "scroll")
    static let back = Self(.back, "back")
    static let pause = Self(.pause, words: "pause", opens: true)
    static let undo = Self(.undoChain, words: "undo chain", short: "undo")

    fileprivate static let decide = [
        Self(.approve, words: "approve", short: "appr", opens: true),
        Self(.reject, words: "reject", short: "rej", opens: true),
        Self(.escalate, words: "escalate", short: "esc", opens: true),
        Self(.modify, words: "modify", short: "mod", opens: true),
    ]
    fileprivate static let batch = [
        Self(.batch, words: "batch", opens: true), Self(.clearMarks, "unmark"),
    ]
    fileprivate static let besideList = beside("filter")
    fileprivate static let besideText = beside("search")

    private static func beside(_ find: SafeText) -> [Self] {
        [
            Self(.takeBack, words: "take back", short: "undo"), Self(.filter, find),
            Self(.nextPane, "pane"), Self(.open, words: "full view", short: "view"),
            Self(.rawText, "raw text"), Self(.commandLine, "command"), Self(.quit, "back"),
            Self(.claim, "claim"), Self(.snooze, "snooze"), Self(.note, "note"),
        ]
    }
}
