import HoldCore

extension Canvas {
    /// Draws the part of the queue that fits.
    mutating func drawQueue() {
        let queue = model.queue
        var chrome = chrome(.queue, "Queue", queueTitle)
        chrome.note = queueNote
        chrome.foot = withSnoozed(queueFoot(rows: max(layout[.queue].rows - 2, 0)))
        let inside = open(.queue, chrome)
        report.queueRows = inside.rows
        guard queue.isLoaded else {
            drawCentred("loading\(dots)", Ink.panel.muted, in: inside)
            return
        }
        guard !queue.rows.isEmpty else {
            drawCentred("Nothing matches the filter. Esc clears it.", Ink.panel.text, in: inside)
            return
        }
        let first = min(max(queue.scroll, 0), queue.rows.count)
        let columns = QueueColumns(
            wanted: model.columns,
            width: inside.columns,
            isList: layout.shape == .list
        )
        let texts = FilterText.highlights(of: queue.shownFilter)
        let range = model.markingRange
        for (index, row) in queue.rows[first...].prefix(inside.rows).enumerated() {
            let isInRange = range?.contains(first + index) == true
            draw(row, columns, isInRange: isInRange, texts, in: inside.line(index))
        }
    }

    private var queueTitle: SafeText {
        let queue = model.queue
        if model.marks.rangeStart != nil { return "RANGE: Space marks it, Esc ends it" }
        let order: SafeText = "by \(SafeText(ascii: queue.sort.rawValue))"
        let words = queue.isPaused ? "PAUSED" : order
        guard let filter = model.shownFilterText else {
            return model.follow.mode != .off ? followWords : words
        }
        let all = max(QueueCounts(queue).waiting, queue.total)
        let more: SafeText = queue.sort == .urgency ? "" : "  \(order)"
        return "filter: \(Words.sentence(filter))  \(queue.total) of \(all)\(more)"
    }

    private var queueNote: StyledLine {
        let count = model.queue.newItems.count
        guard count > 0 else { return StyledLine() }
        let key = model.keymap.keys(for: .takeIn).first?.label ?? "N"
        let words: SafeText =
            layout[.queue].columns >= 76 ? "+\(count) new: press \(key)" : "+\(count) new: \(key)"
        return StyledLine(words, Ink.panel(.warn, .bold))
    }

    private func queueFoot(rows: Int) -> StyledLine {
        let queue = model.queue
        guard queue.isLoaded, let index = queue.selectedIndex else { return StyledLine() }
        let place = queue.offset + index + 1
        let marked = model.marks.count
        var foot = StyledLine(marked > 0 ? "\(marked) marked   " : "", Ink.panel(.accent, .bold))
        foot.add("\(place) of \(max(queue.total, place))", Ink.panel.muted)
        // Of the whole queue: which part of it is held here is nobody's business.
        let end = max(queue.total, queue.offset + queue.rows.count)
        let below = end - queue.offset - queue.scroll - rows
        if below > 0, end > rows {
            foot.add("   \(below) more below", Ink.panel.muted)
        }
        return foot
    }

    private mutating func draw(
        _ row: QueueList.Row,
        _ columns: QueueColumns,
        isInRange: Bool,
        _ texts: [String],
        in line: Rect
    ) {
        let item = row.item
        let isSelected = item.reference == model.queue.selection
        let isDim = row.isDecided || row.isGone || item.snooze(at: now) != nil
        let ink = Ink.panel
        let plain = isDim ? ink.muted : ink.text
        var words = StyledLine()
        words.add(isSelected ? .pointer(glyphs) : " ", ink(.accent, .bold))
        if columns.mark > 0 { words.add(markCell(row, isInRange: isInRange, plain)) }
        words.add(item.riskClass.badge, isDim ? ink.muted : item.riskClass.style(on: ink))
        words.pad(to: 1 + columns.mark + QueueColumns.risk, plain)
        words.gap(1, plain)
        words.add(left(row), leftStyle(row, plain))
        words.gap(1, plain)
        words.add(SafeText(item.number, width: 4), plain)
        words.gap(1, plain)
        for column in columns.shown {
            let end = words.width + column.width
            let text = column.words(item).line
            words.add(text.prefix(cells: column.width - 1, ellipsis: ellipsis), plain)
            words.pad(to: end, plain)
        }
        let tail = tail(row, isDim: isDim, room: line.columns - words.width)
        var action = StyledLine(Words.name(item.action), plain)
        if let summary = item.summary {
            action.gap(2, plain)
            action.add(Words.sentence(summary), plain)
        }
        let room = line.columns - words.width - (tail.width > 0 ? tail.width + 2 : 0)
        words.add(action.prefix(cells: max(room, 0), ellipsis: ellipsis))
        if tail.width > 0 {
            words.pad(to: line.columns - tail.width, plain)
            words.add(tail)
        }
        words.pad(to: line.columns, plain)
        draw(isSelected ? words.styled(.selected) : words, in: line)
        let found = line.dropping(columns: columns.text)
        highlight(texts, in: found.split(columns: found.columns - tail.width).left)
    }

