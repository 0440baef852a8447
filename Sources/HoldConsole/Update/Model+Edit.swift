import HoldCore

/// Editing arguments: the editor, the diff, the reason, then the sheet that approves.
extension Model {
    mutating func openEditor(on detail: ItemDetail) {
        let target = Target(detail.item)
        let text =
            drafts[target.reference]?.edited ?? ArgumentsText.ascii(detail.arguments)
        dropUnsent(because: .suspended)
        outbox.append(
            .openEditor(
                EditorJob(
                    purpose: .arguments,
                    target: target,
                    arguments: detail.arguments,
                    text: EditorText.frame(
                        text,
                        about: "Arguments of item \(target.number), as JSON."
                    )
                )
            )
        )
    }

    mutating func editNote(_ open: RejectSheet) {
        sheet = nil
        dropUnsent(because: .suspended)
        outbox.append(
            .openEditor(
                EditorJob(
                    purpose: .note,
                    target: open.target,
                    arguments: nil,
                    text: EditorText.frame(
                        EscapedASCII.escape(open.note.text),
                        about: "Note for the rejection of item \(open.target.number)."
                    )
                )
            )
        )
    }

    /// Takes what the editor left; nothing is ever sent from here.
    mutating func takeEdited(_ job: EditorJob, _ bytes: [UInt8]?) {
        resume()
        guard let bytes else { return say(.info, "The editor saved nothing: nothing was sent.") }
        let text = EditorText.content(of: String(decoding: bytes, as: UTF8.self))
        switch job.purpose {
        case .note:
            keepDraft(of: job.target) { $0.note = EscapedASCII.unescape(text).trimmed }
            guard let detail = selected?.detail, detail.item.reference == job.target.reference,
                obstacle(to: .reject) == nil
            else { return say(.warning, "#\(job.target.number) changed: the note is kept.") }
            openRejection(of: detail)
        case .arguments: takeArguments(job, text)
        }
    }

    private mutating func takeArguments(_ job: EditorJob, _ text: String) {
        let number = "#\(job.target.number)"
        let after: JSONValue
        do {
            after = try JSONValue(parsing: text)
        } catch {
            keepDraft(of: job.target) { $0.edited = text }
            return say(
                .danger,
                "\(number): not JSON: \(error). Nothing was sent; modify opens it again.",
                for: Span(seconds: 30)
            )
        }
        guard let before = job.arguments, after != before else {
            drafts[job.target.reference]?.edited = nil
            return say(.info, "\(number): the arguments are the same. Nothing was sent.")
        }
        keepDraft(of: job.target) { $0.edited = text }
        guard let detail = selected?.detail, detail.item.reference == job.target.reference,
            detail.item.digest == job.target.digest, obstacle(to: .modify) == nil
        else {
            return say(.warning, "\(number) changed: look again. Your edit is kept.")
        }
        let edit = Edit(
            before: before,
            after: after,
            diff: LineDiff.lines(
                from: ArgumentsText.ascii(before),
                to: ArgumentsText.ascii(after)
            ),
            reason: ""
        )
        sheet = .edit(
            EditSheet(
                id: newDecision(),
                target: job.target,
                edit: edit,
                reason: TextField(drafts[job.target.reference]?.why ?? "")
            )
        )
    }

    mutating func takeInEdit(_ key: Key, _ open: EditSheet) {
        var open = open
        open.problem = nil
        switch key {
        case .escape, .control("c"): return closeSheet()
        case .control("s"): return confirmEdit(open)
        case .down, .pageDown: open.scroll = min(open.scroll + 1, max(0, open.edit.diff.count - 1))
        case .up, .pageUp: open.scroll = max(0, open.scroll - 1)
        default: _ = open.reason.take(key)
        }
        sheet = .edit(open)
    }

    /// On to the sheet that approves: it arms and holds as for any approval.
    private mutating func confirmEdit(_ open: EditSheet) {
        var open = open
        open.edit.reason = open.reason.text.trimmed
        let changed = sendingProblem(open.target)
        guard !open.edit.reason.isEmpty, changed == nil, let detail = selected?.detail,
            detail.item.digest == open.target.digest
        else {
            open.problem = changed ?? "A reason is required: say why, for the agent."
            sheet = .edit(open)
            return
        }
        keepDraft(of: .edit(open))
        openApproval(of: detail, opener: .modify, edit: open.edit, id: open.id)
    }
}
