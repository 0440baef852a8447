import HoldCore

extension Canvas {
    /// Draws the context pane: who asks, what the agent says for itself, policy and history.
    mutating func drawContext() {
        var chrome = chrome(.context, "Context")
        let rows = pages?.context ?? []
        let room = max(layout[.context].rows - 2, 0)
        let first = min(
            max(model.scroll(of: .context), 0),
            PaneExtent(lines: rows.count, visible: room).scrollMax
        )
        chrome.foot = scrollFoot(rows.count, visible: room, first: first)
        if chrome.foot.width > 0 { chrome.foot.gap(3, Ink.panel(.border)) }
        chrome.foot.add("agent text is marked \(SafeText.gutter(glyphs))", Ink.panel.muted)
        noteCut(in: &chrome.title)
        if let foot = searchFoot(of: .context, pages?.contextMarks) { chrome.foot = foot }
        let inside = open(.context, chrome)
        draw(rows, of: .context, in: textRect(inside: inside))
    }

    /// Draws the undo chain of the selected item's workflow.
    mutating func drawUndo() {
        let detail = model.selected?.detail
        let workflow = detail.map { Words.name($0.item.reference.workflow.text) }
        var chrome = chrome(.undo, "Undo chain", workflow ?? .empty)
        let rect = layout[.undo]
        let width = Self.textColumns(rect, in: layout)
        let rows = detail.map { undoRows($0, width: width) } ?? []
        let first = min(
            max(model.scroll(of: .undo), 0),
            PaneExtent(lines: rows.count, visible: max(rect.rows - 2, 0)).scrollMax
        )
        chrome.foot =
            searchFoot(of: .undo, model.reading.marks[.undo])
            ?? scrollFoot(rows.count, visible: max(rect.rows - 2, 0), first: first)
        let inside = open(.undo, chrome)
        draw(rows, of: .undo, in: textRect(inside: inside))
    }

    /// The chain, newest first, and what a rejection would do.
    func undoRows(_ detail: ItemDetail, width: Int) -> [PaneRow] {
        let workflow = detail.item.reference.workflow
        let line = model.line(of: workflow)
        var rows = standing(line, width: width)
        if detail.undoChain.isEmpty {
            rows.append(
                PaneRow("Nothing that this workflow did can be undone yet.", Ink.panel.muted)
            )
        } else {
            let columns = UndoColumns(detail, width: width, glyphs: glyphs)
            rows.append(columns.header)
            for link in detail.undoChain {
                rows += self.rows(
                    of: link,
                    detail,
                    columns,
                    isUnwinding: line?.isUnwinding ?? false
                )
            }
        }
        rows.append(PaneRow())
        return rows + preview(detail, width: width)
    }

    /// How far the unwinding has come, and what to do where it is stuck.
    private func standing(_ line: WorkflowLine?, width: Int) -> [PaneRow] {
        guard let line, line.isUnwinding else { return [] }
        let ink = Ink.panel
        var rows: [PaneRow] = []
        if let stuck = line.stuckAt {
            rows += bar(
                "STUCK at \(Words.name(stuck.step.text)): nothing moves until a person chooses",
                width: width,
                .errorBar
            )
            let id = "\(Words.name(line.workflow.text)) \(Words.name(stuck.step.text))" as SafeText
            for verb in ["retry", "resolve", "skip"] as [SafeText] {
                rows += PaneRow.flow(
                    [StyledLine("  holdshort undo \(verb) \(id)", ink.bold)],
                    width: width
                )
            }
        }
        if let unwinding = line.unwinding {
            let (closed, planned) = (unwinding.closed, unwinding.planned)
            var words = StyledLine("UNWINDING ", ink(.warn, .bold))
            words.add(
                meter(used: closed, of: planned, width: 10, ink(.warn), ink(.meterTrack))
            )
            words.add(" \(closed)/\(planned) undone, newest first", ink.text)
            rows += PaneRow.flow([words], width: width)
        } else if line.stuckAt == nil {
            rows += bar("UNWINDING: the agent is frozen", width: width, .warningBar)
        }
        return rows
    }

