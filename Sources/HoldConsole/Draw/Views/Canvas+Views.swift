import HoldCore

/// What the screens of their own have in common.
extension Canvas {
    /// Draws the screen that shows no panes, if it is one.
    mutating func drawView() {
        switch model.screenBelow {
        case .workflows: drawWorkflows()
        case .workflow(let workflow): drawWorkflow(workflow)
        case .undo(let workflow): drawUndoChain(of: workflow)
        case .history: drawHistory()
        case .record(let reference): drawRecord(reference)
        default: break
        }
    }

    /// The keys of the screen that shows no panes; nil when it is none.
    var viewHints: [Hint]? {
        let isOff = model.decisionsOff != nil
        switch model.screen {
        case .workflows:
            return [.move, Hint(.open, "open")] + (isOff ? [] : [.pause])
                + [.undo, Hint(.filter, "filter"), Hint(.history, "history"), .back]
        case .workflow:
            return [.move, Hint(.open, "item")] + (isOff ? [] : [.pause])
                + [.undo, Hint(.history, "history"), .back]
        case .undo:
            let choices =
                isOff || !hasHeldLink
                ? []
                : [
                    Hint(.retryUndo, words: "retry", opens: true),
                    Hint(.resolveUndo, words: "by hand", opens: true),
                    Hint(.skipUndo, words: "skip", opens: true), .pause,
                ]
            return [Hint(.moveDown, .moveUp, words: "step")] + choices
                + [Hint(.open, "item"), Hint(.workflows, "workflows"), .back]
        case .history:
            return [
                .move, Hint(.open, words: "full record", short: "record"), Hint(.filter, "search"),
                .undo, Hint(.takeIn, "newest"), .back,
            ]
        case .record:
            return [
                .scroll, Hint(.rawText, "raw text"), .undo, .back,
            ]
        default: return nil
        }
    }

    /// Whether the undo chain on the screen waits for a person's choice.
    private var hasHeldLink: Bool { model.workflowsView.opened?.detail?.heldLink != nil }

    /// Whether there is no room for boxes.
    var isList: Bool { layout.shape == .list }

    /// Opens a box of such a screen, or, where there is no room for boxes, a row with its title.
    ///
    /// - Returns: Where the text goes, without the columns that a box keeps free.
    mutating func openBox(
        _ rect: Rect,
        _ title: StyledLine,
        note: StyledLine = StyledLine(),
        foot: StyledLine = StyledLine(),
        isFocused: Bool = false
    ) -> Rect {
        guard isList else {
            var chrome = PaneChrome(title: title, isFocused: isFocused)
            chrome.note = note
            chrome.foot = foot
            return frame.draw(chrome, in: rect)
        }
        frame.fill(rect, .panel)
        let line = rect.line(0)
        let right = foot.width > 0 ? foot : note
        var words = title
        if right.width + 12 < line.columns {
            words = title.prefix(cells: line.columns - right.width - 1, ellipsis: ellipsis)
            words.pad(to: line.columns - right.width, Ink.panel.text)
            words.add(right)
        }
        draw(words, in: line)
        return rect.dropping(rows: 1)
    }

    /// The cells of a row of text in a box.
    func boxColumns(_ rect: Rect) -> Int { max(isList ? rect.columns : rect.columns - 4, 1) }

    /// The rows of text in a box.
    func boxRows(_ rect: Rect) -> Int { max(isList ? rect.rows - 1 : rect.rows - 2, 0) }

    /// Draws a box with rows that do not scroll; says how many there are no room for.
    mutating func drawBox(_ rect: Rect, _ title: StyledLine, _ rows: [PaneRow]) {
        guard !rect.isEmpty else { return }
        let room = boxRows(rect)
        let foot =
            rows.count > room
            ? StyledLine("\(rows.count - room) more rows", Ink.panel.muted) : StyledLine()
        let inside = openBox(rect, title, foot: foot)
        draw(rows.prefix(inside.rows), in: textRect(inside: inside))
    }

    /// Draws a list from its scroll position on, and reports how much of it there is.
    mutating func drawList(
        _ count: Int,
        from scroll: Int,
        in rect: Rect,
        _ row: (Canvas, Int) -> StyledLine
    ) {
        let extent = PaneExtent(lines: count, visible: rect.rows)
        report.view = extent
        let first = min(max(scroll, 0), extent.scrollMax)
        for index in first..<min(first + rect.rows, count) {
            let line = row(self, index)
            draw(line, in: rect.line(index - first))
        }
    }

