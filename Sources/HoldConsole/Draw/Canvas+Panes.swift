import HoldCore

extension Canvas {
    /// Draws what happened lately, newest first.
    mutating func drawActivity() {
        let inside = open(.activity, chrome(.activity, "Activity", "newest first"))
        let rect = textRect(inside: inside)
        guard !model.activity.isEmpty else {
            draw(StyledLine("Nothing happened lately.", Ink.panel.muted), in: rect.line(0))
            return
        }
        let lines = model.activity
        let extent = PaneExtent(lines: lines.count, visible: rect.rows)
        report.panes[.activity] = extent
        let first = min(max(model.scroll(of: .activity), 0), extent.scrollMax)
        let isWide = rect.columns >= 60
        for (index, line) in lines[first...].prefix(rect.rows).enumerated() {
            draw(row(of: line, isWide: isWide), in: rect.line(index))
        }
    }

    private func row(of line: ActivityLine, isWide: Bool) -> StyledLine {
        let ink = Ink.panel
        let style = line.isLoud ? ink(.danger, .bold) : ink.text
        let time = isWide ? Clock.timeOfDay(line.at) : Clock.minuteOfDay(line.at)
        var row = StyledLine(time, ink.muted)
        row.gap(1, ink.text)
        let who = (line.user.map(Words.name) ?? "-").line
        if isWide {
            row.add(who.prefix(cells: 8, ellipsis: ellipsis), ink.text)
            row.pad(to: 18, ink.text)
        } else if line.user != nil {
            row.add(who, ink.text)
            row.gap(1, ink.text)
        }
        row.add(Words.sentence(line.what), style)
        if isWide { row.pad(to: 29, ink.text) }
        row.gap(1, ink.text)
        if let number = line.number {
            row.add("#\(number) ", ink.text)
        } else {
            // What concerns no single workflow has a name that is none for people.
            if line.workflow != Workflow.control {
                row.add("\(Words.name(line.workflow.text)) ", ink.text)
            }
        }
        if let action = line.action { row.add("\(Words.name(action)) ", ink.text) }
        if let note = line.note, !note.isEmpty {
            row.gap(1, ink.text)
            row.add(Words.sentence(note), ink.muted)
        }
        return row
    }

    /// Draws who else is on it: claims, the way up, and what was said about the selected item.
    mutating func drawReviewers() {
        let inside = open(.reviewers, chrome(.reviewers, "Reviewers"))
        let rect = inside.padded
        draw(reviewerRows(width: max(rect.columns, 1)), of: .reviewers, in: rect)
    }

    private func reviewerRows(width: Int) -> [PaneRow] {
        let ink = Ink.panel
        var rows: [PaneRow] = []
        var you = StyledLine(Words.name(model.link.user), ink.bold)
        you.pad(to: 10, ink.text)
        you.add("you", ink.text)
        you.pad(to: 20, ink.text)
        you.add("\(model.decidedCount) decided", ink.text)
        var claims: [String: [Int64]] = [:]
        for row in model.queue.rows.prefix(200) where row.item.state.isPending {
            guard let who = row.item.claim(at: now)?.by else { continue }
            claims[who, default: []].append(row.item.number)
        }
        func numbers(_ who: String) -> SafeText {
            (claims[who] ?? []).prefix(4).map { "#\($0)" as SafeText }.joined(separator: " ")
        }
        if claims[model.link.user] != nil {
            you.gap(2, ink.text)
            you.add("claims \(numbers(model.link.user))", ink(.info))
        }
        rows.append(PaneRow(you))
        for who in claims.keys.sorted().prefix(6) where who != model.link.user {
            var line = StyledLine(Words.name(who), ink.text)
            line.pad(to: 10, ink.text)
            line.add("claims \(numbers(who))", ink(.info))
            rows.append(PaneRow(line))
        }
        if let detail = model.selected?.detail, !detail.tiers.isEmpty {
            var tiers = StyledLine("Escalation: ", ink.muted)
            for (index, tier) in detail.tiers.prefix(6).enumerated() {
                if index > 0 { tiers.add(", then ", ink.muted) }
                let isNow = tier == detail.item.tier
                tiers.add(Words.name(tier), isNow ? ink.bold : ink.text)
                if isNow { tiers.add(" (asked now)", ink.muted) }
            }
            rows.append(PaneRow())
            rows += PaneRow.flow([tiers], width: width)
        }
        return rows + lastNote(width: width)
    }

    /// Draws the keys that decide, and what never does.
    mutating func drawKeys() {
        let inside = open(.keys, chrome(.keys, "Keys and safety"))
        let rect = inside.padded
        let ink = Ink.panel
        let confirm = model.keymap.confirm.label
        var rows: [PaneRow] = []
        func add(_ keys: SafeText, _ words: SafeText) {
            var line = StyledLine(keys, ink.key)
            line.pad(to: 13, ink.text)
            line.add(words, ink.text)
            rows.append(PaneRow(line))
        }
        func key(_ command: Keymap.Command) -> SafeText {
            model.keymap.keys(for: command).first?.label ?? "-"
        }
        add("\(key(.approve)) then \(confirm)", "approve (LOW, MED, HIGH)")
        add("\(key(.approve)) then type", "approve (IRREV): type the action's name")
        add("\(key(.reject)), \(key(.escalate))", "reject, escalate: reason, Ctrl-s")
        add(key(.modify), "edit the arguments, then confirm")
        add(key(.takeBack), "take back while the hold runs")
        add(key(.rawText), "hidden characters and raw bytes")
        add(key(.pager), "full text in $PAGER (sanitised)")
        add("\(key(.claim)), \(key(.snooze))", "claim, snooze: colleagues see the claim")
        add(key(.note), "note for colleagues")
        add(key(.pauseList), "hold the list still")
        add(key(.takeIn), "take in new items")
        rows.append(PaneRow())
        rows.append(PaneRow("Paste is never read as keys.", ink.muted))
        rows.append(PaneRow("Enter, Space and Esc never decide anything.", ink.muted))
        draw(rows, of: .keys, in: rect)
    }

    /// Draws numbers only, where nothing can be decided.
    mutating func drawCounts() {
        let rect = Rect(model.size)
        let counts = QueueCounts(model.queue)
        var lines: [StyledLine] = []
        switch model.freshness {
        case .disconnected(let age):
            lines.append(StyledLine("! DISCONNECTED \(Clock.left(age))", .errorBar))
        case .connecting, .live, .stale, .tooStale:
            lines.append(StyledLine("REVIEW \(counts.waiting) waiting", .plain.adding(.bold)))
        }
        if let next = model.nextExpiry {
            let left = Clock.countdown(to: next.deadline, at: now)
            lines.append(StyledLine("next \(left) #\(next.number)", .plain))
        }
        if counts.stuck > 0 { lines.append(StyledLine("\(counts.stuck) STUCK", .errorBar)) }
        if let hold = model.holds.first {
            let seconds = (max(hold.left(at: model.now).milliseconds, 0) + 999) / 1000
            lines.append(StyledLine("HOLD \(seconds) s: u takes back", .warningBar))
        }
        if model.link.separation == .none { lines.append(StyledLine("separation: none", .plain)) }
        let size = model.size
        lines.append(StyledLine("too small to decide:", Style(.warn)))
        lines.append(StyledLine("need 40x10, now \(size.columns)x\(size.rows)", Style(.warn)))
        let key = model.keymap.keys(for: .quit).first?.label ?? "q"
        lines.append(StyledLine("\(key) quit", Style(.muted)))
        for (index, line) in lines.prefix(rect.rows).enumerated() {
            draw(line, in: rect.line(index))
        }
    }
}
