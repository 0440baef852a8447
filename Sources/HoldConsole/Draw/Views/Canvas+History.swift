import HoldCore

/// The journal, newest first, and the event under the cursor in full.
extension Canvas {
    mutating func drawHistory() {
        let body = layout.body
        let detail = isList ? body.rows / 3 : min(max(body.rows * 36 / 100, 10), 16)
        let parts = body.split(rows: body.rows - detail)
        drawEvents(in: parts.top)
        drawEvent(in: parts.rest)
    }

    private mutating func drawEvents(in rect: Rect) {
        let view = model.historyView
        let filter: SafeText =
            view.typed.map { "filter: \(Words.sentence($0))" } ?? "newest first"
        let inside = openBox(
            rect,
            boxTitle("History", filter),
            note: historyNote,
            foot: historyFoot,
            isFocused: true
        )
        guard !view.rows.isEmpty else {
            report.view = PaneExtent(lines: 0, visible: inside.rows)
            drawNoEvents(in: inside)
            return
        }
        let table = EventTable(width: inside.columns - 1)
        let hasHeader = !isList && inside.rows > 3
        if hasHeader { draw(table.header(self), in: inside.line(0)) }
        let room = inside.dropping(rows: hasHeader ? 1 : 0)
        let width = room.columns
        drawList(view.rows.count, from: view.cursor.scroll, in: room) { canvas, index in
            let isSelected = index == view.cursor.index
            var row = StyledLine(
                isSelected ? .pointer(canvas.glyphs) : " ",
                Ink.panel(.accent, .bold)
            )
            row.add(table.row(view.rows[index], canvas))
            row.pad(to: width, Ink.panel.text)
            return isSelected ? row.styled(.selected) : row
        }
    }

    private mutating func drawNoEvents(in rect: Rect) {
        let ink = Ink.panel
        let view = model.historyView
        if let problem = view.problem {
            let rows = PaneRow.flow(
                [
                    StyledLine("The journal could not be read:", ink(.danger, .bold)),
                    StyledLine(Words.sentence(problem), ink.text),
                ],
                width: max(rect.columns - 2, 1)
            )
            return draw(rows, in: isList ? rect : rect.padded)
        }
        guard view.isLoaded, view.isAtStart else {
            let how: SafeText =
                view.reached.map { "searching\(dots) event \($0)" } ?? "loading\(dots)"
            return drawCentred(how, ink.muted, in: rect)
        }
        let words: SafeText =
            view.typed == nil
            ? "Nothing was decided yet." : "Nothing matches the filter. Esc clears it."
        drawCentred(words, ink.text, in: rect)
    }

    /// How many events are new, or that an answer is under way.
    private var historyNote: StyledLine {
        let view = model.historyView
        if view.newCount > 0 {
            let key = model.keymap.keys(for: .takeIn).first?.label ?? "N"
            return StyledLine("+\(view.newCount) new: \(key)", Ink.panel(.warn, .bold))
        }
        return view.problem == nil || view.rows.isEmpty
            ? StyledLine() : StyledLine("could not read on", Ink.panel(.danger))
    }

    /// Where the cursor is, how long the journal is, and whether it hangs together.
    private var historyFoot: StyledLine {
        let view = model.historyView
        let ink = Ink.panel
        var foot = StyledLine()
        if !view.rows.isEmpty {
            let more: SafeText = view.isAtStart ? "" : "+"
            foot.add("\(view.cursor.index + 1) of \(view.rows.count)\(more)", ink.muted)
        }
        if view.lastSequence > 0, layout.size.columns >= 70 {
            foot.gap(foot.width > 0 ? 3 : 0, ink(.border))
            foot.add("journal: \(view.lastSequence) events", ink.muted)
        }
        if let check = view.check {
            foot.gap(foot.width > 0 ? 3 : 0, ink(.border))
            foot.add(check.words, check.style)
        }
        return foot
    }

    // MARK: - The event under the cursor

    private mutating func drawEvent(in rect: Rect) {
        guard let event = model.historyView.selected else {
            return drawBox(rect, boxTitle("Event"), [])
        }
        let number = event.item.map { "#\($0.number) " as SafeText } ?? ""
        let title: SafeText =
            "\(number)\(event.did) by \(event.who) \(Clock.timeOfDay(event.at))Z"
        drawBox(rect, boxTitle(title), eventRows(event, width: boxColumns(rect)))
    }

