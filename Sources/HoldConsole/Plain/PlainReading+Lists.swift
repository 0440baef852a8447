import HoldCore

/// What plain mode reads out besides items: the queue, workflows, what happened, what would be
/// undone.
extension PlainReading {
    /// The queue as it stands, the most urgent first.
    static func list(_ model: Model) -> PlainReading {
        let rows = model.queue.rows
        var tail: [PlainLine] = []
        if model.queue.total > rows.count {
            let more = model.queue.total - rows.count
            tail.append(.ours("\(more) more are not listed: filter TEXT finds them."))
        }
        let body = rows.enumerated().map { index, row in
            PlainWords.row(row, index: index + 1, count: rows.count, model: model)
        }
        var lead = [PlainLine.ours(PlainWords.status(model))]
        if rows.isEmpty {
            lead.append(
                .ours(model.queue.filter == nil ? "Nothing waits." : "Nothing passes the filter.")
            )
        }
        return PlainReading(.other, lead: lead, body: body, tail: tail)
    }

    /// The workflows, the most pressing first.
    static func workflows(_ model: Model) -> PlainReading {
        let lines = model.workflowsByUrgency
        let lead: SafeText = PlainWords.count(lines.count, "workflow", "workflows") + "."
        return PlainReading(
            .other,
            lead: [.ours(lead)],
            body: lines.flatMap { workflow($0) },
            tail: [.ours("End of workflows.")]
        )
    }

    private static func workflow(_ line: WorkflowLine) -> [PlainLine] {
        var text: SafeText = "Workflow \(PlainWords.name(line.workflow.text)),"
        text += " agent \(PlainWords.name(line.agent)): \(SafeText(ascii: line.word.rawValue))"
        text += ", depth \(line.depth.current) of \(line.depth.limit), \(line.pending) pending"
        if let unwinding = line.unwinding {
            text += ", \(unwinding.closed) of \(unwinding.planned) undone"
        }
        if let stuck = line.stuckAt { text += ", stuck at \(PlainWords.name(stuck.step.text))" }
        var lines = [PlainLine.ours(text + ".")]
        if let title = line.title, !title.isEmpty {
            lines.append(.agent("title: ", Words.sentence(title).line))
        }
        if let error = line.stuckAt?.error, !error.isEmpty {
            lines.append(.record("error: ", Words.sentence(error).line))
        }
        return lines
    }

    /// What happened to an item, oldest first.
    static func history(_ detail: ItemDetail) -> PlainReading {
        let body = detail.history.flatMap { entry -> [PlainLine] in
            var text: SafeText = "At \(Clock.day(entry.at)) \(Clock.timeOfDay(entry.at))Z,"
            text += " \(entry.user.map(PlainWords.name) ?? "the service"):"
            text += " \(PlainWords.name(entry.what))"
            if !entry.hadEffect { text += ", too late, no effect" }
            return [.ours(text + ".")] + quoted(entry.isNote ? "note: " : "reason: ", entry.reason)
        }
        return PlainReading(
            .other,
            of: detail.item,
            lead: [.ours("History of item \(detail.item.number), oldest first.")],
            body: body,
            tail: [.ours("End of history.")]
        )
    }

    /// What happened lately, newest first.
    static func activity(_ model: Model) -> PlainReading {
        let body = model.activity.flatMap { entry -> [PlainLine] in
            var text: SafeText = "At \(Clock.timeOfDay(entry.at))Z,"
            text += " \(entry.user.map(PlainWords.name) ?? "the service"):"
            text += " \(PlainWords.name(entry.what))"
            if let number = entry.number { text += ", item \(number)" }
            text += ", workflow \(PlainWords.name(entry.workflow.text))."
            return [.ours(text)] + quoted("note: ", entry.note)
        }
        return PlainReading(
            .other,
            lead: [.ours("What happened lately, newest first.")],
            body: body,
            tail: [.ours("End of history.")]
        )
    }

    private static func quoted(_ label: SafeText, _ words: String?) -> [PlainLine] {
        guard let words, !words.isEmpty else { return [] }
        return [.record(label, Words.sentence(words).line)]
    }

    /// What a rejection would undo now, newest first, and how far an unwinding has come.
    static func undo(_ detail: ItemDetail) -> PlainReading {
        let number = detail.item.number
        var lead: [PlainLine] = []
        if detail.item.state.isPending {
            let steps = PlainWords.count(detail.wouldUndo.count, "step", "steps")
            lead.append(.ours("Rejecting item \(number) undoes \(steps), newest first."))
        } else {
            lead.append(.ours("Item \(number) is final."))
        }
        var body = detail.wouldUndo.map { step in
            var text: SafeText = "Step \(PlainWords.name(step.step.text)),"
            text += " \(PlainWords.name(step.action)),"
            text += step.operation.map { " undone by \(PlainWords.name($0))" } ?? " has no undo"
            text += ", begun \(Clock.age(step.age)) ago"
            text += step.provenAt == nil ? ", undo never proven" : ", undo proven"
            if step.isInDoubt { text += ", in doubt: it may not have run" }
            return PlainLine.ours(text + ".")
        }
        let withdrawn = detail.wouldWithdraw.count
        if withdrawn > 0 {
            let items = PlainWords.count(withdrawn, "pending item", "pending items")
            body.append(.ours("It withdraws \(items)."))
        }
        if let unwinding = detail.unwinding {
            body.append(
                .ours("Unwinding: \(unwinding.closed) of \(unwinding.planned) links are closed.")
            )
            for link in detail.undoChain {
                var text: SafeText = "Link \(PlainWords.name(link.step.text)),"
                text += " \(SafeText(ascii: link.state.rawValue))"
                if link.attempts > 0 { text += ", attempts: \(link.attempts)" }
                body.append(.ours(text + "."))
                body += quoted("error: ", link.error)
            }
        }
        return PlainReading(
            .other,
            of: detail.item,
            lead: lead,
            body: body,
            tail: [.ours("End of undo chain.")]
        )
    }

    /// The words that can be typed.
    static let help = PlainReading(
        .other,
        lead: [.ours("Type a word and Enter. The start of a word is enough where it is clear.")],
        body: [
            .ours("number: read that row of the list, or the item of that number."),
            .ours("item NUMBER: read the item of that number."),
            .ours("list, more, next: the queue; go on reading; the next item."),
            .ours("again, full: read the item again; with all that was left out."),
            .ours("context, hidden, history: what the agent says; characters spelled; the record."),
            .ours("approve: asks once more, and takes the answer only after a moment."),
            .ours("reject, escalate: ask for the reason. modify: opens your editor."),
            .ours("undo: takes back what is on hold; else says what a rejection would undo."),
            .ours("workflows, status, filter TEXT, filter alone for all, quit."),
            .ours("claim, note TEXT: colleagues see them; claim again gives it up."),
            .ours("snooze MINUTES, snooze 0: out of your sight, and back. snoozed: with those."),
            .ours(
                "Enter alone: what is new. News is said before a question, never while you type."
            ),
            .ours(
                "Lines that begin with agent> are the agent's, with quoted> somebody's in the record."
                    + " All others are ours."
            ),
        ]
    )
}
