/// The row that says which decision keys do something, or why none does; all that it is drawn from.
struct DecisionKeys: Hashable, Sendable {
    private static let commands: [(Keymap.Command, SafeText)] = [
        (.approve, "approve"), (.reject, "reject"), (.escalate, "escalate"), (.modify, "modify"),
    ]

    let isOff: Bool
    /// What is in the way of each command.
    let obstacles: [Obstacle?]
    let keymap: Keymap
    let columns: Int
    let glyphs: GlyphSet

    init(_ model: Model, columns: Int) {
        isOff = model.decisionsOff != nil
        obstacles = Self.commands.map { model.obstacle(to: $0.0) }
        keymap = model.keymap
        glyphs = model.glyphs
        self.columns = columns
    }

    /// The row as drawn.
    var line: StyledLine {
        let ink = Ink.panel
        var bar = Bar(style: ink.text)
        for ((command, words), obstacle) in zip(Self.commands, obstacles) {
            guard let key = keymap.keys(for: command).first?.label else { continue }
            let works = obstacle == nil
            var line = StyledLine(key, works ? ink.key : ink.muted)
            line.gap(1, ink.text)
            line.add(words + .dots(glyphs), works ? ink.text : ink.muted)
            bar.leading.append(
                Bar.Part([line, StyledLine(key, works ? ink.key : ink.muted)], rank: 1)
            )
        }
        let state: StyledLine =
            if isOff {
                StyledLine("keys OFF", ink(.danger, .bold))
            } else if let obstacle = obstacles.first ?? nil {
                StyledLine(obstacle.short, ink(.warn))
            } else {
                StyledLine("keys armed", ink(.ok))
            }
        bar.leading.append(Bar.Part(state, rank: 0))
        return bar.line(width: columns + 1, ellipsis: .ellipsis(glyphs)).dropping(cells: 1)
    }
}

extension Canvas {
    /// Which decision keys do something, or why none does.
    mutating func keysRow(width: Int) -> StyledLine {
        let source = DecisionKeys(model, columns: width)
        if let still = stills.keys, still.source == source { return still.line }
        let line = source.line
        stills.keys = (source, line)
        return line
    }
}