    /// Words on a ground that reaches from edge to edge.
    func bar(_ words: SafeText, width: Int, _ style: Style) -> [PaneRow] {
        PaneRow.flow([StyledLine(words, style)], width: width).map { row in
            var row = row
            row.ground = style
            return row
        }
    }

    private func rows(
        of link: UndoLine,
        _ detail: ItemDetail,
        _ columns: UndoColumns,
        isUnwinding: Bool
    ) -> [PaneRow] {
        let look = LinkLook(link, isUnwinding: isUnwinding, glyphs: glyphs)
        var rows = columns.rows(
            look,
            step: Words.step(link.step, of: detail.item.reference.workflow),
            action: Words.name(link.action),
            undo: link.operation.map(Words.name) ?? "no undo exists",
            isSelected: link.step == detail.item.reference.step
        )
        var notes: [StyledLine] = []
        let ink = Ink.panel
        if link.isInDoubt { notes.append(StyledLine("in doubt: it may not have run", ink(.warn))) }
        if link.attempts > 1 || link.state == .undoFailed {
            notes.append(
                StyledLine(.count(link.attempts, "attempt"), ink.text)
            )
        }
        if let next = link.nextAttemptAt, link.state == .undoFailed {
            notes.append(StyledLine("next in \(Clock.left(next - now))", ink.text))
        }
        if !notes.isEmpty {
            rows += PaneRow.flow(notes, width: columns.width - 4).map { $0.indented(by: 4) }
        }
        if let error = link.error, !error.isEmpty {
            var head = StyledLine()
            head.pad(to: 4, ink.text)
            rows += PaneRow.agent(
                Words.sentence(error).line,
                head: head,
                width: columns.width,
                glyphs: glyphs
            )
        }
        return rows
    }

    private func preview(_ detail: ItemDetail, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        guard detail.item.state.isPending else { return [] }
        let steps = detail.wouldUndo
        var rows: [PaneRow] = []
        if steps.isEmpty {
            rows.append(PaneRow("If you reject: nothing has to be undone.", ink.text))
        } else {
            let count: SafeText = .count(steps.count, "step")
            rows += PaneRow.flow(
                [StyledLine("If you reject: undoes \(count), newest first:", ink.bold)],
                width: width
            )
            for step in steps.prefix(20) { rows += self.rows(of: step, width: width) }
            if steps.count > 20 {
                rows.append(PaneRow("  and \(steps.count - 20) more", ink.muted))
            }
        }
        let withdrawn = detail.wouldWithdraw.count
        if withdrawn > 0 {
            let items: SafeText = .count(withdrawn, "other item")
            rows += PaneRow.flow(
                [StyledLine("and withdraws \(items) that depend on it", ink.text)],
                width: width
            )
        }
        if detail.undoOperation == nil {
            rows += PaneRow.flow(
                [StyledLine("If you approve: nothing takes this step back.", ink(.danger))],
                width: width
            )
        }
        return rows
    }

    private func rows(of step: UndoPreviewLine, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        var pieces = [StyledLine(Words.name(step.step.text), ink.text)]
        if let operation = step.operation {
            let proven: StyledLine =
                if let at = step.provenAt {
                    StyledLine("proven \(Clock.age(now - at)) ago", ink(.ok))
                } else {
                    StyledLine("never proven", ink(.warn))
                }
            pieces.append(StyledLine("by \(Words.name(operation))", ink.text))
            pieces.append(proven)
        } else {
            pieces.append(StyledLine("cannot be undone", ink(.danger)))
        }
        pieces.append(StyledLine("\(Clock.age(step.age)) old", ink.muted))
        if step.isInDoubt { pieces.append(StyledLine("in doubt", ink(.warn))) }
        return PaneRow.flow(pieces, width: max(width - 2, 1)).map { $0.indented(by: 2) }
    }
}

