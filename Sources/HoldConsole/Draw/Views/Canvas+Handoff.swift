import HoldCore

extension Canvas {
    /// Draws what this shift hands to the next: what is open, and the notes.
    mutating func drawHandoff() {
        let body = layout.body
        let isWide = layout.shape == .twoColumns || layout.shape == .threeColumns
        var chrome = viewChrome("Hand-off", isWide ? .empty : "what the next shift finds")
        guard let handoff = model.handoff.handoff else {
            let inside = openView(chrome, in: body)
            draw(missingHandoff(width: max(inside.columns, 1)), in: inside)
            return
        }
        guard isWide else {
            let width = Self.textColumns(body, in: layout)
            let rows =
                openRows(handoff, width: width)
                + [PaneRow("NOTES for who comes next", Ink.panel.label)]
                + noteRows(handoff, width: width)
            let room = max(body.rows - (layout.shape == .list ? 1 : 2), 0)
            chrome.foot = scrollFoot(rows.count, visible: room, first: model.handoff.scroll)
            drawPage(rows, from: model.handoff.scroll, in: openView(chrome, in: body))
            return
        }
        let halves = body.split(columns: body.columns * 55 / 100)
        let left = openRows(handoff, width: max(halves.left.columns - 4, 1))
        let right = noteRows(handoff, width: max(halves.rest.columns - 4, 1))
        var notes = viewChrome("Notes for who comes next", "newest first", isFocused: true)
        let room = max(body.rows - 2, 0)
        chrome.foot = scrollFoot(left.count, visible: room, first: model.handoff.scroll)
        notes.foot = scrollFoot(right.count, visible: room, first: model.handoff.scroll)
        drawPage(left, from: model.handoff.scroll, in: openView(chrome, in: halves.left))
        drawPage(right, from: model.handoff.scroll, in: openView(notes, in: halves.rest))
        // Both scroll together, each as far as it goes.
        report.view = PaneExtent(lines: max(left.count, right.count), visible: room)
    }

    private func missingHandoff(width: Int) -> [PaneRow] {
        let ink = Ink.panel
        guard let problem = model.handoff.problem else {
            return [PaneRow("reading\(dots)", ink.muted)]
        }
        return PaneRow.flow(
            [
                StyledLine("The hand-off could not be read:", ink(.warn, .bold)),
                StyledLine(Words.sentence(problem), ink.text),
            ],
            width: width
        )
    }

    // MARK: - What is open

    private func openRows(_ handoff: Handoff, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        var pieces = [StyledLine("\(handoff.pending) waiting", ink.bold)]
        pieces.append(
            StyledLine(
                "\(handoff.urgent) urgent",
                handoff.urgent > 0 ? ink(.warn, .bold) : ink.text
            )
        )
        if let oldest = handoff.oldest {
            pieces.append(StyledLine("oldest asked \(Clock.age(now - oldest)) ago", ink.text))
        }
        var rows = PaneRow.fact("PENDING", pieces, width: width)
        rows += lines("STUCK", handoff.stuck, all: handoff.counts["stuck"], width: width) {
            stuckRows($0, width: width)
        }
        rows += lines(
            "UNWINDING",
            handoff.unwinding,
            all: handoff.counts["unwinding"],
            width: width
        ) { [row(of: $0)] }
        rows += lines("CLAIMED", handoff.claimed, all: handoff.counts["claimed"], width: width) {
            [row(of: $0, who: $0.claimedBy, until: $0.claimedUntil)]
        }
        rows += lines("SNOOZED", handoff.snoozed, all: handoff.counts["snoozed"], width: width) {
            [row(of: $0.item, who: $0.by, until: $0.until)]
        }
        return rows + PaneRow.fact("YOURS", ownPieces, width: width)
    }

