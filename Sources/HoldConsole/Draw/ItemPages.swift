import HoldCore

/// The selected item's texts, filtered and wrapped for the panes at hand; not made each frame.
///
/// An object, because it is handed from frame to frame and is as large as what an agent wrote.
package final class ItemPages: Sendable {
    /// What the texts depend on.
    package struct Key: Hashable, Sendable {
        var detail: ItemDetail
        var earlier: ItemDetail?
        var isRaw: Bool
        var actionColumns: Int
        var contextColumns: Int
        var glyphs: GlyphSet
        /// How the person reads it.
        var view = ReadingView()

        var actionRoom: ReadingRoom { room(.action, actionColumns) }
        var contextRoom: ReadingRoom { room(.context, contextColumns) }

        private func room(_ pane: Pane, _ columns: Int) -> ReadingRoom {
            ReadingRoom(
                width: max(columns, 1),
                glyphs: glyphs,
                isWrapped: view.isWrapped,
                column: view.columns[pane] ?? 0
            )
        }
    }

    let key: Key
    /// What would run, line by line: all of what the digest covers.
    let action: [PaneRow]
    /// How many characters of it are not what they seem.
    let hidden: Int
    /// How many bytes of it the display's limits leave out.
    let notShown: Int
    let context: [PaneRow]
    /// What stands beside the lines of the action.
    let facts: ItemFacts
    /// Where in the two panes something is that can be jumped to.
    let actionMarks: PaneMarks
    let contextMarks: PaneMarks

    init(_ key: Key) {
        self.key = key
        var page = ActionPage(key)
        page.fill()
        action = key.view.marking(page.rows, of: .action)
        hidden = page.hidden
        notShown = page.notShown
        context = key.view.marking(ContextPage.rows(key), of: .context)
        facts = ItemFacts(key, hidden: hidden, notShown: notShown)
        actionMarks = PaneMarks(action)
        contextMarks = PaneMarks(context)
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
        let arguments = page(of: detail.arguments)
        if key.isRaw {
            addRaw(detail.arguments)
        } else {
            addChanges(detail)
            add(arguments)
        }
        guard let undo = detail.undoArguments, undo != [:], undo != .null else { return }
        let text = page(of: undo)
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
        var heading = PaneRow.flow(
            [StyledLine(words, Ink.panel(role))],
            width: key.actionColumns
        )
        heading[0].isAnchor = true
        rows += heading
    }

    /// The lines of a value, with code among them coloured.
    private mutating func page(of value: JSONValue) -> [StyledLine] {
        let page = JSONLines.page(of: value)
        let text = SafeText(untrusted: page.text, pane: .action)
        hidden += text.hiddenCount
        notShown += text.truncated
        return CodeColours.lines(of: text, page.texts, action: key.detail.item.action)
    }

    private mutating func add(_ lines: [StyledLine]) {
        for words in lines {
            number += 1
            rows += PaneRow.rows(
                of: ReadingLine(words),
                head: head("\(SafeText(number, width: 3)) "),
                in: key.actionRoom
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
        rows += PaneRow.rows(
            of: ReadingLine(line, style),
            head: StyledLine(sign, Style(style.foreground, on: .panel)),
            in: key.actionRoom
        )
    }

    /// The characters that are not what they seem, with names, and the text in plain ASCII.
    private mutating func addRaw(_ value: JSONValue) {
        rows += RawRows.rows(
            of: JSONLines.raw(value),
            ascii: value.asciiText,
            in: key.actionRoom
        )
    }
}
