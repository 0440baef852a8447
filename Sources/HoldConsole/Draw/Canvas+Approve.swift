import HoldCore

extension Canvas {
    /// Draws the sheet that approves, and reports it once all that matters is on the screen.
    mutating func draw(_ sheet: ApproveSheet) {
        let page = sheet.terms.typed == nil ? keyPage(sheet) : typedPage(sheet)
        let isWhole = draw(page, loud: sheet.terms.typed != nil)
        guard isWhole else { return }
        report.sheet = SheetShown(id: sheet.id, generation: sheet.generation)
    }

    private func keyPage(_ sheet: ApproveSheet) -> SheetPage {
        let target = sheet.target
        let ink = Ink.sheet
        let verb: SafeText = sheet.edit == nil ? "Approve" : "Approve edited"
        let title = StyledLine(
            "\(verb) #\(target.number)  \(Words.name(target.action))?",
            ink.label
        )
        var page = SheetPage(title: title, width: sheetColumns)
        page.foot = StyledLine("any other key closes", ink.muted)
        addAction(sheet, to: &page, taken: 6)
        page.addBlank()
        addFacts(sheet, to: &page)
        page.addBlank()
        let key = model.keymap.confirm.label
        let hold = Int64(sheet.terms.hold.seconds.rounded())
        page.add(
            key: key,
            page.width < 56
                ? "approve, \(hold) s hold (u takes back)"
                : "approve, goes out after a \(hold) s hold (u takes it back)"
        )
        page.add(
            key: "n",
            page.width < 56 ? "or Esc: nothing sent" : "or Esc  go back, nothing sent",
            rank: page.width < 56 ? 3 : 0
        )
        page.add([arming(sheet, width: page.width)], rank: 0)
        return page
    }

    private func typedPage(_ sheet: ApproveSheet) -> SheetPage {
        let target = sheet.target
        let ink = Ink.sheet
        let isIrreversible = target.riskClass == .irreversible
        var title = StyledLine(
            isIrreversible ? " IRREVERSIBLE " : " CAREFUL ",
            .irreversible
        )
        title.add("  approve #\(target.number)?", ink.label)
        var page = SheetPage(title: title, width: sheetColumns)
        page.foot = StyledLine("Esc cancel", ink.muted)
        addAction(sheet, to: &page, taken: 8)
        page.addBlank()
        if model.selected?.detail?.undoOperation == nil {
            page.add("CANNOT BE UNDONE once it has run.", ink(.danger, .bold), rank: 0)
        }
        if sheet.terms.goesAtOnce {
            page.add("Goes out at once, no take-back.", ink(.danger, .bold), rank: 0)
        }
        addFacts(sheet, to: &page)
        page.addBlank()
        let wanted = sheet.terms.typed ?? ""
        var type = StyledLine("Type to approve:  ", ink.text)
        type.add(Words.name(wanted), ink.bold)
        page.add([type], rank: 0)
        let isPrefix = wanted.hasPrefix(sheet.field.text)
        page.add(
            sheet.field,
            prompt: "> ",
            style: ink(isPrefix ? .ok : .danger, .bold),
            focused: true
        )
        page.addBlank()
        page.add("Paste is off here. Enter works only when the text matches.", ink.muted, rank: 4)
        page.add([arming(sheet, width: page.width)], rank: 0)
        return page
    }

    /// What would run; what does not fit has been seen in the action pane.
    private func addAction(_ sheet: ApproveSheet, to page: inout SheetPage, taken: Int) {
        let ink = Ink.sheet
        let item = model.selectedItem
        var pieces = [StyledLine(Words.name(sheet.target.action), ink.bold)]
        pieces.append(StyledLine("by \(Words.name(sheet.target.agent))", ink.text))
        if let item { pieces.append(StyledLine("as \(Words.name(item.requestedBy))", ink.text)) }
        page.add(pieces, rank: 3)
        let room = max(layout.body.rows - 2 - taken - page.rows.count, 1)
        let lines =
            sheet.edit.map { diffRows($0.diff, width: page.width) } ?? argumentRows(page.width)
        guard lines.count > room else {
            page.add(lines, rank: 1)
            return
        }
        page.add(Array(lines.prefix(1)), rank: 1)
        page.add(Array(lines.prefix(room - 1).dropFirst()), rank: 2)
        let hidden = lines.count - max(room - 1, 1)
        let words: SafeText =
            sheet.edit != nil
            ? "\(hidden) more rows"
            : page.width < 56
                ? "+\(hidden) rows, seen in the pane"
                : "\(hidden) more rows, as seen in the action pane"
        page.add(words, ink.muted, rank: 1)
    }