    private func eventRows(_ event: HistoryEvent, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        var rows: [PaneRow] = []
        if let item = event.item {
            var pieces = [
                StyledLine(item.riskClass.badge, item.riskClass.style(on: ink)),
                StyledLine(Words.name(item.action), ink.bold),
                StyledLine("by \(Words.name(item.agent))", ink.text),
                StyledLine("now \(SafeText(ascii: item.state.words))", ink.text),
            ]
            if item.outcome != nil || item.beganAt != nil {
                pieces.append(StyledLine(item.run.words(now), item.run.style))
            }
            if item.undo != nil { pieces.append(StyledLine("undo \(event.undoWords)", ink.text)) }
            rows += PaneRow.fact("ITEM", pieces, width: width)
            if let summary = item.summary, !summary.isEmpty {
                rows += agentFact("SAYS", summary, width: width).prefix(2)
            }
        }
        if let note = event.note { rows += agentFact("REASON", note, width: width).prefix(3) }
        var who = [StyledLine(event.who, ink.text)]
        if let user = event.actor.user, event.actor.kind == .agent {
            who.append(StyledLine("as \(Words.name(user))", ink.text))
        }
        if let uid = event.actor.uid { who.append(StyledLine("uid \(uid)", ink.muted)) }
        who.append(
            StyledLine("\(Clock.day(event.at)) \(Clock.timeOfDay(event.at))Z", ink.text)
        )
        who.append(StyledLine("\(Clock.age(now - event.at)) ago", ink.muted))
        rows += PaneRow.fact("WHO", who, width: width)
        var place: [StyledLine] = []
        if event.workflow != Workflow.control {
            place.append(StyledLine("workflow \(Words.name(event.workflow.text))", ink.text))
        }
        if let step = event.step {
            place.append(StyledLine("step \(Words.name(step.text))", ink.text))
        }
        if let digest = event.digest {
            place.append(StyledLine("saw sha \(short(digest))", ink.text))
        }
        if !place.isEmpty { rows += PaneRow.fact("WHERE", place, width: width) }
        var chain = [
            StyledLine("event \(event.sequence)", ink.text),
            StyledLine(Words.name(event.type), ink.text),
        ]
        if !event.hash.isEmpty {
            chain.append(StyledLine("prev \(short(event.previous))", ink.muted))
            chain.append(StyledLine("this \(short(event.hash))", ink.muted))
        }
        if let manifest = event.manifest {
            chain.append(StyledLine("manifest \(short(manifest.description))", ink.muted))
        }
        return rows + PaneRow.fact("CHAIN", chain, width: width)
    }
}

/// Where the columns of the history stand.
private struct EventTable {
    private let time: Int
    private let who: Int
    private let did: Int
    private let item: Int
    private let workflow: Int
    private let what: Int
    private let outcome: Int
    private let undo: Int

    init(width: Int) {
        time = width >= 100 ? 8 : 5
        who = width >= 100 ? 10 : width >= 50 ? 7 : 6
        did = 9
        item = width >= 36 ? 6 : 0
        workflow = width >= 140 ? 24 : width >= 100 ? 16 : width >= 70 ? 12 : 0
        undo = width >= 70 ? 8 : 0
        let fixed = [time, who, did, item, workflow, undo].filter { $0 > 0 }
        let rest = max(width - fixed.reduce(0) { $0 + $1 + 1 }, 6)
        outcome = width >= 50 ? min(max(rest * 42 / 100, 6), 60) : 0
        what = max(rest - (outcome > 0 ? outcome + 1 : 0), 4)
    }

    func header(_ canvas: Canvas) -> StyledLine {
        let muted = Ink.panel.muted
        var row = TableRow(canvas.ellipsis)
        row.add("time", muted, columns: time)
        row.add("who", muted, columns: who)
        row.add("did", muted, columns: did)
        row.add("item", muted, columns: item)
        row.add("workflow", muted, columns: workflow)
        row.add("what", muted, columns: what)
        row.add("outcome", muted, columns: outcome)
        row.add("undo", muted, columns: undo)
        var line = StyledLine(" ", muted)
        line.add(row.line)
        return line
    }

    func row(_ event: HistoryEvent, _ canvas: Canvas) -> StyledLine {
        let ink = Ink.panel
        var row = TableRow(canvas.ellipsis)
        let clock = time >= 8 ? Clock.timeOfDay(event.at) : Clock.minuteOfDay(event.at)
        row.add(clock, ink.muted, columns: time)
        row.add(event.who, ink.text, columns: who)
        row.add(event.did, event.didStyle, columns: did)
        row.add(event.item.map { "#\($0.number)" } ?? "-", ink.text, columns: item)
        let isControl = event.workflow == Workflow.control
        row.add(
            isControl ? "-" : Words.name(event.workflow.text),
            ink.text,
            columns: workflow
        )
        row.add(event.what, ink.text, columns: what)
        row.add(event.outcome, event.outcomeStyle, columns: outcome)
        row.add(event.undoWords, ink.muted, columns: undo)
        return row.line
    }
}
