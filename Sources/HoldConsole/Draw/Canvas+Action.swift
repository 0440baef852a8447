import HoldCore

extension Canvas {
    /// Draws what would run: the system's facts first, the agent's words behind the gutter.
    mutating func drawAction() {
        let inside = open(.action, actionChrome)
        let rect = textRect(inside: inside)
        guard let detail = model.selected?.detail, let pages else {
            drawMissingDetail(in: rect)
            return
        }
        guard !showsOtherTab else {
            draw(tabRows(detail, width: rect.columns), of: tabPane, in: rect)
            return
        }
        drawAction(detail, pages, in: rect)
    }

    private mutating func drawMissingDetail(in rect: Rect) {
        switch model.selected?.content {
        case .failed(let why):
            let rows = PaneRow.flow(
                [
                    StyledLine("This item could not be read:", Ink.panel(.danger, .bold)),
                    StyledLine(Words.sentence(why), Ink.panel.text),
                ],
                width: max(rect.columns, 1)
            )
            draw(rows, in: rect)
        case .loading, .loaded:
            draw(StyledLine("loading\(dots)", Ink.panel.muted), in: rect.line(0))
        case nil: draw(StyledLine("No item is selected.", Ink.panel.muted), in: rect.line(0))
        }
    }

    // MARK: - Tabs

    /// Whether the place of the action shows the context or the undo chain.
    var showsOtherTab: Bool {
        guard layout[.context].isEmpty || layout[.undo].isEmpty else { return false }
        return model.detailTab == .context || model.detailTab == .undo
    }

    private var tabPane: Pane { model.detailTab == .undo ? .undo : .context }

    private func tabRows(_ detail: ItemDetail, width: Int) -> [PaneRow] {
        model.detailTab == .undo ? undoRows(detail, width: width) : pages?.context ?? []
    }

    private var actionChrome: PaneChrome {
        var chrome = chrome(.action, "Proposed action")
        guard let item = model.selectedItem else { return chrome }
        let ink = Ink.panel
        if layout[.context].isEmpty {
            var title = StyledLine("#\(item.number)", ink.label)
            title.gap(1, ink.text)
            let names: [(DetailTab, SafeText)] = [
                (.action, "Action"), (.context, "Context"), (.undo, "Undo"), (.raw, "Raw"),
            ]
            for (tab, name) in names {
                let isOn = tab == .raw ? model.isRaw : tab == model.detailTab && !model.isRaw
                title.gap(tab == .action ? 1 : 2, Ink.panel(.border))
                title.add(isOn ? "[\(name)]" : name, isOn ? ink.bold : ink.muted)
            }
            chrome.title = title
        } else {
            chrome.title.gap(2, ink.text)
            chrome.title.add("#\(item.number)", ink.bold)
            if model.isRaw { chrome.title.add(" raw", ink(.warn, .bold)) }
        }
        chrome.note = actionNote(item)
        noteCut(in: &chrome.title)
        chrome.foot = searchFoot(of: .action, pages?.actionMarks) ?? actionFoot
        if showsOtherTab {
            let marks = tabPane == .context ? pages?.contextMarks : model.reading.marks[.undo]
            chrome.foot = searchFoot(of: tabPane, marks) ?? StyledLine()
        }
        return chrome
    }

    private func actionNote(_ item: QueueItem) -> StyledLine {
        let ink = Ink.panel
        var note = StyledLine(item.riskClass.badge, item.riskClass.style(on: ink))
        note.gap(2, ink.text)
        if item.state.isPending {
            let left = Clock.countdown(to: item.deadline, at: now)
            let isNow = Clock.isNow(item.deadline, at: now)
            note.add("expires \(left)", isNow ? ink(.danger, .bold) : ink.text)
            if isNow { note.add(" NOW", ink(.danger, .bold)) }
        } else {
            note.add(item.outcomeWords, ink.muted)
        }
        return note
    }

    private var actionFoot: StyledLine {
        let ink = Ink.panel
        guard let seen = model.selected?.seen, seen.total > 0 else { return StyledLine() }
        let count = seen.count
        return count >= seen.total
            ? StyledLine("all lines seen", ink(.ok))
            : StyledLine("\(count) of \(seen.total) lines seen", ink(.warn, .bold))
    }

    // MARK: - The action

    private mutating func drawAction(_ detail: ItemDetail, _ pages: ItemPages, in rect: Rect) {
        let plan = ActionPlan(self, detail, pages, in: rect)
        report.panes[.action] = plan.extent
        reportLines(plan.lines, detail, pages)
        guard !plan.isFlowing else { return drawFlowing(plan, pages, in: rect) }
        // Facts stay in sight however long the action is: only its lines scroll.
        let extra = extraRows(detail.item, pages, width: rect.columns)
        let hasExtra = plan.room - extra.count - plan.keys >= pages.action.count
        let shown = plan.extent.visible
        draw(plan.head, in: rect)
        let lines = rect.dropping(rows: plan.head.count).split(rows: shown)
        draw(pages.action[plan.first...].prefix(shown), in: lines.top)
        report.marks[.action] = pages.actionMarks
        drawPointer(of: .action, first: plan.first, in: lines.top)
        draw(hasExtra ? extra + plan.facts : plan.facts, in: lines.rest)
        if plan.keys > 0 {
            draw(PaneRow(keysRow(width: rect.columns)), in: rect.line(rect.rows - 1))
        }
    }

    /// Draws everything in one column that scrolls, where there is little room.
    private mutating func drawFlowing(_ plan: ActionPlan, _ pages: ItemPages, in rect: Rect) {
        let (head, action, first) = (plan.head, pages.action, plan.first)
        for index in first..<min(first + rect.rows, plan.extent.lines) {
            let row: PaneRow
            if index < head.count {
                row = head[index]
            } else if index < head.count + action.count {
                row = action[index - head.count]
            } else {
                row = plan.facts[index - head.count - action.count]
            }
            draw(row, in: rect.line(index - first))
        }
        drawPointer(of: .action, first: first, in: rect)
        report.marks[.action] = pages.actionMarks.moved(by: head.count)
    }

    /// What a person has to do about an undo chain that is stuck, first of all.
    func stuckRows(_ detail: ItemDetail, width: Int) -> [PaneRow] {
        let workflow = detail.item.reference.workflow
        guard let stuck = model.line(of: workflow)?.stuckAt else {
            return []
        }
        let step = Words.name(stuck.step.text)
        let id = "\(Words.name(workflow.text)) \(step)" as SafeText
        return bar(
            "STUCK at \(step)   holdshort undo retry \(id)",
            width: width,
            .errorBar
        )
    }

    /// What must be in sight whatever is decided.
    func factRows(_ detail: ItemDetail, _ pages: ItemPages, width: Int) -> [PaneRow] {
        let undo = pages.facts.undo ?? ItemFacts.undo(detail, at: now, width: width)
        return undo + pages.facts.risk + pages.facts.check(model.selected?.seen)
    }

    /// What the list or the context says too, where there is room to say it here.
    private func extraRows(_ item: QueueItem, _ pages: ItemPages, width: Int) -> [PaneRow] {
        pages.facts.says + (pages.facts.gate ?? ItemFacts.gate(item, claim(item), width: width))
    }

    private func claim(_ item: QueueItem) -> [StyledLine] {
        guard let claim = item.claim(at: now) else { return [] }
        let who: SafeText = claim.by == model.link.user ? "you" : Words.name(claim.by)
        let end: SafeText = claim.until.map { " until \(Clock.minuteOfDay($0))Z" } ?? ""
        return [StyledLine("claimed: \(who)\(end)", Ink.panel(.info))]
    }
}
