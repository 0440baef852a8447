import HoldCore

/// Something that is read out, a page at a time.
struct PlainReading: Hashable, Sendable {
    /// What it counts as once it was read to the end.
    enum Kind: Hashable, Sendable {
        /// The lines that an approval needs.
        case action
        /// The characters that are not what they seem.
        case raw
        /// All of it, however long.
        case full
        case other
    }

    let kind: Kind
    /// The item and the revision of it that is read; nil when it is about none.
    let item: QueueItem?
    /// What stands before the first line.
    let lead: [PlainLine]
    let body: [PlainLine]
    /// What is said behind the last line.
    let tail: [PlainLine]
    /// Characters of the action that are not what they seem, and bytes that are left out.
    let hidden: Int
    let notShown: Int
    /// How many lines of the body were said.
    private(set) var said = 0

    init(
        _ kind: Kind,
        of item: QueueItem? = nil,
        lead: [PlainLine] = [],
        body: [PlainLine],
        tail: [PlainLine] = [],
        hidden: Int = 0,
        notShown: Int = 0
    ) {
        self.kind = kind
        self.item = item
        self.lead = lead
        self.body = body
        self.tail = tail
        self.hidden = hidden
        self.notShown = notShown
    }

    var isDone: Bool { said >= body.count }

    /// No more lines are said at once.
    static let pageLines = 20

    /// The next lines to say.
    mutating func page() -> [PlainLine] {
        let first = said
        said = min(first + Self.pageLines, body.count)
        var lines = first == 0 ? lead : []
        lines += body[first..<said]
        if isDone { return lines + tail }
        lines.append(
            .ours("Lines \(first + 1) to \(said) of \(body.count). Type more for the rest.")
        )
        return lines
    }

    /// The lines of the page that was said last, for the model's books.
    func shown(from first: Int) -> LinesShown? {
        guard kind == .action, let item, first < said || body.isEmpty else { return nil }
        return LinesShown(
            item: item.reference,
            digest: item.digest,
            lines: first..<said,
            total: body.count,
            hidden: hidden,
            notShown: notShown
        )
    }
}

extension PlainReading {
    /// An item: the system's facts, every line of what would run, how it is undone.
    static func action(_ detail: ItemDetail, _ model: Model, isFull: Bool = false) -> PlainReading {
        let limits: DisplayLimits = isFull ? .full : .field
        let arguments = JSONLines.text(of: detail.arguments, limits: limits)
        var body = numbered(arguments.lines, from: 1, "line")
        var hidden = arguments.hiddenCount
        var notShown = arguments.truncated
        if let undo = detail.undoArguments, undo != [:], undo != .null {
            let text = JSONLines.text(of: undo, limits: limits)
            hidden += text.hiddenCount
            notShown += text.truncated
            body += numbered(text.lines, from: 1, "undo")
        }
        return PlainReading(
            isFull ? .full : .action,
            of: detail.item,
            lead: head(detail, model) + changes(detail, earlier: model.selected?.earlier),
            body: body,
            tail: [.ours(foot(detail, model, hidden: hidden, notShown: notShown))],
            hidden: hidden,
            notShown: notShown
        )
    }

    private static func numbered(
        _ lines: [SafeLine],
        from first: Int,
        _ word: SafeText
    ) -> [PlainLine] {
        lines.enumerated().map { .agent("\(word) \($0 + first): ", $1) }
    }

    private static func head(_ detail: ItemDetail, _ model: Model) -> [PlainLine] {
        let item = detail.item
        var text: SafeText = "Item \(item.number), \(item.riskClass.badge)"
        text += ", revision \(item.revision). "
        // An asynchronous step does not wait for the review, and a final one is past it.
        text +=
            !item.state.isPending ? "Was to run " : item.mode == .sync ? "Will run " : "May run "
        text += "\(PlainWords.name(item.action)) by \(PlainWords.name(item.agent))"
        text += " as \(PlainWords.name(item.requestedBy))"
        if item.mode != .sync, item.state.isPending { text += ", without waiting for you" }
        text += "."
        var lines = [PlainLine.ours(text)]
        if item.state.isPending {
            var gate: SafeText = "Expires in \(PlainWords.left(item.left(at: model.serviceNow)))"
            gate += ", tier \(PlainWords.name(item.tier))."
            if item.approvalsNeeded > 1 {
                gate += " \(item.approvalsGiven) of \(item.approvalsNeeded) approvals are there."
            }
            if item.separation == .none { gate += " Separation: none." }
            lines.append(.ours(gate))
        } else {
            lines.append(.ours("It is final: \(SafeText(ascii: item.state.words))."))
        }
        return lines + stuck(detail, model)
    }

    private static func stuck(_ detail: ItemDetail, _ model: Model) -> [PlainLine] {
        let workflow = detail.item.reference.workflow
        guard let link = model.line(of: workflow)?.stuckAt else {
            return []
        }
        return [
            .ours(
                "The undo of its workflow is STUCK at \(PlainWords.name(link.step.text)). Nothing"
                    + " moves until a person says holdshort undo retry, resolve or skip."
            )
        ]
    }

