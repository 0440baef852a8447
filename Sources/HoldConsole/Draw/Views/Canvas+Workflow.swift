import HoldCore

/// One workflow: its steps on a time line, its items, its undo chain.
extension Canvas {
    mutating func drawWorkflow(_ workflow: WorkflowKey) {
        let line = model.line(of: workflow)
        let body = drawStanding(line ?? model.opened(workflow)?.detail?.line, in: layout.body)
        switch layout.shape {
        case .threeColumns, .twoColumns:
            let columns = body.split(columns: body.columns * 62 / 100)
            let left = columns.left.split(rows: columns.left.rows * 64 / 100)
            let right = columns.rest.split(rows: columns.rest.rows / 2)
            drawSteps(of: workflow, in: left.top)
            drawStep(in: left.rest)
            drawItems(in: right.top)
            drawChain(in: right.rest)
        case .stacked:
            let parts = body.split(rows: body.rows * 55 / 100)
            drawSteps(of: workflow, in: parts.top)
            drawStep(in: parts.rest, withChain: true)
        case .list:
            let parts = body.split(rows: max(body.rows / 2, 1))
            drawSteps(of: workflow, in: parts.top)
            drawStep(in: parts.rest, withChain: true)
        case .counts: break
        }
    }

    /// The workflow in full, if it has come.
    private var openedDetail: WorkflowDetail? { model.workflowsView.opened?.detail }

    private mutating func drawSteps(of workflow: WorkflowKey, in rect: Rect) {
        let name = Words.name(workflow.text)
        guard let opened = model.opened(workflow), let detail = opened.detail else {
            report.view = PaneExtent(lines: 0, visible: boxRows(rect))
            let inside = openBox(rect, boxTitle(name), isFocused: true)
            drawUnread(model.opened(workflow)?.content, in: inside)
            return
        }
        let line = detail.line
        let word = SafeText(ascii: line.word.rawValue)
        let inside = openBox(
            rect,
            boxTitle(name, "depth \(line.depth.current)/\(line.depth.limit) \(word)"),
            note: StyledLine(Words.name(line.agent), Ink.panel.muted),
            foot: place(opened.steps.index, of: detail.steps.count),
            isFocused: true
        )
        guard !detail.steps.isEmpty else {
            report.view = PaneExtent(lines: 0, visible: inside.rows)
            drawCentred("It has proposed no step yet.", Ink.panel.muted, in: inside)
            return
        }
        let table = StepTable(detail, width: inside.columns - 1)
        let hasHeader = !isList && inside.rows > 3
        if hasHeader { draw(table.header(self), in: inside.line(0)) }
        let room = inside.dropping(rows: hasHeader ? 1 : 0)
        drawList(detail.steps.count, from: opened.steps.scroll, in: room) { canvas, index in
            let isSelected = index == opened.steps.index
            var row = StyledLine(
                isSelected ? .pointer(canvas.glyphs) : " ",
                Ink.panel(.accent, .bold)
            )
            row.add(table.row(detail.steps[index], detail, canvas, isSelected: isSelected))
            row.pad(to: room.columns, Ink.panel.text)
            return isSelected ? row.styled(.selected) : row
        }
    }

    /// Says that a workflow is still being read, or why it cannot be.
    mutating func drawUnread(_ content: OpenedWorkflow.Content?, in rect: Rect) {
        let ink = Ink.panel
        guard case .failed(let why) = content else {
            return draw(StyledLine(" loading\(dots)", ink.muted), in: rect.line(0))
        }
        let rows = PaneRow.flow(
            [
                StyledLine("It could not be read:", ink(.danger, .bold)),
                StyledLine(Words.sentence(why), ink.text),
            ],
            width: max(rect.columns - 2, 1)
        )
        draw(rows, in: isList ? rect : rect.padded)
    }

    private mutating func drawStep(in rect: Rect, withChain: Bool = false) {
        guard let detail = openedDetail, let step = model.workflowsView.opened?.selectedStep else {
            return drawBox(rect, boxTitle("Step"), [])
        }
        let width = boxColumns(rect)
        let title = boxTitle(Words.name(step.step.text), Words.name(step.action))
        var rows = stepRows(step, width: width)
        if withChain {
            rows.append(PaneRow())
            rows += chainRows(detail, width: width)
        }
        drawBox(rect, title, rows)
    }

