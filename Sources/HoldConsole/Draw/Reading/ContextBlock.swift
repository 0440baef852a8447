import HoldCore

/// One thing that an agent shows to explain itself, laid out by its kind.
///
/// Whatever it holds, each of its lines stands behind the gutter on the untrusted ground; what is
/// outside of that is ours.
struct ContextBlock {
    let part: ContextPart
    /// Its place among the item's texts.
    let index: Int
    let room: ReadingRoom
    /// What was folded or unfolded by hand.
    let turned: Set<FoldID>

    /// What stands before the gutter: a sign where something folds.
    private static let headWidth = 2

    private struct Body {
        var lines: [ReadingLine]
        var hidden = 0
        var notShown = 0
    }

    /// The rows of the block, its title first.
    func rows() -> [PaneRow] {
        let body = self.body
        var title = ReadingLine(
            part.title.map { Words.sentence($0).line } ?? .empty,
            Ink.agent.bold
        )
        title.isAnchor = true
        var head = StyledLine(SafeText(ascii: part.kind.rawValue.uppercased()), Ink.panel.label)
        if body.hidden > 0 { head.add(" \(body.hidden) hidden", .neutralised) }
        if body.notShown > 0 {
            head.add(" \(body.notShown) bytes not shown: o", Ink.panel(.danger, .bold))
        }
        head.pad(to: PaneRow.labelWidth, Ink.panel.text)
        if head.width > PaneRow.labelWidth { head.gap(1, Ink.panel.text) }
        // Where there is no room for both, what we have to say comes first.
        var rows: [PaneRow] = []
        if head.width > room.width / 2, room.width > 2 {
            rows = PaneRow.flow([head], width: room.width)
            rows[0].isAnchor = true
            title.isAnchor = false
            head = StyledLine()
            head.pad(to: Self.headWidth, Ink.panel.text)
            if title.words.width > 0 { rows += PaneRow.rows(of: title, head: head, in: room) }
        } else {
            rows = PaneRow.rows(of: title, head: head, in: room)
        }
        for line in body.lines { rows += PaneRow.rows(of: line, head: sign(line), in: room) }
        return rows
    }

    private func sign(_ line: ReadingLine) -> StyledLine {
        var head = StyledLine()
        if let fold = line.fold { head.add(.foldSign(fold, room.glyphs), Ink.panel.key) }
        head.pad(to: Self.headWidth, Ink.panel.text)
        return head
    }

    private var body: Body {
        let width = room.words(behind: Self.headWidth)
        switch part.kind {
        case .text: return body { TextBlock.lines(of: $0) }
        case .log: return body { LogBlock.lines(of: $0) }
        case .diff: return body { DiffBlock.lines(of: $0, width: width) }
        case .markdown:
            return body { MarkdownBlock.lines(of: $0, width: width, glyphs: room.glyphs) }
        case .json:
            guard let value = parsed else { return unparsed("no JSON: shown as text") }
            return tree(of: value)
        case .table:
            guard let value = parsed else { return unparsed("no table: shown as text") }
            let fit = room.isWrapped ? width : nil
            guard let table = TableBlock.lines(of: value, width: fit, glyphs: room.glyphs) else {
                return tree(of: value)
            }
            return Body(lines: table.lines, hidden: table.hidden)
        }
    }

    private func body(_ lines: (SafeText) -> [ReadingLine]) -> Body {
        guard case .string(let raw) = part.body else { return tree(of: part.body) }
        let text = SafeText(untrusted: raw, pane: .prose)
        return Body(lines: lines(text), hidden: text.hiddenCount, notShown: text.truncated)
    }

    private func tree(of value: JSONValue) -> Body {
        let width = room.words(behind: Self.headWidth)
        let tree = JSONTree(value, part: index, turned: turned, width: width)
        return Body(lines: tree.lines, hidden: tree.hidden)
    }

    /// The value, or, when it is a text, the value that the text writes out, if it does.
    private var parsed: JSONValue? {
        guard case .string(let text) = part.body else { return part.body }
        return try? JSONValue(parsing: text)
    }

    private func unparsed(_ why: SafeText) -> Body {
        var body = body { TextBlock.lines(of: $0) }
        body.lines.insert(.note(why), at: 0)
        return body
    }
}

extension ContextPart {
    /// The rows of a pane that shows it, folded as it comes.
    ///
    /// - Parameters:
    ///   - width: The cells of a row.
    ///   - glyphs: The glyphs in use.
    ///   - isWrapped: Whether long lines go on in the next row; else they are cut.
    /// - Returns: Its title and its lines.
    package func rows(width: Int, glyphs: GlyphSet, isWrapped: Bool) -> [PaneRow] {
        let room = ReadingRoom(width: max(width, 1), glyphs: glyphs, isWrapped: isWrapped)
        return ContextBlock(part: self, index: 0, room: room, turned: []).rows()
    }
}

extension SafeText {
    /// What stands before something that folds.
    static func foldSign(_ fold: Fold, _ glyphs: GlyphSet) -> SafeText {
        switch (fold.isOpen, glyphs) {
        case (true, .unicode): "▾"
        case (false, .unicode): "▸"
        case (true, .ascii): "-"
        case (false, .ascii): "+"
        }
    }
}
