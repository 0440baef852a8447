import HoldCore

extension Canvas {
    /// Draws that nothing waits, and that this is known: when the service was heard of last, and how
    /// the person will be told of the next item.
    mutating func drawEmptyQueue() {
        var chrome = chrome(.queue, "Queue")
        chrome.foot = withSnoozed(StyledLine("0 of 0", Ink.panel.muted))
        let inside = open(.queue, chrome)
        report.queueRows = inside.rows
        let isNarrow = inside.columns < 66
        var lines = [emptyHeadline, StyledLine()]
        lines += join(livenessPieces, isNarrow)
        lines += join(tellingPieces, isNarrow)
        if !model.link.isDown {
            lines.append(StyledLine())
            lines += join(emptyCommands.map { keyed($0.command, $0.words) }, isNarrow)
        }
        if lines.count > inside.rows { lines.removeAll { $0.width == 0 } }
        let block = inside.centred(columns: inside.columns, rows: lines.count)
        for (index, line) in lines.enumerated() {
            let row = block.line(index)
            draw(line, in: row.centred(columns: min(line.width, row.columns), rows: 1))
        }
    }

    private var emptyHeadline: StyledLine {
        model.link.isDown
            ? StyledLine("Nothing was waiting when the link dropped.", Ink.panel(.warn))
            : StyledLine("Nothing is waiting for you.", Ink.panel.bold)
    }

    /// What shows that this is live.
    private var livenessPieces: [StyledLine] {
        let ink = Ink.panel
        var pieces: [StyledLine] = []
        if let last = model.activity.first(where: { $0.kind == .asked }) {
            pieces.append(StyledLine("last item \(Clock.timeOfDay(last.at))", ink.text))
        } else if let last = model.activity.first {
            pieces.append(StyledLine("last event \(Clock.timeOfDay(last.at))", ink.text))
        }
        guard let heard = model.link.lastHeard, !model.link.isDown else { return pieces }
        let ago = Clock.heartbeat(model.now.since(heard))
        pieces.append(StyledLine("checked \(ago) ago", ink.text))
        switch model.freshness {
        case .live: pieces.append(StyledLine("heartbeat ok", ink(.ok)))
        case .stale: pieces.append(StyledLine("heartbeat late", ink(.warn, .bold)))
        case .tooStale, .connecting, .disconnected:
            pieces.append(StyledLine("NO heartbeat", ink(.danger, .bold)))
        }
        return pieces
    }

    /// How the person will be told.
    private var tellingPieces: [StyledLine] {
        let ink = Ink.panel
        var pieces = [StyledLine(bellWords, ink.text)]
        if model.rules.quiet != nil { pieces.append(StyledLine(rulesWords, ink(.warn))) }
        if model.log.unread > 0 {
            let key = model.keymap.keys(for: .notifications).first?.label ?? "!"
            pieces.append(StyledLine("\(model.log.unread) alerts: \(key)", ink(.warn, .bold)))
        }
        return pieces
    }

    private func keyed(_ command: Keymap.Command, _ words: SafeText) -> StyledLine {
        var line = StyledLine(
            model.keymap.keys(for: command).first?.label ?? "-",
            Ink.panel.key
        )
        line.gap(1, Ink.panel.text)
        line.add(words, Ink.panel.text)
        return line
    }

    /// Pieces on one line, or, where there is little room, each on its own.
    private func join(_ pieces: [StyledLine], _ isNarrow: Bool) -> [StyledLine] {
        guard !isNarrow else { return pieces }
        var line = StyledLine()
        for piece in pieces {
            if line.width > 0 { line.gap(3, Ink.panel.text) }
            line.add(piece)
        }
        return [line]
    }
}
