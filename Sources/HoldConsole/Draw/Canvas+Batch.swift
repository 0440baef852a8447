import HoldCore

/// The sheet that says one thing about many items.
extension Canvas {
    /// Draws the sheet; it is reported once all that matters is on the screen.
    mutating func draw(_ sheet: BatchSheet) {
        let (page, list) = batchPage(sheet)
        let isWhole = draw(page)
        guard isWhole else { return }
        report.batch = BatchShown(id: sheet.id, rows: list.shown, total: list.total)
        guard sheet.stage == .approving else { return }
        report.sheet = SheetShown(id: sheet.id, generation: sheet.generation)
    }

    /// Which rows of the list are on the page.
    private struct ListShown {
        var shown: Range<Int>
        var total: Int
    }

    private func batchPage(_ sheet: BatchSheet) -> (SheetPage, ListShown) {
        let ink = Ink.sheet
        var page = SheetPage(
            title: StyledLine(batchTitle(sheet), ink.label),
            width: sheetColumns
        )
        var below = SheetPage(title: StyledLine(), width: page.width)
        switch sheet.stage {
        case .overview: addChoices(sheet, to: &below)
        case .approving: addConfirmation(sheet, to: &below)
        case .rejecting: addReasons(sheet, to: &below)
        }
        let list = batchRows(sheet, width: page.width)
        // What is under the list keeps its rows; the list scrolls in what is left.
        let needed = below.rows.count { $0.rank == 0 }
        let room = max(layout.body.rows - 2 - max(needed, min(below.rows.count, 8)), 1)
        let first = min(max(sheet.scroll, 0), max(list.count - room, 0))
        let shown = first..<min(first + room, list.count)
        page.add(Array(list[shown]), rank: 0)
        page.foot =
            list.count > room
            ? StyledLine(
                "\(shown.lowerBound + 1)-\(shown.upperBound) of \(list.count)  j/k scroll",
                ink.muted
            ) : StyledLine(batchFoot(sheet), ink.muted)
        if let place = below.cursor { page.cursor = (page.rows.count + place.row, place.column) }
        page.rows += below.rows
        return (page, ListShown(shown: shown, total: list.count))
    }

    private func batchTitle(_ sheet: BatchSheet) -> SafeText {
        switch sheet.stage {
        case .overview: return "Batch: \(model.marks.count) marked"
        case .approving:
            let action = sheet.approval.entries.first.map { Words.name($0.target.action) }
            return "Approve \(sheet.approval.count) together: \(action ?? "")?"
        case .rejecting: return "Reject \(sheet.rejection.count) together"
        }
    }

    private func batchFoot(_ sheet: BatchSheet) -> SafeText {
        switch sheet.stage {
        case .overview: "nothing is sent yet"
        case .approving: "any other key closes"
        case .rejecting: "one reason for all"
        }
    }

    // MARK: - The list

    private func batchRows(_ sheet: BatchSheet, width: Int) -> [PaneRow] {
        let ink = Ink.sheet
        let plan = sheet.plan
        var rows: [PaneRow] = []
        if sheet.stage == .overview {
            let head: SafeText =
                plan.count == 0 ? "NONE CAN BE APPROVED TOGETHER" : "CAN BE APPROVED: \(plan.count)"
            rows.append(PaneRow(head, ink.label))
        }
        for group in plan.groups { rows += self.rows(of: group, width: width) }
        let out = plan.leftOut
        let unseen = model.marksOutOfSight
        guard !out.isEmpty || unseen > 0 else { return rows }
        if sheet.stage == .overview || !rows.isEmpty { rows.append(PaneRow()) }
        rows.append(PaneRow("LEFT OUT: \(out.count + max(unseen, 0))", ink.label))
        for item in out {
            var line = StyledLine("  #\(item.number) ", ink.text)
            line.add(Words.name(item.action), ink.text)
            let why = StyledLine(Words.sentence(item.rule.words), ink(.warn))
            rows += PaneRow.flow([line, why], width: width, ink: ink)
        }
        if unseen > 0 {
            rows.append(PaneRow("  \(unseen) marked, not in the list now", ink(.warn)))
        }
        return rows
    }

    private func rows(of group: BatchPlan.Group, width: Int) -> [PaneRow] {
        let ink = Ink.sheet
        guard let first = group.first else { return [] }
        let count = group.entries.count
        var head = StyledLine("\(SafeText(count, width: 3)) x ", ink.bold)
        head.add(first.target.riskClass.badge, first.target.riskClass.style(on: ink))
        head.gap(1, ink.text)
        head.add(Words.name(first.target.action), ink.bold)
        var pieces = [head]
        if count > 1 { pieces.append(StyledLine("identical", ink(.ok))) }
        if let summary = first.summary {
            pieces.append(StyledLine(Words.sentence(summary), ink.text))
        }
        pieces.append(StyledLine("by \(Words.name(first.target.agent))", ink.muted))
        pieces += group.entries.map { StyledLine("#\($0.target.number)", ink.text) }
        if let claimer = first.claimedBy {
            pieces.append(StyledLine("claimed by \(Words.name(claimer))", ink(.warn)))
        }
        return PaneRow.flow(pieces, width: width, ink: ink)
    }

    // MARK: - Below the list

    private func addChoices(_ sheet: BatchSheet, to page: inout SheetPage) {
        func key(_ command: Keymap.Command) -> SafeText {
            model.keymap.keys(for: command, in: .queue).first?.label ?? "-"
        }
        page.addBlank()
        let (some, all) = (sheet.approval.count, sheet.rejection.count)
        if some > 0 {
            page.add(key: key(.approve), "approve \(some) with one confirmation\(dots)")
        }
        if all > 0 { page.add(key: key(.reject), "reject \(all) with one reason\(dots)") }
        page.add(key: key(.back), "back, nothing sent; marks stay", rank: 3)
    }

