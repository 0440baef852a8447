import HoldCore

/// The undo chain of a workflow: how far it has come, and what a person can do where it is held.
extension Canvas {
    mutating func drawUndoChain(of workflow: WorkflowKey) {
        let line = model.line(of: workflow)
        let body = drawStanding(line ?? model.opened(workflow)?.detail?.line, in: layout.body)
        guard let detail = model.opened(workflow)?.detail else {
            report.view = PaneExtent(lines: 0, visible: boxRows(body))
            let title = boxTitle("Undo chain", Words.name(workflow.text))
            let inside = openBox(body, title, isFocused: true)
            return drawUnread(model.opened(workflow)?.content, in: inside)
        }
        let isWide = layout.shape == .twoColumns || layout.shape == .threeColumns
        let columns = isWide ? body.split(columns: body.columns * 58 / 100) : (body, .nowhere)
        let wanted = detail.undoChain.count + 5
        let most = max(columns.0.rows * (isList ? 45 : 55) / 100, 4)
        let parts = columns.0.split(rows: isList ? most : min(max(wanted, 8), most))
        drawChain(detail, in: parts.top)
        drawLink(detail, in: parts.rest)
        drawLog(of: workflow, in: columns.1)
    }

    private mutating func drawChain(_ detail: WorkflowDetail, in rect: Rect) {
        let chain = detail.undoChain
        let title = boxTitle(
            "Undo chain, newest first",
            detail.line.isUnwinding ? "undone top to bottom" : Words.name(detail.line.agent)
        )
        let inside = openBox(rect, title, foot: chainCounts(detail), isFocused: true)
        var room = inside
        if let progress = progress(detail, width: room.columns - 1), room.rows > 3 {
            var row = StyledLine(" ", Ink.panel.text)
            row.add(progress)
            draw(row, in: room.line(0))
            room = room.dropping(rows: 1)
        }
        guard !chain.isEmpty else {
            report.view = PaneExtent(lines: 0, visible: room.rows)
            let words: SafeText = "Nothing that this workflow did can be undone."
            return drawCentred(words, Ink.panel.muted, in: room)
        }
        let table = ChainTable(detail, width: room.columns - 1, glyphs: glyphs)
        if room.rows > 3 {
            draw(table.header(self), in: room.line(0))
            room = room.dropping(rows: 1)
        }
        if detail.heldLink != nil, room.rows > 2 {
            let last = room.line(room.rows - 1)
            draw(
                StyledLine(" Nothing below a FAILED step runs until you choose.", Ink.panel(.warn)),
                in: last
            )
            room = room.split(rows: room.rows - 1).top
        }
        let cursor = model.undoView.cursor
        let (width, isUnwinding) = (room.columns, detail.line.isUnwinding)
        drawList(chain.count, from: cursor.scroll, in: room) { canvas, index in
            let isSelected = index == cursor.index
            let look = LinkLook(chain[index], isUnwinding: isUnwinding, glyphs: canvas.glyphs)
            var row = StyledLine(
                isSelected ? .pointer(canvas.glyphs) : " ",
                Ink.panel(.accent, .bold)
            )
            row.add(table.row(chain[index], look, canvas))
            row.pad(to: width, Ink.panel.text)
            return isSelected ? row.styled(.selected) : row
        }
    }

    /// How far the unwinding has come, or how the last one ended.
    private func progress(_ detail: WorkflowDetail, width: Int) -> StyledLine? {
        let ink = Ink.panel
        if let unwinding = detail.line.unwinding, detail.line.isUnwinding {
            let cells = min(max(width - 40, 8), 32)
            var line = StyledLine("progress ", ink.text)
            line.add(
                meter(
                    used: unwinding.closed,
                    of: unwinding.planned,
                    width: cells,
                    ink(.warn),
                    ink(.meterTrack)
                )
            )
            line.add(" \(unwinding.closed)/\(unwinding.planned) undone", ink.text)
            return line.prefix(cells: width, ellipsis: ellipsis)
        }
        switch detail.rollback {
        case .rolledBack: return StyledLine("rolled back: all of it is undone", ink(.ok))
        case .rolledBackWithExceptions:
            return StyledLine("rolled back with exceptions: see below", ink(.warn))
        case .rollbackBlocked: return StyledLine("rollback blocked", ink(.danger, .bold))
        case nil:
            return detail.undoChain.isEmpty
                ? nil : StyledLine("nothing is being undone now", ink.muted)
        }
    }

