import HoldCore

extension Canvas {
    /// Draws what was said and rung for, newest first, and the line under the cursor in full.
    mutating func drawNotifications() {
        let entries = model.log.entries
        var chrome = viewChrome("Notifications", "newest first")
        let ink = Ink.panel
        chrome.note = StyledLine(rulesWords, ink.muted)
        let body = layout.body
        let isBoxed = layout.shape != .list
        let below = isBoxed && body.rows >= 14 ? 4 : 0
        let room = max(body.rows - (isBoxed ? 2 : 1) - below, 0)
        chrome.foot = scrollFoot(entries.count, visible: room, first: model.log.cursor.scroll)
        let inside = openView(chrome, in: body)
        report.view = PaneExtent(lines: entries.count, visible: room)
        guard !entries.isEmpty else {
            draw(StyledLine("Nothing was said yet.", ink.muted), in: inside.line(0))
            return
        }
        let cursor = model.log.cursor
        let first = min(max(cursor.scroll, 0), entries.count)
        let list = inside.split(rows: room)
        for (index, entry) in entries[first...].prefix(room).enumerated() {
            var line = row(of: entry)
            line.pad(to: inside.columns, ink.text)
            let isOn = first + index == cursor.index
            draw(isOn ? line.styled(.selected) : line, in: list.top.line(index))
        }
        guard below > 0, entries.indices.contains(cursor.index) else { return }
        frame.drawRule(list.rest, style: Style(.border, on: .panel))
        let whole = PaneRow.flow(
            [StyledLine(Words.sentence(entries[cursor.index].text), ink.text)],
            width: max(inside.columns, 1)
        )
        draw(whole.prefix(below - 1), in: list.rest.dropping(rows: 1))
    }

    private func row(of entry: NoticeLog.Entry) -> StyledLine {
        let ink = Ink.panel
        let (sign, style): (SafeText, Style) =
            switch entry.kind {
            case .info: ("   ", ink.text)
            case .good: ("ok ", ink(.ok))
            case .warning: ("!  ", ink(.warn))
            case .danger: ("!! ", ink(.danger, .bold))
            }
        let time: SafeText =
            layout.size.columns >= 60
            ? "\(Clock.timeOfDay(entry.at))Z  " : "\(Clock.minuteOfDay(entry.at)) "
        var line = StyledLine(time, ink.muted)
        line.add(sign, style)
        var tail = StyledLine()
        if entry.ways.contains(.bell) { tail.add("  bell", ink(.info)) }
        if entry.ways.contains(.desktop) { tail.add("  notified", ink(.info)) }
        if entry.count > 1 { tail.add("  x\(entry.count)", ink.muted) }
        let width = layout.size.columns - (layout.shape == .list ? 0 : 4)
        let words = StyledLine(Words.sentence(entry.text), style)
        line.add(
            words.prefix(cells: max(width - line.width - tail.width, 0), ellipsis: ellipsis)
        )
        line.pad(to: width - tail.width, ink.text)
        line.add(tail)
        return line
    }

    /// How the person is told now.
    var rulesWords: SafeText {
        guard let quiet = model.rules.quiet else { return bellWords }
        let hours: SafeText = "quiet \(Self.minute(quiet.from)) to \(Self.minute(quiet.until))Z"
        return quiet.contains(now) ? "\(hours), now: IRREV alone rings" : hours
    }

    private static func minute(_ minute: Int) -> SafeText {
        SafeText(minute / 60, width: 2, zeros: true) + ":"
            + SafeText(minute % 60, width: 2, zeros: true)
    }

    /// Whether the bell rings, and how the desktop is told.
    var bellWords: SafeText {
        let rings = model.rules.ways.values.contains { $0.contains(.bell) }
        let notifies = model.rules.ways.values.contains { $0.contains(.desktop) }
        let bell: SafeText = rings ? "bell on" : "bell off"
        guard notifies else { return "\(bell)   desktop notice off" }
        return switch model.rules.desktop {
        case .unknown: "\(bell)   desktop notice on"
        case .off: "\(bell)   desktop notice off"
        case .bell: "\(bell)   desktop notice by bell"
        case .osc9: "\(bell)   desktop notice on (OSC 9)"
        case .osc777: "\(bell)   desktop notice on (OSC 777)"
        case .osc99: "\(bell)   desktop notice on (OSC 99)"
        }
    }
}
