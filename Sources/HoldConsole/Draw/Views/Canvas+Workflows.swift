import HoldCore

/// The list of workflows, with the selected one in full.
extension Canvas {
    mutating func drawWorkflows() {
        let body = layout.body
        let rows = model.workflowRows
        let wanted = rows.count + 3
        let list: Rect
        let rest: Rect
        if isList {
            (list, rest) = body.split(rows: max(body.rows / 2, 1))
        } else {
            let share = max(body.rows * (layout.shape == .stacked ? 55 : 45) / 100, 6)
            (list, rest) = body.split(rows: min(max(wanted, 6), share))
        }
        drawWorkflowList(rows, in: list)
        guard layout.shape == .twoColumns || layout.shape == .threeColumns else {
            drawSelectedWorkflow(in: rest)
            return
        }
        let halves = rest.split(columns: rest.columns / 2)
        drawSelectedWorkflow(in: halves.left)
        drawDepthWords(in: halves.rest)
    }

    private mutating func drawWorkflowList(_ rows: [WorkflowLine], in rect: Rect) {
        let view = model.workflowsView
        let filter = view.filter.map { "filter: \(Words.sentence($0))" as SafeText }
        let inside = openBox(
            rect,
            boxTitle("Workflows", filter ?? "by depth used"),
            foot: place(view.cursor.index, of: rows.count),
            isFocused: true
        )
        guard !rows.isEmpty else {
            report.view = PaneExtent(lines: 0, visible: inside.rows)
            let words: SafeText =
                filter == nil
                ? "No workflow is under way." : "Nothing matches the filter. Esc clears it."
            drawCentred(words, Ink.panel.text, in: inside)
            return
        }
        let table = WorkflowTable(width: inside.columns)
        let hasHeader = !isList && inside.rows > 3
        if hasHeader { draw(table.header(self), in: inside.line(0)) }
        let room = inside.dropping(rows: hasHeader ? 1 : 0)
        let columns = room.columns
        drawList(rows.count, from: view.cursor.scroll, in: room) { canvas, index in
            let line = table.row(rows[index], canvas, isSelected: index == view.cursor.index)
            guard index == view.cursor.index else { return line }
            var full = line
            full.pad(to: columns, Ink.panel.text)
            return full.styled(.selected)
        }
    }

    /// What the number counts: the exposed steps.
    static let depthMeaning: SafeText =
        "Depth counts the steps that would be undone if every pending item were rejected now."

    private mutating func drawSelectedWorkflow(in rect: Rect) {
        guard let workflow = model.workflowsView.selection,
            let line = model.workflowRows.first(where: { $0.workflow == workflow })
        else { return drawBox(rect, boxTitle("Workflow"), []) }
        let word = SafeText(ascii: line.word.rawValue)
        let depth: SafeText = "depth \(line.depth.current)/\(line.depth.limit) \(word)"
        let title = boxTitle(Words.name(line.workflow.text), depth)
        drawBox(rect, title, workflowRows(line, width: boxColumns(rect)))
    }

    private func workflowRows(_ line: WorkflowLine, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        var rows: [PaneRow] = []
        if let title = line.title, !title.isEmpty { rows += agentFact("SAYS", title, width: width) }
        rows += PaneRow.flow([StyledLine(Self.depthMeaning, ink.muted)], width: width)
        rows += PaneRow.fact("NOW", nowPieces(line), width: width)
        rows += PaneRow.fact("NEXT", nextPieces(line), width: width)
        switch model.opened(line.workflow)?.content {
        case .loaded(let detail):
            let table = StepTable(detail, width: width, isShort: true)
            for step in detail.steps.reversed().prefix(30) {
                rows.append(PaneRow(table.row(step, detail, self, isSelected: false)))
            }
        case .failed(let why):
            rows += PaneRow.flow(
                [
                    StyledLine("It could not be read:", ink(.danger, .bold)),
                    StyledLine(Words.sentence(why), ink.text),
                ],
                width: width
            )
        case .loading, nil: rows.append(PaneRow("loading\(dots)", ink.muted))
        }
        return rows
    }