    /// The links by where they stand.
    private func chainCounts(_ detail: WorkflowDetail) -> StyledLine {
        let ink = Ink.panel
        let chain = detail.undoChain
        let isUnwinding = detail.line.isUnwinding
        let parts: [(Int, SafeText, Style)] = [
            (chain.count { $0.state == .undone }, "undone", ink(.info)),
            (chain.count { $0.state == .undoFailed }, "FAILED", ink(.danger, .bold)),
            (chain.count { $0.state == .undoStarted }, "undoing", ink(.warn, .bold)),
            (chain.count { $0.state == .resolved }, "by hand", ink(.info)),
            (chain.count { $0.state == .skipped }, "skipped", ink(.warn)),
            (
                chain.count { $0.state == .recorded && $0.operation != nil },
                isUnwinding ? "waiting" : "undoable", ink.muted
            ),
            (
                chain.count { $0.state == .recorded && $0.operation == nil }, "cannot undo",
                ink(.danger)
            ),
        ]
        var foot = StyledLine()
        for (count, words, style) in parts where count > 0 {
            foot.gap(foot.width > 0 ? 2 : 0, Ink.panel(.border))
            foot.add("\(count) \(words)", style)
        }
        return foot
    }

    // MARK: - The link under the cursor

    private mutating func drawLink(_ detail: WorkflowDetail, in rect: Rect) {
        guard let link = model.undoLine else {
            return drawBox(rect, boxTitle("Step"), [])
        }
        let isHeld = detail.heldLink?.step == link.step
        let step = Words.name(link.step.text)
        let title =
            isHeld
            ? StyledLine("\(step) failed: choose what to do", Ink.panel(.danger, .bold))
            : boxTitle(step, Words.name(link.action))
        let width = boxColumns(rect)
        var rows = linkFacts(link, width: width)
        if isHeld {
            // What can be done stays in sight, however much there is to say.
            let choices = choiceRows(link, detail, width: width)
            let room = max(boxRows(rect) - choices.count, 0)
            rows = Array(rows.prefix(room)) + choices
        } else if let held = detail.heldLink {
            rows += PaneRow.flow(
                [
                    StyledLine(
                        "The chain is held at \(Words.name(held.step.text)).",
                        Ink.panel(.warn)
                    )
                ],
                width: width
            )
        }
        drawBox(rect, title, rows)
    }

    private func linkFacts(_ link: UndoLine, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        let undo: StyledLine =
            if let operation = link.operation {
                StyledLine("undone by \(Words.name(operation))", ink.text)
            } else {
                StyledLine("no undo exists", ink(.danger))
            }
        var rows = PaneRow.fact(
            "CALL",
            [StyledLine(Words.name(link.action), ink.bold), undo],
            width: width
        )
        var tries = [
            StyledLine(.count(link.attempts, "attempt"), ink.text)
        ]
        if let next = link.nextAttemptAt, link.state == .undoFailed {
            tries.append(StyledLine("next by itself in \(Clock.left(next - now))", ink.text))
        } else if link.state == .undoFailed {
            tries.append(StyledLine("no further one by itself", ink(.danger)))
        }
        if link.isInDoubt { tries.append(StyledLine("in doubt: it may not have run", ink(.warn))) }
        if link.attempts > 0 || link.isInDoubt {
            rows += PaneRow.fact("TRIED", tries, width: width)
        }
        if let error = link.error, !error.isEmpty {
            rows += agentFact("ERROR", error, width: width).prefix(4)
        }
        if let detail = link.detail, !detail.isEmpty {
            rows += agentFact("THEY SAY", detail, width: width).prefix(3)
        }
        if let first = link.skipAgreedBy {
            let who: SafeText = first == model.link.user ? "you" : Words.name(first)
            rows += PaneRow.fact(
                "SKIP",
                [
                    StyledLine("\(who) agreed to skip it", ink(.warn, .bold)),
                    StyledLine("a second person must agree too", ink.text),
                ],
                width: width
            )
        }
        if let closer = link.closedBy {
            let what: SafeText = link.state == .skipped ? "skipped by" : "undone by hand by"
            rows += PaneRow.fact(
                "CLOSED",
                [StyledLine("\(what) \(Words.name(closer))", ink.text)],
                width: width
            )
        }
        if let evidence = link.evidence, !evidence.isEmpty {
            rows += agentFact("REASON", evidence, width: width).prefix(3)
        }
        return rows
    }

    /// Whose word it takes to skip a link.
    private func skipTerms(_ link: UndoLine) -> SafeText {
        guard model.link.separation != .none else { return "(typed; separation: none)" }
        switch link.skipAgreedBy {
        case nil: return "(typed; two people)"
        case model.link.user: return "(you agreed: another person must)"
        default: return "(typed; you would be the second person)"
        }
    }