    /// What this console still has that the next shift does not see.
    private var ownPieces: [StyledLine] {
        let ink = Ink.panel
        let (holds, sent, drafts) = (model.holds.count, model.outgoing.count, model.draftCount)
        guard holds + sent + drafts > 0 else {
            return [StyledLine("nothing on hold, unanswered or unsent", ink.muted)]
        }
        return [
            StyledLine("\(holds) on hold", holds > 0 ? ink(.warn, .bold) : ink.text),
            StyledLine("\(sent) unanswered", sent > 0 ? ink(.warn, .bold) : ink.text),
            StyledLine(.count(drafts, "draft"), ink.text),
        ]
    }

    private func lines<Element>(
        _ label: SafeText,
        _ list: [Element],
        all: Int?,
        width: Int,
        _ rows: (Element) -> [PaneRow]
    ) -> [PaneRow] {
        let count = max(all ?? 0, list.count)
        let style = count == 0 ? Ink.panel.muted : Ink.panel.bold
        var out = PaneRow.fact(
            label,
            [StyledLine(count == 0 ? "none" : "\(count)", style)],
            width: width
        )
        for element in list { out += rows(element) }
        if count > list.count {
            out.append(PaneRow("  and \(count - list.count) more", Ink.panel.muted))
        }
        return out
    }

    private func row(of item: QueueItem, who: String?, until end: Instant?) -> PaneRow {
        let ink = Ink.panel
        var line = StyledLine("  ", ink.text)
        line.add(Words.name(who ?? "?").line.prefix(cells: 10, ellipsis: ellipsis), ink(.info))
        line.pad(to: 13, ink.text)
        line.add("#\(item.number) ", ink.text)
        line.add(item.riskClass.badge, item.riskClass.style(on: ink))
        line.pad(to: 25, ink.text)
        if let end { line.add("until \(Clock.minuteOfDay(end))Z  ", ink.text) }
        line.add(Words.name(item.action), ink.text)
        return PaneRow(line)
    }

    private func row(of workflow: WorkflowLine) -> PaneRow {
        let ink = Ink.panel
        var line = StyledLine("  \(Words.name(workflow.agent))  ", ink.text)
        if let unwinding = workflow.unwinding {
            line.add("\(unwinding.closed)/\(unwinding.planned) undone  ", ink(.warn))
        }
        line.add(Words.name(workflow.workflow.text), ink.muted)
        return PaneRow(line)
    }

    private func stuckRows(_ workflow: WorkflowLine, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        var line = StyledLine("  \(Words.name(workflow.agent))  ", ink(.danger, .bold))
        guard let link = workflow.stuckAt else { return [PaneRow(line)] }
        line.add("at \(Words.name(link.step.text)) \(Words.name(link.action))", ink.text)
        guard let error = link.error, !error.isEmpty else { return [PaneRow(line)] }
        var head = StyledLine()
        head.pad(to: 4, ink.text)
        return [PaneRow(line)]
            + PaneRow.agent(Words.sentence(error).line, head: head, width: width, glyphs: glyphs)
    }

    // MARK: - Notes

    private func noteRows(_ handoff: Handoff, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        guard !handoff.notes.isEmpty else {
            return [PaneRow("Nobody left a note.", ink.muted)]
        }
        return handoff.notes.flatMap { note -> [PaneRow] in
            var line = StyledLine(Words.name(note.by), ink.bold)
            line.add(
                " \(Clock.day(note.at)) \(Clock.minuteOfDay(note.at))Z"
                    + ", \(Clock.age(now - note.at)) ago",
                ink.muted
            )
            return [PaneRow(line)] + noteLines(note.text, width: width, ground: ink)
        }
    }

    /// What a colleague wrote, behind the gutter as everything that is not ours.
    func noteLines(_ text: String, width: Int, ground: Ink) -> [PaneRow] {
        SafeText(untrusted: text, pane: .prose).lines.flatMap { line in
            PaneRow.agent(
                line,
                head: StyledLine("  ", ground.text),
                width: width,
                glyphs: glyphs
            )
        }
    }
}
