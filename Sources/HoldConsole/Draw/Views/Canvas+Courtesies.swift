import HoldCore

extension Canvas {
    /// The sheets that tell colleagues something.
    func courtesyPage(_ sheet: CourtesySheet) -> SheetPage {
        switch sheet {
        case .snooze(let menu): snoozePage(menu)
        case .note(let note): notePage(note)
        }
    }

    private func snoozePage(_ menu: SnoozeSheet) -> SheetPage {
        let ink = Ink.sheet
        var page = SheetPage(
            title: StyledLine("Snooze #\(menu.number)", ink.label),
            width: min(sheetColumns, 56)
        )
        page.foot = StyledLine("decides nothing", ink.muted)
        page.add("Out of your sight, not of your colleagues'.", ink.text, rank: 3)
        let choices = menu.choices(at: now)
        for (index, choice) in choices.enumerated() {
            let end = Clock.minuteOfDay(now + choice.span)
            let words: SafeText =
                choice.isWhole
                ? "\(Clock.age(choice.span))" : "\(Clock.age(choice.span)), as long as there is"
            add(index + 1, "\(words)   until \(end)Z", isOn: menu.cursor == index, to: &page)
        }
        if menu.isSnoozed {
            add(0, "in sight again now", isOn: menu.cursor == choices.count, to: &page)
        }
        let left = Clock.countdown(to: menu.deadline, at: now)
        page.add("It runs out in \(left): back 2 min before at the latest.", ink.muted, rank: 2)
        page.add(
            page.width < 40 ? "Esc cancel" : "Enter or number   Esc cancel",
            ink.muted,
            rank: 0
        )
        return page
    }

    private func add(_ number: Int, _ words: SafeText, isOn: Bool, to page: inout SheetPage) {
        let ink = Ink.sheet
        var line = StyledLine(isOn ? .pointer(glyphs) : " ", ink(.accent, .bold))
        line.add(" \(number) ", ink.key)
        line.add(words, isOn ? ink.bold : ink.text)
        page.add([PaneRow(line)], rank: isOn ? 0 : 1)
    }

    private func notePage(_ sheet: NoteSheet) -> SheetPage {
        let ink = Ink.sheet
        let title: SafeText
        let words: SafeText
        switch sheet.about {
        case .item(_, let number):
            title = "Note on #\(number)"
            words = "Whoever looks at it next sees this; the agent does not."
        case .shift:
            title = "Note for who comes next"
            words = "Everybody on the review socket can read it."
        }
        var page = SheetPage(title: StyledLine(title, ink.label), width: sheetColumns)
        page.foot = StyledLine("the draft is kept", ink.muted)
        page.add(words, ink.text, rank: 3)
        page.add(sheet.field, lines: max(min(layout.body.rows - 8, 8), 1))
        if let problem = sheet.problem {
            page.add(Words.sentence(problem), ink(.danger, .bold), rank: 0)
        }
        page.add(
            page.width < 50
                ? "Ctrl-s send   Esc close" : "Ctrl-s send   Enter new line   Esc close, not sent",
            ink.muted,
            rank: 0
        )
        return page
    }

    /// Says on a sheet that a colleague is on the item already.
    func addClaim(to page: inout SheetPage) {
        guard let claim = model.selectedItem?.claim(at: now), claim.by != model.link.user else {
            return
        }
        let end: SafeText = claim.until.map { " until \(Clock.minuteOfDay($0))Z" } ?? ""
        page.add("\(Words.name(claim.by)) is on it\(end).", Ink.sheet(.warn, .bold), rank: 2)
    }

    /// What colleagues wrote to the item, for the sheet that approves: the newest first, and of a
    /// risky item the newest must be on the screen.
    func addNotes(to page: inout SheetPage, _ riskClass: RiskClass) {
        let notes = (model.selected?.detail?.notes ?? []).filter { $0.user != model.link.user }
        let mustShow = riskClass == .high || riskClass == .irreversible
        for (index, note) in notes.suffix(3).reversed().enumerated() {
            let who = note.user.map(Words.name) ?? "somebody"
            let head: SafeText = "\(who) \(Clock.minuteOfDay(note.at)) wrote: "
            let rows = PaneRow.agent(
                SafeText(untrusted: note.reason ?? "", pane: .prose).line,
                head: StyledLine(head, Ink.sheet.text),
                width: page.width,
                glyphs: glyphs
            )
            // A typed sheet on the smallest screen has room for one row and no more.
            let most = layout.body.rows < 12 ? 1 : page.width < 50 ? 2 : 4
            let isFirst = index == 0
            page.add(Array(rows.prefix(most)), rank: isFirst && mustShow ? 0 : 4 + index)
            guard isFirst, rows.count > most else { continue }
            page.add("The note goes on: read it in pane 5.", Ink.sheet(.warn), rank: 1)
        }
    }
}

extension SheetPage {
    /// Adds a field of several lines, the last ones, with the cursor in it.
    mutating func add(_ field: TextField, lines room: Int) {
        let before = SafeText(untrusted: field.before, pane: .prose)
        let after = SafeText(untrusted: field.after, pane: .prose)
        let wrapped = before.lines.flatMap { line in
            line.width == 0 ? [SafeLine.empty] : line.wrapped(to: max(width - 3, 1))
        }
        for (index, line) in wrapped.suffix(room).enumerated() {
            let isFirst = index == 0 && wrapped.count <= room
            var row = StyledLine(isFirst ? "> " : "  ", ink.label)
            row.add(line, ink.bold)
            let isLast = index == min(wrapped.count, room) - 1
            if isLast {
                cursor = (rows.count, row.width)
                row.add(
                    after.lines[0].prefix(cells: max(width - row.width, 0), ellipsis: .empty),
                    ink.text
                )
            }
            rows.append(Row(row: PaneRow(row), rank: isLast ? 0 : 2))
        }
        if after.lines.count > 1 {
            add("  \(after.lines.count - 1) more lines", ink.muted, rank: 5)
        }
    }
}
