import HoldCore

/// Decisions on many items behind their sheet: on hold together, sent together, told together.
extension Model {
    // MARK: - On hold

    mutating func holdBatch(_ open: BatchSheet) {
        sheet = nil
        let deadline = now.adding(open.terms.hold)
        for entry in open.approval.entries {
            let verdict = Verdict(
                id: newDecision(),
                target: entry.target,
                kind: .approve,
                confirm: keymap.confirm.name
            )
            holds.append(
                Hold(verdict: verdict, began: now, deadline: deadline, batch: open.id)
            )
        }
        outbox.append(.flushInput)
    }

    /// Takes every hold of a batch back.
    mutating func takeBack(batch: DecisionID) {
        for hold in holds where hold.batch == batch { drop(hold, because: .takeBack) }
    }

    mutating func sayNothingSent(ofBatch count: Int?, because input: SheetMachine.Input) {
        let what = count.map { "The batch of \($0)" } ?? "The batch"
        switch input {
        case .focusLost: say(.info, "Window left: nothing was sent.")
        case .resized: say(.info, "Size changed: nothing was sent.")
        case .suspended: say(.warning, "\(what): hold dropped, nothing was sent.")
        case .disconnected: say(.warning, "\(what): not connected, nothing was sent.")
        case .otherKey: say(.info, "Another key closed the sheet: nothing was sent.")
        case .takeBack: say(.good, "\(what) taken back: nothing was sent.")
        case .itemChanged: say(.warning, "\(what) changed: look again. Nothing was sent.")
        case .escape, .burst, .quit, .painted, .armingOver, .confirm, .confirmUnread,
            .confirmWrong, .text, .paste, .focusGained, .holdOver, .recorded, .refused, .noAnswer,
            .reachable, .foundRecorded, .foundAbsent:
            break
        }
    }

    /// Sends the batches whose take-back time is over, each as one.
    mutating func sendDueBatches() {
        let due = holds.filter { $0.batch != nil && $0.deadline <= now }
        guard !due.isEmpty else { return }
        guard decisionsAreOn else {
            for hold in due { drop(hold, because: .disconnected) }
            return
        }
        holds.removeAll { due.contains($0) }
        for batch in Set(due.compactMap(\.batch)).sorted() {
            sendAll(due.filter { $0.batch == batch }.map(\.verdict))
        }
    }

    // MARK: - Sending

    /// Sends decisions together; as ``send(_:)``, once for each.
    private mutating func sendAll(_ verdicts: [Verdict]) {
        batchResults = BatchResults(verdicts)
        for verdict in verdicts {
            marks.remove(verdict.target.reference)
            outgoing.append(Outgoing(verdict: verdict, sentAt: now))
        }
        outbox.append(.decideAll(verdicts))
    }

    mutating func takeInBatchRejection(_ key: Key, _ open: BatchSheet) {
        guard var reasons = open.reasons else { return }
        reasons.problem = nil
        switch key {
        case .escape, .control("c"):
            sheet = nil
            return
        case .control("s"): return sendBatchRejection(open, reasons)
        case .pageDown, .pageUp:
            return changeBatch { open in
                let page = max(1, open.extent.visible - 1)
                let scroll = open.scroll + (key == .pageDown ? page : -page)
                open.scroll = min(max(0, scroll), open.extent.scrollMax)
            }
        case .tab, .backTab: reasons.focus = reasons.focus == .reasons ? .note : .reasons
        default:
            switch reasons.focus {
            case .reasons: chooseReason(key, &reasons)
            case .note:
                if key == .up { reasons.focus = .reasons } else { _ = reasons.note.take(key) }
            }
        }
        changeBatch { $0.reasons = reasons }
    }

    private mutating func sendBatchRejection(_ open: BatchSheet, _ reasons: RejectSheet) {
        guard let reason = reasons.reason else {
            return changeBatch {
                $0.reasons?.problem = "Choose a reason first: 1 to \(RejectReason.allCases.count)."
            }
        }
        if let problem = decisionsOff?.sentence {
            return changeBatch { $0.reasons?.problem = problem }
        }
        // Whatever is not as it was shown is taken out, and then this is not what was confirmed.
        let before = open.rejection
        checkBatch()
        guard case .batch(let now) = sheet, now.rejection == before else { return }
        sheet = nil
        let note = reasons.note.text.trimmed
        let words = note.isEmpty ? reason.words : "\(reason.words): \(note)"
        let targets = open.rejection.entries.map(\.target)
        var verdicts: [Verdict] = []
        for target in targets {
            verdicts.append(
                Verdict(id: newDecision(), target: target, kind: .reject, reason: words)
            )
        }
        sendAll(verdicts)
        guard reason.halts else { return }
        for workflow in Set(targets.map(\.reference.workflow)).sorted() {
            outbox.append(.halt(workflow, reason: words))
        }
    }

    // MARK: - Results

    /// Writes down what became of one item of the batch, and says so once all is known.
    ///
    /// - Returns: Whether the decision is of the batch: then nothing else has to be said about it.
    mutating func noteBatch(_ id: DecisionID, _ outcome: BatchResults.Outcome) -> Bool {
        guard batchResults?.note(id, outcome) == true, let results = batchResults else {
            return false
        }
        guard results.open == 0 else { return true }
        let key = keymap.keys(for: .batch).first?.name ?? "B"
        let done = results.kind == .reject ? "rejected" : "approved"
        var parts = ["\(results.recorded) \(done)"]
        if results.refused > 0 { parts.append("\(results.refused) refused") }
        if results.lost > 0 { parts.append("\(results.lost) NOT recorded") }
        let words = parts.joined(separator: ", ")
        say(
            parts.count == 1 ? .good : .warning,
            "Batch: \(words). \(key) lists them.",
            for: Span(seconds: 15)
        )
        return true
    }

    mutating func takeInBatchResults(_ key: Key) {
        guard var results = batchResults else {
            sheet = nil
            return
        }
        guard let command = keymap.command(for: key), command.isMove else {
            sheet = nil
            return
        }
        results.scroll = command.moved(
            results.scroll,
            page: 5,
            last: max(0, results.rows.count - 1)
        )
        batchResults = results
    }
}