    /// Says where the cursor is in a list.
    func place(_ index: Int, of count: Int) -> StyledLine {
        count == 0 ? StyledLine() : StyledLine("\(index + 1) of \(count)", Ink.panel.muted)
    }

    /// What a box is about, and a little more of it.
    func boxTitle(_ title: SafeText, _ more: SafeText = .empty) -> StyledLine {
        var words = StyledLine(title, Ink.panel.label)
        if more.width > 0 {
            words.gap(2, Ink.panel(.border))
            words.add(more, Ink.panel.muted)
        }
        return words
    }

    /// A row whose words stand on the ground of an agent's, behind a label.
    func agentFact(_ label: SafeText, _ raw: String, width: Int) -> [PaneRow] {
        var head = StyledLine(label, Ink.panel.label)
        head.pad(to: width < 48 ? label.width + 1 : PaneRow.labelWidth, Ink.panel.text)
        let text = SafeText(untrusted: raw, pane: .prose, limits: Self.factLimits)
        let more = text.notShown.map { " (\($0))" as SafeText } ?? ""
        return PaneRow.agent(
            (SafeText(lines: [text.line]) + more).line,
            head: head,
            width: width,
            glyphs: glyphs
        )
    }

    /// A reason or an error on these screens: the item's record has the rest.
    private static let factLimits = DisplayLimits(
        bytesMax: 4_096,
        lineCellsMax: Frame.longestSide,
        linesMax: 64
    )

    /// A digest or a hash, short enough to compare by eye.
    func short(_ hash: String) -> SafeText {
        let hex = hash.hasPrefix("sha256:") ? String(hash.dropFirst(7)) : hash
        guard hex.count > 10 else { return SafeText(ascii: hex) }
        return SafeText(ascii: String(hex.prefix(4))) + dots
            + SafeText(ascii: String(hex.suffix(4)))
    }

    /// The row above a chain or a workflow that is not as it should be; nil when it is.
    func standingBar(_ line: WorkflowLine) -> Bar? {
        let style: Style
        var words: [StyledLine]
        switch line.status {
        case .stuck:
            style = .errorBar
            let step = line.stuckAt.map { Words.name($0.step.text) } ?? "a step"
            words = [
                StyledLine("STUCK at \(step): nothing moves until a person chooses", style),
                StyledLine("STUCK at \(step): choose", style),
            ]
        case .unwinding:
            style = .warningBar
            words = [
                StyledLine("UNWINDING: the agent is frozen until the chain ends", style),
                StyledLine("UNWINDING", style),
            ]
        case .halted:
            style = .warningBar
            words = [
                StyledLine("HALTED: nothing of it starts until it is resumed", style),
                StyledLine("HALTED", style),
            ]
        case .running, .waiting, .finished: return nil
        }
        var bar = Bar(style: style)
        bar.leading = [Bar.Part(words, rank: 0)]
        bar.trailing = [
            Bar.Part(StyledLine(Words.name(line.workflow.text), style), rank: 1),
            Bar.Part(StyledLine(Words.name(line.agent), style), rank: 2),
        ]
        return bar
    }

    /// Draws that row, if there is one, and returns what is left below it.
    mutating func drawStanding(_ line: WorkflowLine?, in rect: Rect) -> Rect {
        guard let bar = line.flatMap({ standingBar($0) }), rect.rows > 4 else { return rect }
        draw(bar.line(width: rect.columns, ellipsis: ellipsis), in: rect.line(0))
        return rect.dropping(rows: 1)
    }
}

/// Builds a row of a table, cell by cell.
struct TableRow {
    private(set) var line = StyledLine()
    /// Where the next column begins.
    private var next = 0
    let ellipsis: SafeLine

    init(_ ellipsis: SafeLine) { self.ellipsis = ellipsis }

    /// Adds a cell and the column behind it; nothing where it has no columns.
    mutating func add(
        _ words: SafeText,
        _ style: Style,
        columns: Int,
        isRight: Bool = false
    ) {
        add(StyledLine(words, style), columns: columns, isRight: isRight)
    }

    mutating func add(_ words: StyledLine, columns: Int, isRight: Bool = false) {
        guard columns > 0 else { return }
        let cut = words.prefix(cells: columns, ellipsis: ellipsis)
        line.pad(to: isRight ? next + columns - cut.width : next, Ink.panel.text)
        line.add(cut)
        next += columns + 1
    }
}