    private func stepRows(_ step: WorkflowStep, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        var rows: [PaneRow] = []
        if let summary = step.summary, !summary.isEmpty {
            rows += agentFact("SAYS", summary, width: width)
        }
        var gate = [StyledLine(step.modeWords, ink.text)]
        if let number = step.number { gate.append(StyledLine("item #\(number)", ink.bold)) }
        gate.append(StyledLine(step.stateWords, step.stateStyle))
        if step.isParked { gate.append(StyledLine("waits for leave to run", ink(.warn))) }
        rows += PaneRow.fact("GATE", gate, width: width)
        if let decision = step.decision {
            var pieces = [
                StyledLine(SafeText(ascii: decision.outcome.rawValue), ink.text),
                StyledLine(
                    "by \(decision.reviewedBy.map(Words.name) ?? "nobody")",
                    ink.text
                ),
                StyledLine("\(Clock.timeOfDay(decision.reviewedAt))Z", ink.muted),
            ]
            if decision.modified { pieces.append(StyledLine("arguments edited", ink(.info))) }
            rows += PaneRow.fact("DECIDED", pieces, width: width)
            if let reason = decision.reason, !reason.isEmpty {
                rows += agentFact("REASON", reason, width: width)
            }
        }
        var run = [StyledLine(step.runWords(at: now), step.runStyle)]
        for (words, at) in [
            ("proposed", step.proposedAt), ("began", step.beganAt), ("ended", step.finishedAt),
        ] as [(SafeText, Instant?)] {
            guard let at else { continue }
            run.append(StyledLine("\(words) \(Clock.timeOfDay(at))Z", ink.muted))
        }
        rows += PaneRow.fact("RUN", run, width: width)
        return rows
    }

    private mutating func drawItems(in rect: Rect) {
        let items = openedDetail?.items ?? []
        let width = boxColumns(rect)
        let isNarrow = width < 46
        let ink = Ink.panel
        let rows = items.sorted {
            ($0.state.isPending ? 0 : 1, $0.number)
                < ($1.state.isPending ? 0 : 1, $1.number)
        }
        .prefix(Self.linksMax).map { item in
            let isDim = !item.state.isPending
            var row = TableRow(ellipsis)
            row.add("#\(item.number)", isDim ? ink.muted : ink.text, columns: 6)
            row.add(
                item.riskClass.badge,
                isDim ? ink.muted : item.riskClass.style(on: ink),
                columns: 5
            )
            let left: SafeText =
                isDim ? "-" : Clock.countdown(to: item.deadline, at: now)
            row.add(left, isDim ? ink.muted : ink.text, columns: 5)
            let action = Words.name(item.action)
            row.add(
                action,
                isDim ? ink.muted : ink.text,
                columns: max(width - (isNarrow ? 19 : 34), 8)
            )
            row.add(
                item.outcomeWords,
                isDim ? ink.muted : ink.text,
                columns: isNarrow ? 0 : 14
            )
            return PaneRow(row.line)
        }
        let waiting = items.count { $0.state.isPending }
        let shown = rows.isEmpty ? [PaneRow("No step of it met a gate.", ink.muted)] : rows
        drawBox(rect, boxTitle("Items", "\(waiting) waiting"), shown)
    }

    private mutating func drawChain(in rect: Rect) {
        let width = boxColumns(rect)
        let rows = openedDetail.map { chainRows($0, width: width, hasTitle: false) } ?? []
        drawBox(rect, boxTitle("Undo chain", "newest first"), rows)
    }

    /// No more links are drawn where they do not scroll.
    private static let linksMax = 200

    private func chainRows(
        _ detail: WorkflowDetail,
        width: Int,
        hasTitle: Bool = true
    ) -> [PaneRow] {
        let ink = Ink.panel
        guard !detail.undoChain.isEmpty else {
            return [PaneRow("Nothing that it did can be undone yet.", ink.muted)]
        }
        let key = model.keymap.keys(for: .undoChain).first?.label ?? "U"
        let title = StyledLine("Undo chain, newest first (\(key) opens it):", ink.muted)
        var rows = hasTitle ? PaneRow.flow([title], width: width) : []
        for link in detail.undoChain.prefix(Self.linksMax) {
            let look = LinkLook(link, isUnwinding: detail.line.isUnwinding, glyphs: glyphs)
            var row = TableRow(ellipsis)
            row.add(look.sign, look.style, columns: 2)
            row.add(look.state, look.style, columns: 8)
            row.add(Words.name(link.action), ink.text, columns: max((width - 14) / 2, 6))
            let undo = link.operation.map { "by \(Words.name($0))" as SafeText }
            row.add(undo ?? "no undo exists", ink.muted, columns: max((width - 14) / 2, 6))
            rows.append(PaneRow(row.line))
        }
        return rows
    }
}

