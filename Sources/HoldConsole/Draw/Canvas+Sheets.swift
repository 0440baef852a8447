import HoldCore

extension Canvas {
    func rejectPage(_ sheet: RejectSheet) -> SheetPage {
        let ink = Ink.sheet
        let target = sheet.target
        let title = StyledLine("Reject #\(target.number)  \(Words.name(target.action))", ink.label)
        var page = SheetPage(title: title, width: sheetColumns)
        page.foot = StyledLine("the draft is kept", ink.muted)
        page.add("Reason (sent to the agent and to the record)", ink.text, rank: 6)
        for (index, reason) in RejectReason.allCases.enumerated() {
            addReason(reason, at: index, sheet, to: &page)
        }
        page.addBlank()
        page.add(sheet.note, prompt: "note > ", focused: sheet.focus == .note)
        addUndo(sheet, to: &page)
        if let problem = sheet.problem {
            page.add(Words.sentence(problem), ink(.danger, .bold), rank: 0)
        }
        page.add(
            page.width < 56
                ? "Ctrl-s send   Esc cancel"
                : "Ctrl-s send   Ctrl-e edit in $EDITOR   Tab note   Esc cancel, nothing sent",
            ink.muted,
            rank: 0
        )
        return page
    }

    func addReason(
        _ reason: RejectReason,
        at index: Int,
        _ sheet: RejectSheet,
        to page: inout SheetPage
    ) {
        let ink = Ink.sheet
        let isCursor = sheet.cursor == index && sheet.focus == .reasons
        let isChosen = sheet.reason == reason
        var line = StyledLine(isCursor ? .pointer(glyphs) : " ", ink(.accent, .bold))
        line.add(isChosen ? " (*) " : " ( ) ", isChosen ? ink(.ok, .bold) : ink.muted)
        line.add("\(reason.rawValue) ", ink.key)
        line.add(Words.sentence(reason.words), isChosen ? ink.bold : ink.text)
        if reason.halts { line.add("  (halts the workflow)", ink.muted) }
        // The row under the cursor and the chosen one stay, however small the screen is.
        page.add([PaneRow(line)], rank: isCursor || isChosen ? 0 : 2)
    }

    private func addUndo(_ sheet: RejectSheet, to page: inout SheetPage) {
        let ink = Ink.sheet
        var pieces: [StyledLine] = []
        let steps = sheet.wouldUndo
        if steps.isEmpty {
            pieces.append(StyledLine("After it: nothing has to be undone.", ink.text))
        } else {
            let count: SafeText = .count(steps.count, "step")
            let agent = Words.name(sheet.target.agent)
            pieces.append(StyledLine("After it: \(agent) undoes \(count)", ink.text))
            let names = steps.prefix(4).map { Words.name($0.step.text) }
            let more: SafeText = steps.count > 4 ? ", \(steps.count - 4) more" : ""
            pieces.append(StyledLine(names.joined(separator: ", ") + more, ink.text))
            if steps.contains(where: { $0.operation == nil }) {
                pieces.append(StyledLine("some cannot be undone", ink(.danger, .bold)))
            }
            pieces += proof(of: steps)
        }
        if sheet.wouldWithdraw > 0 {
            pieces.append(StyledLine("withdraws \(sheet.wouldWithdraw) more", ink.text))
        }
        page.add(pieces, rank: 4)
    }

    /// How old what would be undone is, and how well its undos are proven: the worst of each.
    private func proof(of steps: [UndoPreviewLine]) -> [StyledLine] {
        let ink = Ink.sheet
        var pieces: [StyledLine] = []
        if let oldest = steps.map(\.age).max() {
            pieces.append(StyledLine("the oldest is \(Clock.age(oldest)) old", ink.muted))
        }
        let undoable = steps.filter { $0.operation != nil }
        let unproven = undoable.count { $0.provenAt == nil }
        if unproven > 0 {
            pieces.append(StyledLine("\(unproven) never proven", ink(.warn)))
        } else if let proven = undoable.compactMap(\.provenAt).min() {
            pieces.append(StyledLine("all proven, \(Clock.age(now - proven)) ago", ink(.ok)))
        }
        return pieces
    }

    func escalatePage(_ sheet: EscalateSheet) -> SheetPage {
        let ink = Ink.sheet
        let target = sheet.target
        let title = StyledLine(
            "Escalate #\(target.number)  \(Words.name(target.action))",
            ink.label
        )
        var page = SheetPage(title: title, width: sheetColumns)
        var way = StyledLine("from \(Words.name(sheet.from)) to ", ink.text)
        way.add(sheet.to.map(Words.name) ?? "the next tier", ink.bold)
        page.add([way], rank: 0)
        page.add("The next tier is asked, and the deadline starts anew.", ink.text, rank: 3)
        page.addBlank()
        page.add(sheet.reason, prompt: "why > ", focused: true)
        page.addBlank()
        page.add("Ctrl-s send   Esc cancel, nothing sent", ink.muted, rank: 0)
        return page
    }

    func editPage(_ sheet: EditSheet) -> SheetPage {
        let ink = Ink.sheet
        let target = sheet.target
        let title = StyledLine("Modify #\(target.number)  \(Words.name(target.action))", ink.label)
        var page = SheetPage(title: title, width: sheetColumns)
        let rows = diffRows(
            Array(sheet.edit.diff.dropFirst(max(sheet.scroll, 0))),
            width: page.width
        )
        let room = max(layout.body.rows - 2 - 7, 1)
        if rows.isEmpty {
            page.add("No lines differ from here on.", ink.muted, rank: 1)
        }
        page.add(Array(rows.prefix(room)), rank: 2)
        if rows.count > room {
            page.add("\(rows.count - room) more rows: Down", ink.muted, rank: 1)
        }
        page.addBlank()
        page.add(sheet.reason, prompt: "why > ", focused: true)
        if let problem = sheet.problem {
            page.add(Words.sentence(problem), ink(.danger, .bold), rank: 0)
        }
        page.add("Nothing is sent yet: the next sheet confirms it.", ink.text, rank: 3)
        page.add("Ctrl-s go on   Up Down scroll   Esc cancel", ink.muted, rank: 0)
        return page
    }

    func quitPage(_ sheet: QuitSheet) -> SheetPage {
        let ink = Ink.sheet
        var page = SheetPage(
            title: StyledLine("Quit?", ink.label),
            width: min(sheetColumns, 60)
        )
        page.foot = StyledLine("any other key stays", ink.muted)
        if sheet.holds > 0 {
            page.add("\(sheet.holds) on hold: dropped, nothing is sent.", ink(.warn), rank: 0)
        }
        if sheet.unsent > 0 {
            page.add("\(sheet.unsent) sent and not answered.", ink(.warn), rank: 0)
        }
        if sheet.drafts > 0 { page.add("\(sheet.drafts) drafts are lost.", ink(.warn), rank: 0) }
        page.addBlank()
        page.add(key: "y", "quit")
        return page
    }
}