    /// Whether the row is marked, will be, or cannot be.
    private func markCell(_ row: QueueList.Row, isInRange: Bool, _ plain: Style) -> StyledLine {
        let isOpen = row.item.state.isPending
        if model.marks.contains(row.item.reference) {
            return StyledLine("[x] ", Ink.panel(.accent, .bold))
        }
        if isInRange, isOpen { return StyledLine("[+] ", Ink.panel(.accent, .bold)) }
        return StyledLine(isOpen ? "[ ] " : "[-] ", isOpen ? plain : Ink.panel.muted)
    }

    private func left(_ row: QueueList.Row) -> SafeText {
        guard !row.isDecided, row.item.state.isPending else { return "  -  " }
        return Clock.countdown(to: row.item.deadline, at: now)
    }

    private func leftStyle(_ row: QueueList.Row, _ plain: Style) -> Style {
        guard row.item.state.isPending, !row.isDecided else { return plain }
        let left = row.item.left(at: now)
        if left < Span(seconds: 60) { return Ink.panel(.danger, .bold) }
        return left < ItemRow.soon ? Ink.panel(.warn, .bold) : plain
    }

    /// What is special about a row, the most pressing first; as much as fits beside the action.
    private func tail(_ row: QueueList.Row, isDim: Bool, room: Int) -> StyledLine {
        var tail = StyledLine()
        let most = max(room - 12, 0)
        for (words, style) in tails(row, isDim: isDim) {
            let gap = tail.width > 0 ? 2 : 0
            guard tail.width + gap + words.width <= most else { continue }
            tail.gap(gap, Ink.panel.text)
            tail.add(words, style)
        }
        return tail
    }

    private func tails(_ row: QueueList.Row, isDim: Bool) -> [(SafeText, Style)] {
        let item = row.item
        let ink = Ink.panel
        var tails: [(SafeText, Style)] = []
        if item.isStuck { tails.append(("STUCK", .errorBar)) }
        if layout.shape == .list, model.marks.contains(item.reference) {
            tails.append(("MARKED", ink(.accent, .bold)))
        }
        if let hold = model.holds.first(where: { $0.verdict.target.reference == item.reference }) {
            tails.append(("HOLD \(SafeText(ascii: hold.verdict.kind.rawValue))", ink(.warn, .bold)))
        }
        if let sent = model.outgoing.first(where: {
            $0.verdict.target.reference == item.reference
        }) {
            tails.append((sent.phase == .sending ? "sending" : "UNKNOWN", ink(.pending, .bold)))
        }
        guard !row.isDecided else {
            tails.append((item.outcomeWords, ink.muted))
            return tails
        }
        if item.state.isPending, Clock.isNow(item.deadline, at: now) {
            tails.append(("NOW", ink(.danger, .bold)))
        }
        if row.isChanged { tails.append(("rev \(item.revision) CHANGED", ink(.warn, .bold))) }
        if let end = item.snooze(at: now) {
            tails.append(("snoozed \(Clock.minuteOfDay(end))", ink.muted))
        } else if row.isGone {
            tails.append(("moved", ink.muted))
        }
        if let claimer = item.claim(at: now)?.by {
            let who: SafeText = claimer == model.link.user ? "you" : Words.name(claimer)
            tails.append(("claimed: \(who)", ink(.info)))
        }
        if item.approvalsNeeded > 1 {
            tails.append(("\(item.approvalsGiven)/\(item.approvalsNeeded)", ink(.info)))
        }
        return tails
    }

    /// Words in the middle of a rectangle.
    mutating func drawCentred(_ words: SafeText, _ style: Style, in rect: Rect) {
        let width = min(words.width, rect.columns)
        let place = rect.centred(columns: width, rows: 1)
        guard !place.isEmpty else { return }
        draw(StyledLine(words, style), in: place)
    }
}

extension RiskClass {
    /// The word for people.
    var badge: SafeText { SafeText(ascii: rawValue) }

    /// How the word looks.
    func style(on ink: Ink) -> Style {
        switch self {
        case .irreversible: .irreversible
        case .high: ink(.danger, .bold)
        case .medium: ink(.warn)
        case .low: ink(.ok)
        }
    }
}

extension QueueItem {
    /// How it ended.
    var outcomeWords: SafeText {
        switch state {
        case .pendingReview, .modified: "waiting"
        case .approved: decision?.modified == true ? "approved, edited" : "approved"
        case .rejected: "rejected"
        case .timeout: "EXPIRED -> rejected"
        case .withdrawn: "withdrawn"
        }
    }
}

extension SafeText {
    /// What points at the row with the cursor.
    static func pointer(_ glyphs: GlyphSet) -> SafeText {
        glyphs == .ascii ? ">" : "▸"
    }
}