    /// What of a workflow goes on.
    func nowPieces(_ line: WorkflowLine) -> [StyledLine] {
        let ink = Ink.panel
        var pieces = [
            StyledLine("agent \(Words.name(line.agent))", ink.text),
            StyledLine("\(line.pending) waiting", line.pending == 0 ? ink.muted : ink.text),
        ]
        if line.inFlight > 0 { pieces.append(StyledLine("\(line.inFlight) running", ink.text)) }
        if line.parked > 0 { pieces.append(StyledLine("\(line.parked) parked", ink(.warn))) }
        if let opened = line.openedAt {
            pieces.append(StyledLine("opened \(Clock.age(now - opened)) ago", ink.muted))
        }
        return pieces
    }

    /// What comes next by itself, as far as it is known.
    func nextPieces(_ line: WorkflowLine) -> [StyledLine] {
        let ink = Ink.panel
        switch line.status {
        case .stuck:
            let step = line.stuckAt.map { Words.name($0.step.text) } ?? "a step"
            return [
                StyledLine("STUCK at \(step)", .errorBar),
                StyledLine("nothing moves until a person chooses", ink(.danger, .bold)),
            ]
        case .unwinding:
            let steps: SafeText =
                line.unwinding.map { "\($0.closed) of \($0.planned) steps undone" }
                ?? "its steps are being undone"
            return [StyledLine(steps, ink(.warn, .bold)), StyledLine("newest first", ink.text)]
        case .halted: return [StyledLine("nothing starts until it is resumed", ink(.warn, .bold))]
        case .finished: return [StyledLine("nothing: it is finished", ink.muted)]
        case .running, .waiting: break
        }
        guard let next = line.next else {
            return line.pending == 0
                ? [StyledLine("nothing waits for a person", ink.muted)]
                : [StyledLine("\(line.pending) waiting for a person", ink.text)]
        }
        let left = Clock.countdown(to: next.deadline, at: now)
        let isNow = Clock.isNow(next.deadline, at: now)
        return [
            StyledLine(
                "#\(next.number) runs out in \(left)\(isNow ? " NOW" : "")",
                isNow ? ink(.danger, .bold) : ink.text
            )
        ]
    }

    /// What the meter means, and where all workflows stand together.
    private mutating func drawDepthWords(in rect: Rect) {
        let ink = Ink.panel
        let width = boxColumns(rect)
        let lines = model.workflows
        let used = lines.reduce(0) { $0 + min(max($1.depth.current, 0), 100_000) }
        let limit = lines.reduce(0) { $0 + min(max($1.depth.limit, 0), 100_000) }
        let share = limit > 0 ? used * 100 / limit : 0
        var rows = [
            PaneRow("In use \(used) of \(limit) allowed (\(share)%)", ink.bold), PaneRow(),
        ]
        rows += PaneRow.flow([StyledLine("If nobody decides:", ink.bold)], width: width)
        let soon = lines.compactMap { line in line.next.map { (line, $0) } }
            .sorted { ($0.1.deadline, $0.1.number) < ($1.1.deadline, $1.1.number) }
        for (line, next) in soon.prefix(5) {
            let left = Clock.countdown(to: next.deadline, at: now)
            let words: SafeText = "  #\(next.number) runs out in \(left)  "
            var row = StyledLine(words, ink.text)
            row.add(Words.name(line.workflow.text), ink.muted)
            rows.append(PaneRow(row.prefix(cells: width, ellipsis: ellipsis)))
        }
        if soon.isEmpty {
            let isIdle = lines.allSatisfy { $0.pending == 0 }
            rows.append(PaneRow(isIdle ? "  nothing runs out" : "  not known yet", ink.muted))
        }
        for line in lines.filter({ $0.status == .stuck }).prefix(5) {
            var row = StyledLine("  STUCK ", .errorBar)
            row.add(" \(Words.name(line.workflow.text)) stays as it is", ink.text)
            rows.append(PaneRow(row.prefix(cells: width, ellipsis: ellipsis)))
        }
        rows.append(PaneRow())
        rows.append(PaneRow("What the bar means", ink.bold))
        var bar = StyledLine("  ", ink.text)
        bar.add(meter(used: 4, of: 8, width: 8, ink(.ok), ink(.meterTrack)))
        bar.add(" used / limit; the word says the state,", ink.text)
        rows.append(PaneRow(bar))
        rows.append(PaneRow("  colour only repeats it", ink.text))
        rows.append(PaneRow("  60-84% busy   85-99% high   100% AT LIMIT", ink.text))
        rows.append(PaneRow())
        rows += PaneRow.flow([StyledLine(Self.depthMeaning, ink.muted)], width: width)
        rows += PaneRow.flow(
            [StyledLine("At the limit a step waits: that is the brake.", ink.muted)],
            width: width
        )
        drawBox(rect, boxTitle("Depth", "all workflows"), rows)
    }
}

