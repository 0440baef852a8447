import HoldCore

extension ContextPage {
    /// What people wrote to the item, the newest first.
    static func notes(_ detail: ItemDetail, width: Int, _ glyphs: GlyphSet) -> [PaneRow] {
        let ink = Ink.panel
        return detail.notes.reversed().enumerated().flatMap { index, note -> [PaneRow] in
            var head = StyledLine(index == 0 ? "NOTES" : "", ink.label)
            head.pad(to: min(PaneRow.labelWidth, max(width / 4, 0)), ink.text)
            let who: SafeText = note.user.map(Words.name) ?? "somebody"
            head.add("\(who) \(Clock.minuteOfDay(note.at)) ", ink.text)
            return SafeText(untrusted: note.reason ?? "", pane: .prose).lines.enumerated()
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
}