    private func argumentRows(_ width: Int) -> [PaneRow] {
        guard let detail = model.selected?.detail else { return [] }
        var rows: [PaneRow] = []
        // No sheet has more rows than the longest side of a screen.
        for (index, line) in JSONLines.text(of: detail.arguments).lines.enumerated() {
            guard rows.count <= Frame.longestSide else { break }
            let head = StyledLine("\(SafeText(index + 1, width: 3)) ", Ink.sheet.muted)
            rows += PaneRow.agent(line, head: head, width: width, glyphs: glyphs)
        }
        return rows
    }

    /// The lines that differ.
    func diffRows(_ diff: [DiffLine], width: Int) -> [PaneRow] {
        diff.prefix(Frame.longestSide).flatMap { line -> [PaneRow] in
            let sign: SafeText
            let role: Role
            switch line.kind {
            case .same: return []
            case .removed: (sign, role) = ("- ", .deleted)
            case .added: (sign, role) = ("+ ", .added)
            }
            return PaneRow.agent(
                SafeText(untrusted: line.text, pane: .action).line,
                head: StyledLine(sign, Ink.sheet(role)),
                width: width,
                style: Style(role, on: .untrustedBackground),
                glyphs: glyphs
            )
        }
    }

    private func addFacts(_ sheet: ApproveSheet, to page: inout SheetPage) {
        let ink = Ink.sheet
        let target = sheet.target
        var risk = [StyledLine(target.riskClass.badge, target.riskClass.style(on: ink))]
        if let detail = model.selected?.detail {
            if let operation = detail.undoOperation {
                risk.append(StyledLine("undo: \(Words.name(operation))", ink.text))
            } else if sheet.terms.typed == nil {
                risk.append(StyledLine("undo: none", ink(.danger, .bold)))
            }
            risk.append(
                StyledLine(
                    "expires \(Clock.countdown(to: detail.item.deadline, at: now))",
                    ink.text
                )
            )
            let needed = detail.item.approvalsNeeded
            if needed > 1 {
                risk.append(
                    StyledLine(
                        "approval \(min(detail.item.approvalsGiven + 1, needed)) of \(needed)",
                        ink.text
                    )
                )
            }
        }
        page.add(risk, rank: 2)
        let digest = target.digest.description.dropFirst("sha256:".count)
        let short =
            SafeText(ascii: String(digest.prefix(4))) + dots
            + SafeText(ascii: String(digest.suffix(4)))
        var check = [StyledLine("rev \(target.revision)  sha \(short)", ink.text)]
        check.append(
            model.selected?.unread == nil
                ? StyledLine("you have seen all lines", ink.text)
                : StyledLine("lines not seen yet", ink(.danger, .bold))
        )
        if model.link.separation == .none {
            check.append(StyledLine("separation: none", ink(.warn, .bold)))
        }
        page.add(check, rank: 3)
        addClaim(to: &page)
        addNotes(to: &page, target.riskClass)
        for entry in (model.selected?.detail?.history ?? []).suffix(2) {
            guard let user = entry.user, let reason = entry.reason, !reason.isEmpty,
                !entry.isNote
            else { continue }
            let words: SafeText = "\(Words.name(user)) \(Clock.minuteOfDay(entry.at)) wrote: "
            page.add(
                PaneRow.agent(
                    Words.sentence(reason).line,
                    head: StyledLine(words, ink.text),
                    width: page.width,
                    glyphs: glyphs
                ).prefix(2).map { $0 },
                rank: 5
            )
        }
    }

    private func arming(_ sheet: ApproveSheet, width: Int) -> StyledLine {
        let ink = Ink.sheet
        let share = Int((sheet.armed(at: model.now) * 100).rounded(.down))
        guard sheet.phase != .armed else {
            var line = meter(used: 100, of: 100, width: 10, ink(.ok), ink(.meterTrack))
            line.add(" ARMED", ink(.ok, .bold))
            return line
        }
        let left = sheet.armingLeft(at: model.now)
        let tenths = (max(left.milliseconds, 0) + 99) / 100
        var line = StyledLine("arming ", ink.text)
        line.add(meter(used: share, of: 100, width: 10, ink(.pending), ink(.meterTrack)))
        line.add(" \(tenths / 10).\(tenths % 10) s", ink.text)
        if width >= 64 { line.add("   keys pressed before this are dropped", ink.muted) }
        return line
    }
}