    /// The choices, with their keys, or why there are none now.
    private func choiceRows(
        _ link: UndoLine,
        _ detail: WorkflowDetail,
        width: Int
    ) -> [PaneRow] {
        let ink = Ink.panel
        if let off = model.decisionsOff {
            return PaneRow.flow(
                [StyledLine(Words.sentence(off.sentence), ink(.danger, .bold))],
                width: width
            )
        }
        let choices: [(Keymap.Command, Steering.Order, SafeText)] = [
            (.retryUndo, .retry, "try the undo again now"),
            (.resolveUndo, .resolve, "it was undone by hand (with evidence)"),
            (.skipUndo, .skip, "leave it as it is, go on \(skipTerms(link))"),
        ]
        return choices.compactMap { command, order, words in
            guard let key = model.keymap.keys(for: command).first?.label else { return nil }
            let works = model.steeringProblem(order, detail.line.workflow) == nil
            var row = StyledLine(key, works ? ink.key : ink.muted)
            row.gap(2, ink.text)
            row.add(words + dots, works ? ink.text : ink.muted)
            return PaneRow(row.prefix(cells: width, ellipsis: ellipsis))
        }
    }

    // MARK: - The log

    private mutating func drawLog(of workflow: WorkflowKey, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let ink = Ink.panel
        let width = boxColumns(rect)
        let lines = model.activity.filter { $0.workflow == workflow }.prefix(boxRows(rect))
        var rows = lines.map { line -> PaneRow in
            var row = StyledLine("\(Clock.timeOfDay(line.at)) ", ink.muted)
            row.add(line.user.map(Words.name) ?? "service", ink.text)
            row.gap(1, ink.text)
            row.add(Words.sentence(line.what), line.isLoud ? ink(.danger, .bold) : ink.bold)
            row.gap(1, ink.text)
            if let step = line.step { row.add("\(Words.name(step.text)) ", ink.text) }
            if let note = line.note, !note.isEmpty { row.add(Words.sentence(note), ink.muted) }
            return PaneRow(row.prefix(cells: width, ellipsis: ellipsis))
        }
        if rows.isEmpty {
            rows.append(PaneRow("Nothing of it happened lately.", ink.muted))
        }
        drawBox(rect, boxTitle("Log", "newest first"), rows)
    }
}

/// Where the columns of an undo chain stand.
private struct ChainTable {
    private let step: Int
    private let action: Int
    private let undo: Int
    private let note: Int
    private let workflow: WorkflowKey

    init(_ detail: WorkflowDetail, width: Int, glyphs: GlyphSet) {
        let workflow = detail.line.workflow
        self.workflow = workflow
        let chain = detail.undoChain.prefix(100)
        // Most links have no note, and then the others have its room.
        let hasNotes = chain.contains { $0.error != nil || $0.evidence != nil || $0.detail != nil }
        let shares = hasNotes ? (28, 27) : (42, 36)
        // The sign before, the state with a space behind.
        let rest = max(width - 3 - 9, 12)
        let wishes = chain.reduce((4, 6, 9)) { most, link in
            (
                max(most.0, Words.step(link.step, of: workflow).width),
                max(most.1, Words.name(link.action).width),
                max(most.2, link.operation.map { Words.name($0).width } ?? 14)
            )
        }
        step = width < 56 ? 0 : min(wishes.0, rest * 20 / 100)
        action = min(wishes.1, max(rest * (width < 56 ? 45 : shares.0) / 100, 6))
        undo = width < 48 ? 0 : min(wishes.2, max(rest * shares.1 / 100, 6))
        note = max(rest - [step, action, undo].reduce(0) { $0 + ($1 > 0 ? $1 + 1 : 0) }, 0)
    }

    func header(_ canvas: Canvas) -> StyledLine {
        let muted = Ink.panel.muted
        var row = TableRow(canvas.ellipsis)
        row.add(" ", muted, columns: 2)
        row.add("step", muted, columns: step)
        row.add("did", muted, columns: action)
        row.add("undo with", muted, columns: undo)
        row.add("state", muted, columns: 8)
        row.add("note", muted, columns: note)
        var line = StyledLine(" ", muted)
        line.add(row.line)
        return line
    }

    func row(_ link: UndoLine, _ look: LinkLook, _ canvas: Canvas) -> StyledLine {
        let ink = Ink.panel
        var row = TableRow(canvas.ellipsis)
        row.add(look.sign, look.style, columns: 2)
        row.add(Words.step(link.step, of: workflow), ink.text, columns: step)
        row.add(Words.name(link.action), ink.text, columns: action)
        row.add(link.operation.map(Words.name) ?? "no undo exists", ink.text, columns: undo)
        row.add(look.state, look.style, columns: 8)
        row.add(noteWords(link, canvas), ink.muted, columns: note)
        return row.line
    }

    private func noteWords(_ link: UndoLine, _ canvas: Canvas) -> SafeText {
        switch link.state {
        case .undoFailed: return link.error.map(Words.sentence) ?? "-"
        case .skipped, .resolved:
            let why = link.evidence.map { ": \(Words.sentence($0))" as SafeText } ?? ""
            return "\(link.closedBy.map(Words.name) ?? "-")\(why)"
        case .undone: return link.detail.map(Words.sentence) ?? "-"
        case .undoStarted: return "attempt \(link.attempts)"
        case .recorded:
            if link.operation == nil { return "cannot be undone" }
            return link.isInDoubt ? "in doubt" : "-"
        }
    }
}
