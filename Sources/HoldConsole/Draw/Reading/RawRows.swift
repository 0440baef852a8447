import HoldCore

/// A text as it is stored: what is not what it seems, one character a row, then all of it in ASCII.
enum RawRows {
    /// No more characters are listed; the ASCII below has them all.
    private static let suspectsMax = 500
    /// Raw text is one long line.
    private static let limits = DisplayLimits(bytesMax: 65_536, lineCellsMax: 65_536, linesMax: 1)

    /// The rows of a text.
    ///
    /// - Parameters:
    ///   - text: The text; offsets are bytes of its UTF-8.
    ///   - ascii: The same with everything but printable ASCII escaped.
    ///   - room: How wide, and in which glyphs.
    /// - Returns: At least one row.
    static func rows(of text: String, ascii: String, in room: ReadingRoom) -> [PaneRow] {
        let ink = Ink.panel
        let suspects = RawView.rows(
            of: Array(text.utf8),
            suspectsOnly: true,
            limit: suspectsMax + 1
        )
        var rows = PaneRow.flow(
            [
                StyledLine(
                    suspects.isEmpty
                        ? "raw: only printable ASCII" : "raw: byte offset, code point, name",
                    ink.muted
                )
            ],
            width: room.width
        )
        for suspect in suspects.prefix(suspectsMax) {
            var line = StyledLine(SafeText(suspect.offset, width: 7), ink.muted)
            line.gap(2, ink.text)
            line.add(suspect.codePoint, .neutralised)
            line.gap(2, ink.text)
            line.add(suspect.name, ink.text)
            // The end of a name is what tells it from others.
            let name = max(line.width - suspect.name.width, 0)
            rows += line.wrapped(to: room.width, indent: name, blank: ink.text).map { PaneRow($0) }
        }
        if suspects.count > suspectsMax {
            rows += PaneRow.flow(
                [StyledLine("more than \(suspectsMax): the rest is escaped below", ink(.warn))],
                width: room.width
            )
        }
        var head = StyledLine()
        head.pad(to: 4, ink.text)
        let plain = SafeText(untrusted: ascii, pane: .prose, limits: limits)
        for line in plain.lines {
            rows += PaneRow.rows(of: ReadingLine(line), head: head, in: room)
        }
        return rows
    }
}