    private func addConfirmation(_ sheet: BatchSheet, to page: inout SheetPage) {
        let ink = Ink.sheet
        page.addBlank()
        let missing = sheet.seen.missing
        page.add(
            missing > 0 && !sheet.seen.isAll
                ? "\(missing) rows of this list not seen yet"
                : "You have opened each and seen all its lines.",
            missing > 0 ? ink(.danger, .bold) : ink.text,
            rank: 3
        )
        let hold = Int64(sheet.terms.hold.seconds.rounded())
        let count = sheet.approval.count
        page.add(
            key: model.keymap.confirm.label,
            page.width < 56
                ? "approve all \(count), \(hold) s hold (u takes back)"
                : "approve all \(count), go out after a \(hold) s hold (u takes all back)"
        )
        page.add(key: "n", "or Esc  go back, nothing sent", rank: page.width < 56 ? 3 : 0)
        page.add([arming(sheet, width: page.width)], rank: 0)
    }

    private func arming(_ sheet: BatchSheet, width: Int) -> StyledLine {
        let ink = Ink.sheet
        let share = Int((sheet.armed(at: model.now) * 100).rounded(.down))
        guard sheet.phase != .armed else {
            var line = meter(used: 100, of: 100, width: 10, ink(.ok), ink(.meterTrack))
            line.add(" ARMED", ink(.ok, .bold))
            return line
        }
        let tenths = (max(sheet.armingLeft(at: model.now).milliseconds, 0) + 99) / 100
        var line = StyledLine("arming ", ink.text)
        line.add(meter(used: share, of: 100, width: 10, ink(.pending), ink(.meterTrack)))
        line.add(" \(tenths / 10).\(tenths % 10) s", ink.text)
        if width >= 64 { line.add("   keys pressed before this are dropped", ink.muted) }
        return line
    }

    private func addReasons(_ sheet: BatchSheet, to page: inout SheetPage) {
        let ink = Ink.sheet
        guard let reasons = sheet.reasons else { return }
        page.add("Reason (sent to each agent and to the record)", ink.text, rank: 6)
        for (index, reason) in RejectReason.allCases.enumerated() {
            addReason(reason, at: index, reasons, to: &page)
        }
        page.add(reasons.note, prompt: "note > ", focused: reasons.focus == .note)
        if let problem = reasons.problem {
            page.add(Words.sentence(problem), ink(.danger, .bold), rank: 0)
        }
        page.add(
            page.width < 56
                ? "Ctrl-s send   Esc cancel" : "Ctrl-s send   Tab note   Esc cancel, nothing sent",
            ink.muted,
            rank: 0
        )
    }

    // MARK: - Results

    func batchResultsPage() -> SheetPage {
        let ink = Ink.sheet
        let results = model.batchResults
        let rows = results?.rows ?? []
        var page = SheetPage(
            title: StyledLine("Batch: what became of \(rows.count)", ink.label),
            width: sheetColumns
        )
        page.foot = StyledLine("j/k scroll  any other key closes", ink.muted)
        if let results {
            var sums = [StyledLine("\(results.recorded) recorded", ink(.ok, .bold))]
            if results.refused > 0 {
                sums.append(StyledLine("\(results.refused) refused", ink(.danger, .bold)))
            }
            if results.lost > 0 {
                sums.append(StyledLine("\(results.lost) NOT recorded", ink(.danger, .bold)))
            }
            if results.open > 0 {
                sums.append(StyledLine("\(results.open) not answered yet", ink(.pending, .bold)))
            }
            page.add(sums, rank: 0)
        }
        let room = max(layout.body.rows - 4, 1)
        let first = min(max(results?.scroll ?? 0, 0), max(rows.count - room, 0))
        for row in rows.dropFirst(first).prefix(room) {
            let (words, style) = words(of: row.outcome, results?.kind ?? .approve)
            var line = StyledLine("#\(row.target.number) ", ink.text)
            line.add(Words.name(row.target.action), ink.text)
            line.pad(to: min(28, page.width / 2), ink.text)
            line.gap(1, ink.text)
            line.add(words, style)
            page.add([PaneRow(line.prefix(cells: page.width, ellipsis: ellipsis))], rank: 0)
        }
        return page
    }

    private func words(
        of outcome: BatchResults.Outcome,
        _ kind: Verdict.Kind
    ) -> (SafeText, Style) {
        let ink = Ink.sheet
        switch outcome {
        case .sent: return ("sent\(dots)", ink(.pending))
        case .unknown: return ("no answer: asked for, not sent again", ink(.pending, .bold))
        case .notRecorded: return ("NOT recorded: look again", ink(.danger, .bold))
        case .recorded(let state) where state.isPending:
            return (
                kind == .approve ? "your approval counts, more are needed" : "recorded", ink(.ok)
            )
        case .recorded(let state): return (Words.sentence(state.words), ink(.ok))
        case .refused(let turned): return (refusal(turned), ink(.danger))
        }
    }

    private func refusal(_ turned: Turned) -> SafeText {
        switch (turned.code, turned.state) {
        case ("stale", _): return "refused: it changed before this arrived"
        case ("already_decided", let state?):
            let who: SafeText =
                turned.decision?.reviewedBy.map { " by \(Words.name($0))" } ?? ""
            return "refused: already \(Words.sentence(state.words))\(who)"
        default: return "refused: \(Words.sentence(turned.message))"
        }
    }
}