extension PaneRow {
    /// The row further to the right.
    func indented(by columns: Int) -> PaneRow {
        var row = self
        var line = StyledLine()
        line.gap(columns, .panel)
        line.add(self.line)
        row.line = line
        row.groundColumn += columns
        return row
    }
}

extension WorkflowLine {
    /// Whether its steps are being undone, or wait for a person to go on with it.
    var isUnwinding: Bool { status == .unwinding || status == .stuck }
}

/// How one link of the chain looks: its sign, its state in words.
struct LinkLook {
    let sign: SafeText
    let state: SafeText
    let style: Style

    init(_ link: UndoLine, isUnwinding: Bool, glyphs: GlyphSet) {
        let isASCII = glyphs == .ascii
        let ink = Ink.panel
        switch link.state {
        case .recorded where link.operation == nil:
            (sign, state, style) = (isASCII ? "0" : "⊘", "kept", ink(.danger))
        case .recorded where isUnwinding:
            (sign, state, style) = (isASCII ? "." : "·", "waiting", ink.muted)
        case .recorded:
            (sign, state, style) = (isASCII ? "ok" : "✓", "undoable", ink(.ok))
        case .undoStarted:
            (sign, state, style) = (isASCII ? ">" : "▸", "undoing", ink(.warn, .bold))
        case .undone:
            (sign, state, style) = (isASCII ? "<" : "‹", "undone", ink(.info))
        case .undoFailed:
            (sign, state, style) = (isASCII ? "XX" : "✗", "FAILED", ink(.danger, .bold))
        case .skipped:
            (sign, state, style) = (isASCII ? "0" : "⊘", "skipped", ink(.warn))
        case .resolved:
            (sign, state, style) = (isASCII ? "ok" : "✓", "by hand", ink(.info))
        }
    }
}

/// Where the columns of the undo chain stand.
private struct UndoColumns {
    let width: Int
    let glyphs: GlyphSet
    private let step: Int
    private let action: Int
    private let undo: Int

    init(_ detail: ItemDetail, width: Int, glyphs: GlyphSet) {
        self.width = width
        self.glyphs = glyphs
        // The sign before, the state and three spaces behind.
        let rest = max(width - 3 - 8 - 3, 0)
        let workflow = detail.item.reference.workflow
        let wishes = detail.undoChain.prefix(100).reduce((4, 6, 9)) { most, link in
            (
                max(most.0, Words.step(link.step, of: workflow).width),
                max(most.1, Words.name(link.action).width),
                max(most.2, link.operation.map { Words.name($0).width } ?? 14)
            )
        }
        if wishes.0 + wishes.1 + wishes.2 <= rest {
            (step, action, undo) = wishes
        } else {
            step = min(wishes.0, rest * 26 / 100)
            action = min(wishes.1, max(rest * 40 / 100, rest - step - wishes.2))
            undo = max(rest - step - action, 0)
        }
    }

    var header: PaneRow {
        row("  ", "step", "action", "undone by", "state", Ink.panel.muted, Ink.panel.muted)
    }

    func rows(
        _ look: LinkLook,
        step: SafeText,
        action: SafeText,
        undo: SafeText,
        isSelected: Bool
    ) -> [PaneRow] {
        let plain = isSelected ? Ink.panel.bold : Ink.panel.text
        return [row(look.sign, step, action, undo, look.state, plain, look.style)]
    }

    private func row(
        _ sign: SafeText,
        _ step: SafeText,
        _ action: SafeText,
        _ undo: SafeText,
        _ state: SafeText,
        _ plain: Style,
        _ style: Style
    ) -> PaneRow {
        let ellipsis = SafeLine.ellipsis(glyphs)
        var line = StyledLine(sign, style)
        line.pad(to: 3, plain)
        var end = 3
        for (words, columns) in [(step, self.step), (action, self.action), (undo, self.undo)] {
            line.add(words.line.prefix(cells: columns, ellipsis: ellipsis), plain)
            end += columns + 1
            line.pad(to: end, plain)
        }
        line.add(state, style)
        return PaneRow(line)
    }
}
