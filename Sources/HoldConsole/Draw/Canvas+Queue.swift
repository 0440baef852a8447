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
        let look = QueueRow.Look(
            columns: columns,
            texts: FilterText.highlights(of: queue.shownFilter),
            user: model.link.user,
            width: inside.columns,
            isList: layout.shape == .list,
            glyphs: glyphs
        )
        let range = model.markingRange
        let selected = queue.selectedIndex
        let end = min(first + inside.rows, queue.rows.count)
        stills.rows.begin(look, rows: inside.rows)
        for index in first..<end {
            let row = QueueRow(
                queue.rows[index],
                self,
                isSelected: index == selected,
                isInRange: range?.contains(index) == true
            )
            draw(row, look, in: inside.line(index - first))
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

    /// Draws a row, or puts it there as it was.
    private mutating func draw(_ row: QueueRow, _ look: QueueRow.Look, in line: Rect) {
        if let cells = stills.rows.cells(of: row) { return frame.put(cells, in: line) }
        let (words, tail) = row.drawn(look)
        draw(words, in: line)
        let found = line.dropping(columns: look.columns.text)
        highlight(look.texts, in: found.split(columns: found.columns - tail).left)
        stills.rows.keep(row, frame.cells(in: line))
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
        glyphs == .ascii ? asciiPointer : unicodePointer
    }

    private static let asciiPointer: SafeText = ">"
    private static let unicodePointer: SafeText = "▸"
}
