import HoldCore

/// One row of the queue: all that it is drawn from but for its ``Look``, so that a row is drawn anew
/// only when one of these is another.
struct QueueRow: Hashable, Sendable {
    /// What is the same for all rows of a frame.
    struct Look: Hashable, Sendable {
        let columns: QueueColumns
        /// What is searched for.
        let texts: [String]
        /// Who looks at it.
        let user: String
        let width: Int
        let isList: Bool
        let glyphs: GlyphSet
    }

    let row: QueueList.Row
    let isSelected: Bool
    let isMarked: Bool
    let isInRange: Bool
    /// What is left of its deadline, as far as a row tells.
    let left: Span
    /// When what the person snoozed comes back.
    let snooze: Instant?
    /// Who is at it; an account's name.
    let claimer: String?
    let hold: Verdict.Kind?
    let sent: SheetMachine.State?

    init(_ row: QueueList.Row, _ canvas: Canvas, isSelected: Bool, isInRange: Bool) {
        self.row = row
        let reference = row.item.reference
        self.isSelected = isSelected
        isMarked = canvas.model.marks.contains(reference)
        self.isInRange = isInRange
        left = Clock.told(row.item.left(at: canvas.now))
        snooze = row.item.snooze(at: canvas.now)
        claimer = row.item.claim(at: canvas.now)?.by
        hold = canvas.model.holds.first { $0.verdict.target.reference == reference }?.verdict.kind
        sent = canvas.model.outgoing.first { $0.verdict.target.reference == reference }?.phase
    }

    var item: QueueItem { row.item }
    private var isDim: Bool { row.isDecided || row.isGone || snooze != nil }
    private var plain: Style { isDim ? Ink.panel.muted : Ink.panel.text }
    private var isTimed: Bool { item.state.isPending && !row.isDecided }

    /// The row as drawn, and how many cells at its end are our own words about it.
    func drawn(_ look: Look) -> (line: StyledLine, tail: Int) {
        let (ink, columns, glyphs) = (Ink.panel, look.columns, look.glyphs)
        var words = StyledLine()
        words.add(isSelected ? .pointer(glyphs) : " ", ink(.accent, .bold))
        if columns.mark > 0 { words.add(markCell) }
        words.add(item.riskClass.badge, isDim ? ink.muted : item.riskClass.style(on: ink))
        words.pad(to: 1 + columns.mark + QueueColumns.risk, plain)
        words.gap(1, plain)
        words.add(isTimed ? Clock.left(left) : "  -  ", leftStyle)
        words.gap(1, plain)
        words.add(SafeText(item.number, width: 4), plain)
        words.gap(1, plain)
        for column in columns.shown {
            let end = words.width + column.width
            let text = column.words(item).line
            words.add(text.prefix(cells: column.width - 1, ellipsis: .ellipsis(glyphs)), plain)
            words.pad(to: end, plain)
        }
        let tail = tail(look, room: look.width - words.width)
        var action = StyledLine(Words.name(item.action), plain)
        if let summary = item.summary {
            action.gap(2, plain)
            action.add(Words.sentence(summary), plain)
        }
        let room = look.width - words.width - (tail.width > 0 ? tail.width + 2 : 0)
        words.add(action.prefix(cells: max(room, 0), ellipsis: .ellipsis(glyphs)))
        if tail.width > 0 {
            words.pad(to: look.width - tail.width, plain)
            words.add(tail)
        }
        words.pad(to: look.width, plain)
        return (isSelected ? words.styled(.selected) : words, tail.width)
    }

    /// Whether the row is marked, will be, or cannot be.
    private var markCell: StyledLine {
        let isOpen = item.state.isPending
        if isMarked { return StyledLine("[x] ", Ink.panel(.accent, .bold)) }
        if isInRange, isOpen { return StyledLine("[+] ", Ink.panel(.accent, .bold)) }
        return StyledLine(isOpen ? "[ ] " : "[-] ", isOpen ? plain : Ink.panel.muted)
    }

    private var leftStyle: Style {
        guard isTimed else { return plain }
        if Clock.isNow(left) { return Ink.panel(.danger, .bold) }
        return left < ItemRow.soon ? Ink.panel(.warn, .bold) : plain
    }

    /// What is special about a row, the most pressing first; as much as fits beside the action.
    private func tail(_ look: Look, room: Int) -> StyledLine {
        var tail = StyledLine()
        let most = max(room - 12, 0)
        for (words, style) in tails(look) {
            let gap = tail.width > 0 ? 2 : 0
            guard tail.width + gap + words.width <= most else { continue }
            tail.gap(gap, Ink.panel.text)
            tail.add(words, style)
        }
        return tail
    }

    private func tails(_ look: Look) -> [(SafeText, Style)] {
        let ink = Ink.panel
        var tails: [(SafeText, Style)] = []
        if item.isStuck { tails.append(("STUCK", .errorBar)) }
        if look.isList, isMarked { tails.append(("MARKED", ink(.accent, .bold))) }
        if let hold {
            tails.append(("HOLD \(SafeText(ascii: hold.rawValue))", ink(.warn, .bold)))
        }
        if let sent {
            tails.append((sent == .sending ? "sending" : "UNKNOWN", ink(.pending, .bold)))
        }
        guard !row.isDecided else {
            tails.append((item.outcomeWords, ink.muted))
            return tails
        }
        if item.state.isPending, Clock.isNow(left) {
            tails.append(("NOW", ink(.danger, .bold)))
        }
        if row.isChanged { tails.append(("rev \(item.revision) CHANGED", ink(.warn, .bold))) }
        if let snooze {
            tails.append(("snoozed \(Clock.minuteOfDay(snooze))", ink.muted))
        } else if row.isGone {
            tails.append(("moved", ink.muted))
        }
        if let claimer {
            let who: SafeText = claimer == look.user ? "you" : Words.name(claimer)
            tails.append(("claimed: \(who)", ink(.info)))
        }
        if item.approvalsNeeded > 1 {
            tails.append(("\(item.approvalsGiven)/\(item.approvalsNeeded)", ink(.info)))
        }
        return tails
    }
}