/// Where the columns of the list of workflows stand.
private struct WorkflowTable {
    private let name: Int
    private let agent: Int
    private let meter: Int
    private let state: Int
    /// The item that has waited longest, and for how long.
    private let blocked: Int
    private let wait: Int
    /// What is waiting, running, parked.
    private let counts: Int
    private let expiry: Int

    init(width: Int) {
        meter = width >= 180 ? 36 : width >= 110 ? 24 : width >= 74 ? 16 : 0
        state = width >= 74 ? 14 : 10
        blocked = width >= 60 ? 8 : 0
        wait = width >= 74 ? 7 : 0
        counts = width >= 110 ? 7 : 0
        expiry = width >= 150 ? 12 : 0
        let fixed = [meter + (meter > 0 ? 2 : 0), 6, state, blocked, wait, counts, counts, counts]
        let taken = fixed.filter { $0 > 0 }.reduce(0) { $0 + $1 + 1 } + (expiry > 0 ? 13 : 0)
        let rest = max(width - 1 - taken, 8)
        agent = rest >= 34 ? min(rest / 2, 24) : 0
        name = max(rest - (agent > 0 ? agent + 1 : 0) - 1, 6)
    }

    func header(_ canvas: Canvas) -> StyledLine {
        let muted = Ink.panel.muted
        var row = TableRow(canvas.ellipsis)
        row.add("workflow", muted, columns: name)
        row.add("agent", muted, columns: agent)
        row.add("async depth", muted, columns: meter > 0 ? meter + 2 : 0)
        row.add("used", muted, columns: 6, isRight: true)
        row.add("state", muted, columns: state)
        row.add("oldest", muted, columns: blocked)
        row.add("wait", muted, columns: wait, isRight: true)
        row.add("waiting", muted, columns: counts)
        row.add("running", muted, columns: counts)
        row.add("parked", muted, columns: counts)
        row.add("next expiry", muted, columns: expiry)
        var line = StyledLine(" ", muted)
        line.add(row.line)
        return line
    }

    func row(_ line: WorkflowLine, _ canvas: Canvas, isSelected: Bool) -> StyledLine {
        let ink = Ink.panel
        let word = line.word
        let (used, limit) = (max(line.depth.current, 0), max(line.depth.limit, 0))
        var row = TableRow(canvas.ellipsis)
        row.add(Words.name(line.workflow.text), ink.text, columns: name)
        row.add(Words.name(line.agent), ink.text, columns: agent)
        if meter > 0 {
            let bar = canvas.meter(
                used: used,
                of: max(limit, 1),
                width: meter,
                ink(word.meter),
                ink(.meterTrack)
            )
            row.add(bar, columns: meter + 2)
        }
        row.add("\(used)/\(limit)", ink.text, columns: 6, isRight: true)
        var state = StyledLine(SafeText(ascii: word.rawValue), word.style)
        if let unwinding = line.unwinding, line.isUnwinding {
            state.add(" \(unwinding.closed)/\(unwinding.planned)", ink.text)
        }
        row.add(state, columns: self.state)
        row.add(line.oldest.map { "#\($0.number)" } ?? "-", ink.text, columns: blocked)
        let waited = line.oldest.map { Clock.left(canvas.now - $0.createdAt) } ?? "-"
        row.add(waited, ink.text, columns: wait, isRight: true)
        for count in [line.pending, line.inFlight, line.parked] {
            let style = count == 0 ? ink.muted : ink.text
            row.add(SafeText(count), style, columns: counts, isRight: true)
        }
        let expiry = line.next.map {
            "\(Clock.countdown(to: $0.deadline, at: canvas.now)) #\($0.number)" as SafeText
        }
        row.add(expiry ?? "-", ink.text, columns: self.expiry)
        var full = StyledLine(isSelected ? .pointer(canvas.glyphs) : " ", ink(.accent, .bold))
        full.add(row.line)
        return full
    }
}
