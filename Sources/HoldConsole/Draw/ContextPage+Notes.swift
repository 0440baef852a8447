import HoldCore

extension ContextPage {
    /// Who is on the item, and until when.
    static func claim(on item: QueueItem) -> [StyledLine] {
        guard let claimer = item.claimedBy else { return [] }
        let end: SafeText = item.claimedUntil.map { " until \(Clock.minuteOfDay($0))Z" } ?? ""
        return [StyledLine("claimed by \(Words.name(claimer))\(end)", Ink.panel(.info))]
    }

    /// What people wrote to the item, the newest first.
    static func notes(_ detail: ItemDetail, width: Int, _ glyphs: GlyphSet) -> [PaneRow] {
        let ink = Ink.panel
        return detail.notes.reversed().enumerated().flatMap { index, note -> [PaneRow] in
            var head = StyledLine(index == 0 ? "NOTES" : "", ink.label)
            head.pad(to: min(PaneRow.labelWidth, max(width / 4, 0)), ink.text)
            let who: SafeText = note.user.map(Words.name) ?? "somebody"
            head.add("\(who) \(Clock.minuteOfDay(note.at)) ", ink.text)
            let text = SafeText(untrusted: note.reason ?? "", pane: .prose)
            // A narrow pane has the words below who wrote them.
            guard head.width + leastText <= width else {
                return [PaneRow(head.prefix(cells: width, ellipsis: .empty))]
                    + text.lines.flatMap {
                        PaneRow.agent($0, head: StyledLine(), width: width, glyphs: glyphs)
                    }
            }
            return text.lines.enumerated()
                .flatMap { row, line in
                    var start = head
                    if row > 0 {
                        start = StyledLine()
                        start.pad(to: head.width, ink.text)
                    }
                    return PaneRow.agent(line, head: start, width: width, glyphs: glyphs)
                }
        }
    }

    /// The cells that what people wrote has at least, beside who wrote it.
    private static let leastText = 12
}
