import HoldCore

/// One item as it was shown and decided: read only.
extension Canvas {
    mutating func drawRecord(_ reference: ItemReference) {
        let (left, right) = Self.recordRects(in: layout)
        let record = model.historyView.record
        guard record?.reference == reference, let record, let detail = record.detail, let pages
        else {
            report.view = PaneExtent(lines: 0, visible: boxRows(layout.body))
            let inside = openBox(layout.body, boxTitle("Record"), isFocused: true)
            return drawMissing(record, in: textRect(inside: inside))
        }
        let head = recordRows(detail, width: boxColumns(left))
        let action = [PaneRow("AS IT WAS SHOWN", Ink.panel.label)] + pages.action
        if right.isEmpty {
            drawScrolled(head + action + [PaneRow()] + pages.context, detail, record, in: left)
            return
        }
        let most = max(head.count + action.count, pages.context.count)
        let room = boxRows(left)
        let extent = PaneExtent(lines: most, visible: room)
        let first = min(max(record.scroll, 0), extent.scrollMax)
        drawScrolled(head + action, detail, record, in: left)
        report.view = extent
        let inside = openBox(
            right,
            boxTitle("Context, policy, history"),
            foot: scrollFoot(pages.context.count, visible: room, first: first)
        )
        draw(pages.context.dropFirst(first).prefix(room), in: inside.padded)
    }

    private mutating func drawScrolled(
        _ rows: [PaneRow],
        _ detail: ItemDetail,
        _ record: RecordView,
        in rect: Rect
    ) {
        let item = detail.item
        let room = boxRows(rect)
        let extent = PaneExtent(lines: rows.count, visible: room)
        report.view = extent
        let first = min(max(record.scroll, 0), extent.scrollMax)
        var title = boxTitle("#\(item.number)", Words.name(item.action))
        if record.isRaw { title.add(" raw", Ink.panel(.warn, .bold)) }
        let inside = openBox(
            rect,
            title,
            note: StyledLine(item.outcomeWords, Ink.panel.muted),
            foot: scrollFoot(rows.count, visible: room, first: first),
            isFocused: true
        )
        draw(rows.dropFirst(first).prefix(room), in: textRect(inside: inside))
    }

    private mutating func drawMissing(_ record: RecordView?, in rect: Rect) {
        guard case .failed(let why) = record?.content else {
            return draw(StyledLine("loading\(dots)", Ink.panel.muted), in: rect.line(0))
        }
        let rows = PaneRow.flow(
            [
                StyledLine("This item could not be read:", Ink.panel(.danger, .bold)),
                StyledLine(Words.sentence(why), Ink.panel.text),
            ],
            width: max(rect.columns, 1)
        )
        draw(rows, in: rect)
    }

    /// How it was decided, before what was shown.
    private func recordRows(_ detail: ItemDetail, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        let item = detail.item
        var rows = PaneRow.fact(
            "ACTION",
            [
                StyledLine(item.riskClass.badge, item.riskClass.style(on: ink)),
                StyledLine(Words.name(item.action), ink.bold),
                StyledLine("by \(Words.name(item.agent))", ink.text),
                StyledLine("as \(Words.name(item.requestedBy))", ink.text),
            ],
            width: width
        )
        if let decision = item.decision {
            var pieces = [
                StyledLine(SafeText(ascii: decision.outcome.rawValue), ink.bold),
                StyledLine("by \(decision.reviewedBy.map(Words.name) ?? "nobody")", ink.text),
                StyledLine(
                    "\(Clock.day(decision.reviewedAt)) \(Clock.timeOfDay(decision.reviewedAt))Z",
                    ink.text
                ),
            ]
            if decision.modified { pieces.append(StyledLine("arguments edited", ink(.info))) }
            rows += PaneRow.fact("DECIDED", pieces, width: width)
            if let reason = decision.reason, !reason.isEmpty {
                rows += agentFact("REASON", reason, width: width)
            }
        } else {
            rows += PaneRow.fact(
                "DECIDED",
                [StyledLine("not yet: decide it in the queue", ink(.warn))],
                width: width
            )
        }
        let undo: StyledLine =
            if let operation = detail.undoOperation {
                StyledLine("by \(Words.name(operation))", ink.text)
            } else {
                StyledLine("none: nothing takes this step back", ink(.danger))
            }
        rows += PaneRow.fact("UNDO", [undo], width: width)
        let hidden = pages?.hidden ?? 0
        rows += PaneRow.fact(
            "CHECK",
            [
                StyledLine("rev \(item.revision)", ink.text),
                StyledLine("sha \(short(item.digest.description))", ink.text),
                hidden == 0
                    ? StyledLine("0 hidden", ink.text)
                    : StyledLine(" \(hidden) HIDDEN: x shows ", .neutralised),
            ],
            width: width
        )
        return rows
    }

    /// Where the record stands: one column, or two where there is room.
    static func recordRects(in layout: Layout) -> (left: Rect, right: Rect) {
        switch layout.shape {
        case .threeColumns, .twoColumns:
            let columns = layout.body.split(columns: layout.body.columns * 55 / 100)
            return (columns.left, columns.rest)
        case .stacked, .list, .counts: return (layout.body, .nowhere)
        }
    }

    /// What the texts of the record depend on; nil when none is on the screen.
    static func recordKey(of model: Model, in layout: Layout) -> ItemPages.Key? {
        guard layout.shape != .counts, case .record(let reference) = model.screenBelow,
            let record = model.historyView.record, record.reference == reference,
            let detail = record.detail
        else { return nil }
        let (left, right) = recordRects(in: layout)
        return ItemPages.Key(
            detail: detail,
            earlier: nil,
            isRaw: record.isRaw,
            actionColumns: textColumns(left, in: layout),
            contextColumns: textColumns(right.isEmpty ? left : right, in: layout),
            glyphs: model.glyphs
        )
    }
}