    /// What changed since this person heard it, or since the agent proposed it.
    private static func changes(_ detail: ItemDetail, earlier: ItemDetail?) -> [PlainLine] {
        if let earlier, earlier.arguments != detail.arguments {
            let (old, new) = (earlier.item.revision, detail.item.revision)
            return [.ours("Changed since you heard it, revision \(old) to \(new):")]
                + difference(from: earlier.arguments, to: detail.arguments)
                + [.ours("Now in full:")]
        }
        guard detail.proposedArguments != detail.arguments else { return [] }
        return [.ours("Edited by a reviewer. What the agent proposed differs:")]
            + difference(from: detail.proposedArguments, to: detail.arguments)
            + [.ours("Now in full:")]
    }

    /// The lines that one has and the other has not.
    static func difference(from old: JSONValue, to new: JSONValue) -> [PlainLine] {
        LineDiff.lines(from: JSONLines.raw(old), to: JSONLines.raw(new)).compactMap { line in
            let words = SafeText(untrusted: line.text, pane: .action).line
            return switch line.kind {
            case .same: nil
            case .removed: .agent("removed: ", words)
            case .added: .agent("added: ", words)
            }
        }
    }

    private static func foot(
        _ detail: ItemDetail,
        _ model: Model,
        hidden: Int,
        notShown: Int
    ) -> SafeText {
        let item = detail.item
        var text: SafeText
        if let operation = detail.undoOperation {
            text = "Undo: yes, \(PlainWords.name(operation))"
            if let at = item.undoProvenAt {
                text += ", proven \(Clock.age(model.serviceNow - at)) ago."
            } else {
                text += ", never proven."
            }
        } else {
            text = "Undo: none, nothing takes this step back."
        }
        if item.state.isPending, item.undoSteps > 0 {
            text += " Rejecting undoes \(PlainWords.count(item.undoSteps, "step", "steps"))."
        }
        text += " Hidden characters: \(hidden)."
        if notShown > 0 {
            text += " Left out: \(PlainWords.count(notShown, "byte", "bytes")), type full."
        }
        if !detail.context.isEmpty {
            let parts = PlainWords.count(detail.context.count, "part", "parts")
            text += " Context: \(parts), type context."
        }
        return text + " End of item."
    }

    // MARK: - Behind the item

    /// Every character that is not what it seems, spelled.
    static func raw(_ detail: ItemDetail) -> PlainReading {
        var body: [PlainLine] = []
        let parts: [(word: SafeText, value: JSONValue)] = [
            ("Arguments", detail.arguments), ("Undo", detail.undoArguments ?? .null),
        ]
        for (word, value) in parts where value != .null && value != [:] {
            let rows = RawView.rows(
                of: Array(JSONLines.raw(value).utf8),
                suspectsOnly: true,
                limit: suspectsMax
            )
            body.append(
                .ours("\(word): \(PlainWords.count(rows.count, "suspect", "suspects")).")
            )
            body += rows.map { .ours("Byte \($0.offset): \($0.codePoint), \($0.name).") }
            body += SafeText(untrusted: value.asciiText, pane: .prose).lines.map {
                .agent("raw: ", $0)
            }
        }
        return PlainReading(.raw, of: detail.item, body: body, tail: [.ours("End of raw text.")])
    }

    private static let suspectsMax = 500

    /// What the agent says for itself; none of it is what runs.
    static func context(_ detail: ItemDetail) -> PlainReading {
        let item = detail.item
        var body: [PlainLine] = [
            .ours(
                "Workflow \(PlainWords.name(item.reference.workflow.text)), step"
                    + " \(PlainWords.name(item.reference.step.text))."
            )
        ]
        if let summary = item.summary, !summary.isEmpty {
            body += SafeText(untrusted: summary, pane: .prose).lines.map { .agent("says: ", $0) }
        }
        for (index, part) in detail.context.enumerated() {
            body.append(.ours("Part \(index + 1): \(SafeText(ascii: part.kind.rawValue))."))
            if let title = part.title { body.append(.agent("title: ", Words.sentence(title).line)) }
            body += lines(of: part).map { .agent(.empty, $0) }
        }
        return PlainReading(.other, of: item, body: body, tail: [.ours("End of context.")])
    }

    private static func lines(of part: ContextPart) -> [SafeLine] {
        let parsed: JSONValue =
            if case .string(let text) = part.body, let value = try? JSONValue(parsing: text) {
                value
            } else {
                part.body
            }
        switch part.kind {
        // Heard one after the other, cells mean nothing without their column's name beside them.
        case .json, .table: return JSONLines.text(of: parsed).lines
        case .text, .markdown, .log, .diff:
            guard case .string(let text) = part.body else {
                return JSONLines.text(of: part.body).lines
            }
            return SafeText(untrusted: text, pane: .prose).lines
        }
    }
}
