import HoldCore

/// Builds what the context pane shows: who asks, what the agent says, the policy, the history.
enum ContextPage {
    static func rows(_ key: ItemPages.Key) -> [PaneRow] {
        let detail = key.detail
        let width = max(key.contextColumns, 1)
        var rows = who(detail, width: width)
        if let summary = detail.item.summary, !summary.isEmpty {
            let text = SafeText(untrusted: summary, pane: .prose)
            for (index, line) in text.lines.enumerated() {
                rows += PaneRow.agent(
                    line,
                    head: label(index == 0 ? "SAYS" : ""),
                    width: width,
                    glyphs: key.glyphs
                )
            }
        }
        for (index, part) in detail.context.enumerated() {
            rows += key.isRaw ? raw(part, key) : block(part, at: index, key).rows()
        }
        rows += notes(detail, width: width, key.glyphs)
        rows += gate(detail, width: width)
        rows += policy(detail, width: width)
        rows += history(detail, width: width, key.glyphs)
        return rows
    }

    private static func label(_ words: SafeText) -> StyledLine {
        var line = StyledLine(words, Ink.panel.label)
        line.pad(to: PaneRow.labelWidth, Ink.panel.text)
        return line
    }

    private static func who(_ detail: ItemDetail, width: Int) -> [PaneRow] {
        let item = detail.item
        let ink = Ink.panel
        var pieces = [
            StyledLine(Words.name(item.agent), ink.text),
            StyledLine("as \(Words.name(item.requestedBy))", ink.text),
            StyledLine("workflow \(Words.name(item.reference.workflow.text))", ink.text),
            StyledLine("step \(Words.name(item.reference.step.text))", ink.text),
            StyledLine(
                "asked \(Clock.day(item.createdAt)) \(Clock.timeOfDay(item.createdAt))Z",
                ink.text
            ),
        ]
        if !detail.dependsOn.isEmpty {
            let steps = detail.dependsOn.prefix(8).map { Words.name($0.text) }
            pieces.append(
                StyledLine("depends on \(steps.joined(separator: ", "))", ink.text)
            )
        }
        return PaneRow.fact("WHO", pieces, width: width)
    }

    // MARK: - What the agent shows

    private static func block(
        _ part: ContextPart,
        at index: Int,
        _ key: ItemPages.Key
    ) -> ContextBlock {
        ContextBlock(
            part: part,
            index: index,
            room: key.contextRoom,
            turned: key.view.turned
        )
    }

    /// The part as it came: its characters that are not what they seem, and all of it in ASCII.
    private static func raw(_ part: ContextPart, _ key: ItemPages.Key) -> [PaneRow] {
        let title = "\(part.kind.rawValue.uppercased()): \(part.title ?? "")"
        var rows = PaneRow.flow(
            [StyledLine(Words.sentence(title), Ink.panel.label)],
            width: max(key.contextColumns, 1)
        )
        rows[0].isAnchor = true
        let text = part.body.text ?? part.body.canonicalText
        return rows + RawRows.rows(of: text, ascii: part.body.asciiText, in: key.contextRoom)
    }

    // MARK: - What the record has

    private static func gate(_ detail: ItemDetail, width: Int) -> [PaneRow] {
        let item = detail.item
        let ink = Ink.panel
        var pieces = [
            StyledLine("queue \(Words.name(item.queue))", ink.text),
            StyledLine("tier \(Words.name(item.tier))", ink.text),
            StyledLine("approvals needed: \(item.approvalsNeeded)", ink.text),
        ]
        if item.separation == .none {
            pieces.append(StyledLine("separation: none", ink(.warn, .bold)))
        }
        pieces += claim(on: item)
        return PaneRow.fact("GATE", pieces, width: width)
    }

    private static func policy(_ detail: ItemDetail, width: Int) -> [PaneRow] {
        let ink = Ink.panel
        return detail.policy.enumerated().flatMap { index, part in
            let value = Words.name(part.value)
            return PaneRow.fact(
                index == 0 ? "POLICY" : " ",
                [
                    StyledLine("\(Words.name(part.key)): \(value)", ink.text),
                    StyledLine(Words.sentence(part.origin), ink.muted),
                ],
                width: width
            )
        }
    }

    private static func history(
        _ detail: ItemDetail,
        width: Int,
        _ glyphs: GlyphSet
    ) -> [PaneRow] {
        let ink = Ink.panel
        let entries = detail.history.filter { !$0.isNote }
        return entries.enumerated().flatMap { index, entry -> [PaneRow] in
            let who: SafeText = entry.user.map(Words.name) ?? "-"
            var words = StyledLine("\(Clock.timeOfDay(entry.at))Z \(who) ", ink.text)
            words.add(Words.name(entry.what), ink.text)
            var pieces = [words]
            if !entry.hadEffect { pieces.append(StyledLine("too late, no effect", ink(.warn))) }
            var rows = PaneRow.fact(index == 0 ? "HISTORY" : " ", pieces, width: width)
            if let reason = entry.reason, !reason.isEmpty {
                var head = StyledLine()
                head.pad(to: PaneRow.labelWidth, ink.text)
                rows += PaneRow.agent(
                    Words.sentence(reason).line,
                    head: head,
                    width: width,
                    glyphs: glyphs
                )
            }
            return rows
        }
    }
}