/// Where the columns of a workflow's steps stand.
struct StepTable {
    private let step: Int
    private let action: Int
    private let mode: Int
    private let undo: Int
    private let run: Int
    private let state: Int
    private let time: Int
    /// The time line, and when it begins and ends.
    private let bar: Int
    private let start: Instant?
    private let end: Instant?

    init(_ detail: WorkflowDetail, width: Int, isShort: Bool = false) {
        time = width >= 60 && !isShort ? 8 : 5
        mode = width >= 60 ? 5 : 0
        state = width >= 84 ? 14 : 11
        run = width >= 60 ? 12 : 8
        undo = width >= 66 ? 8 : 0
        bar = !isShort && width >= 104 ? 24 : 0
        let fixed = [time, mode, state, run, undo, bar].filter { $0 > 0 }
        let rest = max(width - fixed.reduce(0) { $0 + $1 + 1 } - 1, 8)
        let names = detail.steps.suffix(100).map {
            Words.step($0.step, of: detail.line.workflow).width
        }
        step = width < 48 ? 0 : min(names.max() ?? 4, rest * 45 / 100)
        action = max(rest - step - (step > 0 ? 1 : 0), 4)
        start = detail.steps.compactMap(\.proposedAt).min()
        let isOver = detail.line.status == .finished
        end = isOver ? detail.steps.compactMap { $0.finishedAt ?? $0.beganAt }.max() : nil
    }

    func header(_ canvas: Canvas) -> StyledLine {
        let muted = Ink.panel.muted
        var row = TableRow(canvas.ellipsis)
        row.add("time", muted, columns: time)
        row.add("step", muted, columns: step)
        row.add("action", muted, columns: action)
        row.add("mode", muted, columns: mode)
        row.add("state", muted, columns: state)
        row.add("run", muted, columns: run)
        row.add("undo", muted, columns: undo)
        row.add("waited .  ran =", muted, columns: bar)
        var line = StyledLine(" ", muted)
        line.add(row.line)
        return line
    }

    func row(
        _ step: WorkflowStep,
        _ detail: WorkflowDetail,
        _ canvas: Canvas,
        isSelected: Bool
    ) -> StyledLine {
        let ink = Ink.panel
        var row = TableRow(canvas.ellipsis)
        let at = step.proposedAt ?? step.beganAt
        let clock = at.map { time >= 8 ? Clock.timeOfDay($0) : Clock.minuteOfDay($0) } ?? "-"
        row.add(clock, ink.muted, columns: time)
        row.add(Words.step(step.step, of: detail.line.workflow), ink.text, columns: self.step)
        row.add(Words.name(step.action), ink.text, columns: action)
        row.add(step.modeWord, ink.muted, columns: mode)
        row.add(step.stateWords, step.stateStyle, columns: state)
        row.add(step.runWords(at: canvas.now), step.runStyle, columns: run)
        row.add(step.undoWords(detail), step.undoStyle, columns: undo)
        if bar > 0 { row.add(timeLine(step, canvas), columns: bar) }
        return row.line
    }

    /// When a step waited and when it ran, on the time line of its workflow.
    private func timeLine(_ step: WorkflowStep, _ canvas: Canvas) -> StyledLine {
        let ink = Ink.panel
        guard let start, let proposed = step.proposedAt else { return StyledLine() }
        let whole = max((end ?? canvas.now).milliseconds - start.milliseconds, 1)
        func cell(_ at: Instant) -> Int {
            let past = min(max(at.milliseconds - start.milliseconds, 0), whole)
            return min(Int(Double(past) / Double(whole) * Double(bar)), bar - 1)
        }
        let last = end ?? canvas.now
        let waitedUntil = step.beganAt ?? step.decision?.reviewedAt ?? last
        let (from, until) = (cell(proposed), cell(waitedUntil))
        var line = StyledLine()
        line.pad(to: from, ink.text)
        let waited = max(until - from, step.beganAt == nil ? 1 : 0)
        line.add(SafeText(ascii: String(repeating: ".", count: waited)), ink.muted)
        guard let began = step.beganAt else { return line }
        let ran = cell(step.finishedAt ?? (step.isInFlight ? last : began)) - cell(began) + 1
        line.add(SafeText(ascii: String(repeating: "=", count: max(ran, 1))), step.runStyle)
        return line
    }
}
