import HoldCore

/// The selected item's texts, filtered and wrapped for the panes at hand; not made each frame.
package struct ItemPages: Hashable, Sendable {
    /// What the texts depend on.
    package struct Key: Hashable, Sendable {
        var detail: ItemDetail
        var earlier: ItemDetail?
        var isRaw: Bool
        var actionColumns: Int
        var contextColumns: Int
        var glyphs: GlyphSet
    }

    let key: Key
    /// What would run, line by line: all of what the digest covers.
    let action: [PaneRow]
    /// How many characters of it are not what they seem.
    let hidden: Int
    /// How many bytes of it the display's limits leave out.
    let notShown: Int
    let context: [PaneRow]

    init(_ key: Key) {
        self.key = key
        var page = ActionPage(key)
        page.fill()
        action = page.rows
        hidden = page.hidden
        notShown = page.notShown
        context = ContextPage.rows(key)
    }
}

/// Builds the lines of an action.
private struct ActionPage {
    let key: ItemPages.Key
    var rows: [PaneRow] = []
    var hidden = 0
    var notShown = 0
    private var number = 0

    init(_ key: ItemPages.Key) {
        self.key = key
    }

    mutating func fill() {
        let detail = key.detail
        let arguments = JSONLines.text(of: detail.arguments)
        if key.isRaw {
            addRaw(detail.arguments)
        } else {
            addChanges(detail)
            add(arguments)
        }
        hidden += arguments.hiddenCount
        notShown += arguments.truncated
        guard let undo = detail.undoArguments, undo != [:], undo != .null else { return }
        let text = JSONLines.text(of: undo)
        hidden += text.hiddenCount
        notShown += text.truncated
        let operation = detail.undoOperation.map(Words.name) ?? "undo"
        heading("to undo it, \(operation) is called with", .muted)
        if key.isRaw { addRaw(undo) } else { add(text) }
    }

    /// What changed since this person looked, or since the agent proposed it.
    private mutating func addChanges(_ detail: ItemDetail) {
        if let earlier = key.earlier, earlier.arguments != detail.arguments {
            let (old, new) = (earlier.item.revision, detail.item.revision)
            heading("CHANGED since you looked, rev \(old) to \(new):", .warn)
            addDiff(from: earlier.arguments, to: detail.arguments)
            heading("now in full:", .muted)
        } else if detail.proposedArguments != detail.arguments {
            heading("EDITED by a reviewer; what the agent proposed differs:", .warn)
            addDiff(from: detail.proposedArguments, to: detail.arguments)
            heading("now in full:", .muted)
        }
    }

    private mutating func heading(_ words: SafeText, _ role: Role) {
        rows += PaneRow.flow(
            [StyledLine(words, Ink.panel(role))],
            width: key.actionColumns
        )
    }

    private mutating func add(_ text: SafeText) {
        for line in text.lines {
            number += 1
            rows += PaneRow.agent(
                line,
                head: head("\(SafeText(number, width: 3)) "),
                width: key.actionColumns,
                glyphs: key.glyphs
            )
        }
    }

    private func head(_ text: SafeText) -> StyledLine {
        StyledLine(text, Ink.panel.muted)
    }

    /// Lines that one value has and the other has not, in order, with their signs.
    private mutating func addDiff(from old: JSONValue, to new: JSONValue) {
        for line in LineDiff.lines(from: JSONLines.raw(old), to: JSONLines.raw(new)) {
            let text = SafeText(untrusted: line.text, pane: .action).line
            switch line.kind {
            case .same: break
            case .removed: add(text, "  - ", Style(.deleted, on: .untrustedBackground))
            case .added: add(text, "  + ", Style(.added, on: .untrustedBackground))
            }
        }
    }

    private mutating func add(_ line: SafeLine, _ sign: SafeText, _ style: Style) {
        rows += PaneRow.agent(
            line,
            head: StyledLine(sign, Style(style.foreground, on: .panel)),
            width: key.actionColumns,
            style: style,
            glyphs: key.glyphs
        )
    }

    /// The characters that are not what they seem, with names, and the text in plain ASCII.
    private mutating func addRaw(_ value: JSONValue) {
        let raw = Array(JSONLines.raw(value).utf8)
        let suspects = RawView.rows(of: raw, suspectsOnly: true, limit: 500)
        heading(
            suspects.isEmpty
                ? "raw: only printable ASCII" : "raw: byte offset, code point, name",
            .muted
        )
        for suspect in suspects {
            var line = StyledLine(SafeText(suspect.offset, width: 7), Ink.panel.muted)
            line.gap(2, Ink.panel.text)
            line.add(suspect.codePoint, .neutralised)
            line.gap(2, Ink.panel.text)
            line.add(suspect.name, Ink.panel.text)
            rows.append(PaneRow(line))
        }
        for line in SafeText(untrusted: value.asciiText, pane: .prose).lines {
            rows += PaneRow.agent(
                line,
                head: head("    "),
                width: key.actionColumns,
                glyphs: key.glyphs
            )
        }
    }
}
